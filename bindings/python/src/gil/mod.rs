//! Records under the GIL: plain adds to cells that whoever holds it writes.
//!
//! A token of the attached thread, `Python<'_>`, is what vouches that the GIL is
//! held. On builds without one every thread writes cells of its own instead.

mod lease;
mod record;

pub(crate) use lease::{has_gil, is_there};
pub(crate) use record::{add, inc, inc_float, observe, observe_all, set};
