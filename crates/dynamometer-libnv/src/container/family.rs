//! Series of a family by the values of their labels, as C++ looks them up.

use std::marker::PhantomData;

use cxx::UniquePtr;

use super::handle::{Handle, over};
use crate::called::CalledFamily;
use crate::error::Error;
use crate::panic::caught;

/// A family whose series have handles of one type.
pub(super) struct FamilyOf<H> {
    called: CalledFamily,
    /// Of a family of state sets.
    states: Vec<String>,
    handle: PhantomData<fn() -> H>,
}

#[expect(clippy::needless_pass_by_value, reason = "C++ writes `{\"GET\"}`")]
impl<H: Handle> FamilyOf<H> {
    pub(super) fn new(called: CalledFamily, states: Vec<String>) -> Self {
        Self {
            called,
            states,
            handle: PhantomData,
        }
    }

    pub(super) fn with_label_values(&self, values: Vec<String>) -> Result<UniquePtr<H>, Error> {
        caught(|| over(self.called.look_up(&strs(&values))?, &self.states))
    }

    pub(super) fn remove(&self, values: Vec<String>) -> Result<bool, Error> {
        caught(|| self.called.remove(&strs(&values)))
    }
}

pub(super) fn strs(texts: &[String]) -> Vec<&str> {
    texts.iter().map(String::as_str).collect()
}
