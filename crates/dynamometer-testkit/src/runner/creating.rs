//! Creating metrics, both ways: the fallible call and its twin that never fails.

use std::sync::Arc;

use dynamometer::{Error, ExponentialLayout};

use crate::declaration::Declaration;
use crate::family::FamilyHandle;
use crate::handle::Handle;
use crate::runner::mismatch::Mismatch;
use crate::runner::world::{World, borrowed, texts};
use crate::scenario::Create;
use crate::subject::{Extended, Subject};

/// What was made, behind the name that later steps have for it.
pub(crate) type Named<T> = (String, T);

impl World {
    /// Creates what the step asks for; the handle is returned with its name.
    ///
    /// The handle is that of the infallible call, made after the fallible one, so
    /// that every step also shows that both lead to the same cells.
    pub(crate) fn create(&self, step: &Create) -> Result<Option<Named<Handle>>, Mismatch> {
        let subject = self.subject(step.scope.as_deref())?;
        declare(step, |wanted| {
            if wanted.is_extended() {
                subject.promised()?;
            }
            let attempt = || subject.try_create(wanted);
            self.both_ways(step, attempt, || subject.create(wanted))
        })
    }

    /// Creates the family that the step asks for, as [`create`](Self::create) does
    /// a series.
    pub(crate) fn create_family(
        &self,
        step: &Create,
        label_names: &[String],
    ) -> Result<Option<Named<Arc<dyn FamilyHandle>>>, Mismatch> {
        let subject = self.subject(step.scope.as_deref())?;
        let extended = subject.promised()?;
        let names = texts(label_names);
        declare(step, |wanted| {
            let attempt = || extended.try_create_family(wanted, &names);
            self.both_ways(step, attempt, || extended.create_family(wanted, &names))
        })
    }

    fn both_ways<T>(
        &self,
        step: &Create,
        attempt: impl FnOnce() -> Result<T, Error>,
        create: impl FnOnce() -> T,
    ) -> Result<Option<Named<T>>, Mismatch> {
        // Only a refusal is counted: threads that create at the same time make
        // series of their own.
        let before = step.error.map(|_| self.series());
        let outcome = attempt();
        Mismatch::unless_refused(&outcome, step.error, "a handle")?;
        Mismatch::unless_said(&outcome, self.words(step.message.as_ref()))?;
        if let Err(error) = outcome {
            Mismatch::unless(!step.existing || error.existing().is_some(), || {
                ("an error that describes what the name stands for", error)
            })?;
        }
        let made = step.alias.as_ref().map(|_| create());
        self.same_series(before)?;
        Ok(step.alias.clone().zip(made))
    }

    pub(crate) fn series(&self) -> usize {
        self.subject.container.get_metrics().series()
    }

    /// A mismatch unless there are as many series as `before`, where it was counted.
    pub(crate) fn same_series(&self, before: Option<usize>) -> Result<(), Mismatch> {
        let Some(before) = before else {
            return Ok(());
        };
        let after = self.series();
        Mismatch::unless(before == after, || {
            let expected = format!("still {before} series in the container");
            (expected, format!("{after} series"))
        })
    }
}

impl Subject {
    /// The extended part: a factory that promises a capability has to keep it.
    pub(crate) fn promised(&self) -> Result<&dyn Extended, Mismatch> {
        self.extended.as_deref().ok_or_else(|| {
            Mismatch::new(
                "a subject with an extended part, as the factory's capabilities promise",
                "one without",
            )
        })
    }
}

/// Puts the step's declaration together.
fn declare<T>(step: &Create, with: impl FnOnce(&Declaration<'_>) -> T) -> T {
    let labels = borrowed(&step.labels);
    let buckets = step.buckets.as_ref();
    let buckets = buckets.map(|bounds| bounds.iter().map(|b| b.as_f64()).collect::<Vec<_>>());
    let states = texts(step.states.as_deref().unwrap_or_default());
    let aliases = texts(&step.aliases);
    with(&Declaration {
        kind: step.kind,
        name: &step.name,
        help: &step.help,
        unit: step.unit,
        labels: &labels,
        buckets: buckets.as_deref(),
        layout: step
            .layout
            .map_or_else(ExponentialLayout::default, Into::into),
        states: &states,
        aliases: &aliases,
        limit: step.limit,
    })
}
