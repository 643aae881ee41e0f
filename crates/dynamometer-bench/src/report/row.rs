//! One number with what it is the number of.

use serde::Serialize;

use crate::goal::Verdict;
use crate::harness::{Role, Summary};

/// One line of the report.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Row {
    /// What was measured, such as "counter" or "create-10k".
    pub(crate) kind: &'static str,
    pub(crate) library: &'static str,
    /// Which of the library's types, or which way of using it.
    pub(crate) form: &'static str,
    #[serde(skip)]
    pub(crate) role: Role,
    /// Threads on the one metric; absent where the kind has no such number.
    pub(crate) threads: Option<usize>,
    pub(crate) unit: &'static str,
    #[serde(flatten)]
    pub(crate) summary: Summary,
    /// Rounds in which other processes took the cores.
    pub(crate) disturbed: usize,
    /// What goals and ratios are about where it is not the median: that without the
    /// generator of the values, or the least.
    pub(crate) net: Option<f64>,
    /// This row's cost over this library's.
    pub(crate) ratio: Option<f64>,
    pub(crate) verdicts: Vec<Verdict>,
}

impl Row {
    /// Returns a peer's row in nanoseconds.
    pub(crate) fn new(
        kind: &'static str,
        library: &'static str,
        form: &'static str,
        summary: Summary,
    ) -> Self {
        Self {
            kind,
            library,
            form,
            role: Role::Peer,
            threads: None,
            unit: "ns",
            summary,
            disturbed: 0,
            net: None,
            ratio: None,
            verdicts: Vec::new(),
        }
    }

    /// Sets the role. Default: a peer.
    pub(crate) fn role(mut self, role: Role) -> Self {
        self.role = role;
        self
    }

    /// Sets the number of threads. Default: none.
    pub(crate) fn threads(mut self, threads: usize) -> Self {
        self.threads = Some(threads);
        self
    }

    /// Sets the number of disturbed rounds. Default: none.
    pub(crate) fn disturbed(mut self, rounds: usize) -> Self {
        self.disturbed = rounds;
        self
    }

    /// Sets the unit. Default: "ns".
    pub(crate) fn unit(mut self, unit: &'static str) -> Self {
        self.unit = unit;
        self
    }

    /// Subtracts what the generator of the values costs, where there is one.
    pub(crate) fn without(mut self, generator: Option<f64>) -> Self {
        self.net = generator.map(|generator| (self.summary.median - generator).max(0.0));
        self
    }

    /// Judges the row by its least time, less what is not the library's cost.
    pub(crate) fn at_its_least(mut self, least: f64) -> Self {
        self.net = Some(least);
        self
    }

    /// Returns the number that goals and ratios are about.
    pub(crate) fn cost(&self) -> f64 {
        self.net.unwrap_or(self.summary.median)
    }
}
