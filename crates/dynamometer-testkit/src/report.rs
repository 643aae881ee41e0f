//! What came of the scenarios.

use std::collections::BTreeMap;
use std::fmt;

use crate::capability::Capability;

/// What came of every scenario, in the order of files and scenarios.
#[derive(Clone, Debug)]
pub struct Report {
    pub(crate) container: String,
    pub(crate) scenarios: Vec<ScenarioReport>,
}

/// What came of one scenario.
#[derive(Clone, Debug, PartialEq)]
pub struct ScenarioReport {
    /// The name of the file, without its folder.
    pub file: String,
    /// The scenario's name.
    pub scenario: String,
    /// Whether it passed.
    pub outcome: Outcome,
}

/// Whether a scenario passed.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Outcome {
    /// Everything was as expected.
    Passed,
    /// The container lacks what the scenario requires.
    Skipped(Vec<Capability>),
    /// Something was not as expected; later steps were not run.
    Failed(Failure),
}

/// Where a scenario failed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// The number of the step, from 1; of the outer one where threads failed.
    pub step: usize,
    /// The step, as the file has it.
    pub source: String,
    /// What the scenario expects.
    pub expected: String,
    /// What was there instead.
    pub found: String,
}

impl Report {
    /// Every scenario.
    pub fn scenarios(&self) -> &[ScenarioReport] {
        &self.scenarios
    }

    /// The scenarios that passed.
    pub fn passed(&self) -> impl Iterator<Item = &ScenarioReport> {
        self.with(|outcome| matches!(outcome, Outcome::Passed))
    }

    /// The scenarios that were skipped.
    pub fn skipped(&self) -> impl Iterator<Item = &ScenarioReport> {
        self.with(|outcome| matches!(outcome, Outcome::Skipped(_)))
    }

    /// The scenarios that failed.
    pub fn failed(&self) -> impl Iterator<Item = &ScenarioReport> {
        self.with(|outcome| matches!(outcome, Outcome::Failed(_)))
    }

    /// Asserts that some scenarios passed and none failed.
    ///
    /// # Panics
    ///
    /// Otherwise, with every failure.
    #[track_caller]
    pub fn assert_passed(&self) {
        assert!(self.failed().next().is_none(), "{self}");
        assert!(self.passed().next().is_some(), "nothing was run: {self}");
    }

    fn with(&self, is_wanted: fn(&Outcome) -> bool) -> impl Iterator<Item = &ScenarioReport> {
        let scenarios = self.scenarios.iter();
        scenarios.filter(move |scenario| is_wanted(&scenario.outcome))
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (passed, skipped) = (self.passed().count(), self.skipped().count());
        let failed = self.failed().count();
        writeln!(
            f,
            "{}: {passed} scenarios passed, {failed} failed, {skipped} skipped",
            self.container
        )?;
        for failed in self.failed() {
            write!(f, "{failed}")?;
        }
        let mut skipped = BTreeMap::<_, usize>::new();
        for scenario in &self.scenarios {
            if let Outcome::Skipped(lacking) = &scenario.outcome {
                *skipped.entry(names(lacking)).or_default() += 1;
            }
        }
        skipped
            .into_iter()
            .try_for_each(|(lacking, count)| writeln!(f, "{count} skipped for lack of {lacking}"))
    }
}

impl fmt::Display for ScenarioReport {
    /// Writes nothing where the scenario passed.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { file, scenario, .. } = self;
        match &self.outcome {
            Outcome::Passed => Ok(()),
            Outcome::Skipped(lacking) => {
                let lacking = names(lacking);
                writeln!(f, "skipped {file}: {scenario}\n  for lack of {lacking}")
            }
            Outcome::Failed(failure) => write!(f, "FAILED {file}: {scenario}\n{failure}"),
        }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { step, source, .. } = self;
        writeln!(f, "  step {step}: {source}")?;
        writeln!(f, "  expected: {}", self.expected)?;
        writeln!(f, "  found:    {}", self.found)
    }
}

fn names(capabilities: &[Capability]) -> String {
    let names: Vec<_> = capabilities.iter().map(|known| known.as_str()).collect();
    names.join(" and ")
}
