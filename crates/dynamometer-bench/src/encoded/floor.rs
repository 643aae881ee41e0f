//! The cost that no writer can go below.

use super::{Format, Load, Write, written};
use crate::harness::{Racer, Role};

/// Returns the copying of a page that is written already.
pub(crate) fn copy(
    format: Format,
    load: &Load,
    writer: fn(&Load) -> anyhow::Result<Write>,
) -> Racer {
    let copied = move |load: &Load| -> anyhow::Result<Write> {
        let mut finished = Vec::new();
        writer(load)?(&mut finished);
        Ok(Box::new(move |page| {
            page.clear();
            page.extend_from_slice(&finished);
        }))
    };
    written("limit", "memcpy", format, load, copied).role(Role::Floor)
}
