//! What a mistake gets instead: handles and families that are in no container.

use std::sync::Arc;

use crate::container::Container;
use crate::error::Error;
use crate::family::MetricVec;
use crate::handle::Handle;
use crate::registration::{Declared, layout};
use crate::registry::{FamilyOptions, Instrument, Layout, Name, Prefix, Request, Schema, States};
use crate::self_metrics::report;

/// Reports a mistake, and makes a handle that is in no container.
#[cold]
pub(crate) fn handle<H: Handle>(
    container: &Container,
    declared: &Declared<'_>,
    error: &Error,
) -> H {
    report(declared.name, error);
    H::unregistered_in(&container.context(usable_layout(declared, H::INSTRUMENT)))
}

/// Reports a mistake, and makes a family that is in no container, for keys of so
/// many values.
#[cold]
pub(crate) fn family<H: Handle, L>(
    labels: usize,
    declared: &Declared<'_>,
    error: &Error,
) -> MetricVec<H, L> {
    report(declared.name, error);
    let names = (0..labels).map(|at| format!("label_{at}")).collect();
    let request = Request {
        name: Name::new(&Prefix::default(), "detached", None, H::INSTRUMENT)
            .expect("the name has usable characters"),
        instrument: H::INSTRUMENT,
        layout: usable_layout(declared, H::INSTRUMENT),
        help: "",
        unit: None,
        options: FamilyOptions::default(),
        aliases: Vec::new(),
    };
    let inner = Container::new("")
        .requested_family(request, Schema::new(&[], names), |_, _| Ok(None))
        .expect("its container is empty");
    MetricVec::new(inner)
}

/// A layout that handles work with, whatever was declared.
fn usable_layout(declared: &Declared<'_>, instrument: Instrument) -> Layout {
    match instrument {
        Instrument::StateSet => Layout::States(Arc::new(States::usable(declared.states))),
        _ => layout(&Declared::default(), instrument).unwrap_or_default(),
    }
}
