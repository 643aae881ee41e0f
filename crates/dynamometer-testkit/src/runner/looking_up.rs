//! Series of a family, by their label values.

use std::sync::Arc;

use crate::family::FamilyHandle;
use crate::handle::Handle;
use crate::runner::creating::Named;
use crate::runner::mismatch::Mismatch;
use crate::runner::world::{World, texts};
use crate::scenario::{LookUp, Remove};

impl World {
    /// Looks a series up both ways; the handle is returned with its name.
    pub(crate) fn look_up(&self, step: &LookUp) -> Result<Option<Named<Handle>>, Mismatch> {
        let (family, values) = (self.family(&step.family)?, texts(&step.values));
        let before = step.error.map(|_| self.series());
        let outcome = family.try_look_up(&values);
        Mismatch::unless_refused(&outcome, step.error, "a handle")?;
        Mismatch::unless_said(&outcome, self.words(step.message.as_ref()))?;
        let handle = step.alias.as_ref().map(|_| family.look_up(&values));
        self.same_series(before)?;
        Ok(step.alias.clone().zip(handle))
    }

    pub(crate) fn remove(&self, step: &Remove) -> Result<(), Mismatch> {
        let removed = self.family(&step.family)?.remove(&texts(&step.values));
        let text = |removed| {
            if removed {
                "a series removed"
            } else {
                "none removed"
            }
        };
        Mismatch::unless(removed == step.removed, || {
            (text(step.removed), text(removed))
        })
    }

    fn family(&self, name: &str) -> Result<&Arc<dyn FamilyHandle>, Mismatch> {
        let family = self.families.get(name);
        family.ok_or_else(|| Mismatch::missing("family", name))
    }
}
