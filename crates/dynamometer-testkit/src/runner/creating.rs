//! Creating metrics, both ways: the fallible call and its twin that never fails.

use crate::handle::Handle;
use crate::runner::mismatch::Mismatch;
use crate::runner::world::{World, borrowed};
use crate::scenario::Create;
use crate::subject::{Declaration, Subject};

impl World {
    /// Creates what the step asks for; the handle is returned with its name.
    ///
    /// The handle is that of the infallible call, made after the fallible one, so
    /// that every step also shows that both lead to the same cells.
    pub(crate) fn create(&self, step: &Create) -> Result<Option<(String, Handle)>, Mismatch> {
        let subject = self.subject(step.scope.as_deref())?;
        let labels = borrowed(&step.labels);
        let buckets = step.buckets.as_ref();
        let buckets = buckets.map(|bounds| bounds.iter().map(|b| b.as_f64()).collect::<Vec<_>>());
        let wanted = Declaration {
            kind: step.kind,
            name: &step.name,
            help: &step.help,
            unit: step.unit,
            labels: &labels,
            buckets: buckets.as_deref(),
        };
        check_extended(subject, &wanted)?;
        // Only a refusal is counted: threads that create at the same time make
        // series of their own.
        let before = step.error.map(|_| self.series());
        let outcome = subject.try_create(&wanted);
        Mismatch::unless_refused(&outcome, step.error, "a handle")?;
        if let Err(error) = outcome {
            Mismatch::unless(!step.existing || error.existing().is_some(), || {
                ("an error that describes what the name stands for", error)
            })?;
        }
        let handle = step.alias.as_ref().map(|_| subject.create(&wanted));
        let after = step.error.map(|_| self.series());
        Mismatch::unless(before == after, || {
            let expected = format!("still {} series in the container", before.unwrap_or(0));
            (expected, format!("{} series", after.unwrap_or(0)))
        })?;
        Ok(step.alias.clone().zip(handle))
    }

    fn series(&self) -> usize {
        self.subject.container.get_metrics().series()
    }
}

/// A factory that promises a capability has to keep it.
fn check_extended(subject: &Subject, wanted: &Declaration<'_>) -> Result<(), Mismatch> {
    Mismatch::unless(!wanted.is_extended() || subject.extended.is_some(), || {
        (
            "a subject with an extended part, as the factory's capabilities promise",
            "one without",
        )
    })
}
