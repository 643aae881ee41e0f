//! What someone asks to register.

use std::sync::Arc;

use dynamometer_cells::Bounds;
use dynamometer_exposition::{LabelSet, Unit};

use crate::registry::{Instrument, Name};

/// A checked request for one series.
#[derive(Debug)]
pub(crate) struct Request<'a> {
    pub(crate) name: Name,
    pub(crate) instrument: Instrument,
    pub(crate) help: &'a str,
    pub(crate) unit: Option<Unit>,
    pub(crate) bounds: Option<Arc<Bounds>>,
    pub(crate) labels: LabelSet,
}
