//! What someone asks to register.

use std::time::Duration;

use dynamometer_cells::Storage;
use dynamometer_exposition::Unit;

use crate::registry::{Instrument, Layout, Name};

/// A checked request for a family.
#[derive(Debug)]
pub(crate) struct Request<'a> {
    pub(crate) name: Name,
    pub(crate) instrument: Instrument,
    pub(crate) layout: Layout,
    pub(crate) help: &'a str,
    pub(crate) unit: Option<Unit>,
    pub(crate) options: FamilyOptions,
    /// Further names of the family, as exposed.
    pub(crate) aliases: Vec<String>,
}

/// What a declaration may set for the whole family; what it leaves out stays.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct FamilyOptions {
    pub(crate) limit: Option<usize>,
    pub(crate) expire_after: Option<Duration>,
    pub(crate) storage: Option<Storage>,
    /// Series keep exemplars.
    pub(crate) exemplars: bool,
}
