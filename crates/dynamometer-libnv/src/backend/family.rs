//! A family of a C++ registry, by the labels of one declaration.
#![allow(unsafe_code, reason = "takes over slots of C++")]

use super::Granted;
use crate::called::CalledFamily;
use crate::error::Error;
use crate::host::Kind;

/// A family, for look-ups of its series.
#[derive(Debug)]
pub struct Family {
    called: CalledFamily,
    kind: Kind,
}

impl Family {
    pub(super) fn new(called: CalledFamily, kind: Kind) -> Self {
        Self { called, kind }
    }

    /// Finds or makes a series, or that for all that are too many.
    ///
    /// # Errors
    ///
    /// Where the values do not fit, or there are no cells left.
    pub fn look_up(&self, values: &[&str]) -> Result<Granted, Error> {
        let slot = self.called.look_up(values)?;
        // SAFETY: a slot of a C++ registry, with a reference that is ours.
        Ok(unsafe { Granted::new(slot, self.kind) })
    }
}
