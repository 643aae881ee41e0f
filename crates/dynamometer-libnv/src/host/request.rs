//! What C++ declares, checked for what C can get wrong.
#![allow(unsafe_code, reason = "reads what C declares")]

use std::time::Duration;

use super::{Kind, read};
use crate::abi;
use crate::error::Error;

/// The layout of an exponential histogram.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Exponential {
    /// Two to this power buckets per doubling.
    pub schema: i32,
    /// Magnitudes up to two to this power count as zero.
    pub min_exponent: i32,
    /// Magnitudes beyond two to this power share one cell.
    pub max_exponent: i32,
    /// Negative values have buckets too.
    pub is_signed: bool,
}

/// A family that C++ declares.
///
/// Names and labels are as they were asked for, unless it is resolved: the rules
/// are the host's.
#[derive(Clone, Debug, PartialEq)]
pub struct Request<'a> {
    /// The kind of its series.
    pub kind: Kind,
    /// Name, label names and aliases are the exposed ones already.
    pub is_resolved: bool,
    /// One set of cells for all threads.
    pub shared_cells: bool,
    /// Series keep exemplars.
    pub exemplars: bool,
    /// Those of the scopes, outermost first.
    pub prefixes: Vec<&'a str>,
    /// The name.
    pub name: &'a str,
    /// What a resolved name was before.
    pub asked: &'a str,
    /// One sentence for whoever reads the page.
    pub help: &'a str,
    /// The name of a base unit, or nothing.
    pub unit: &'a str,
    /// Constant: of the scopes, then its own.
    pub labels: Vec<(&'a str, &'a str)>,
    /// Looked up by values.
    pub label_names: Vec<&'a str>,
    /// Upper bounds; `None` for the default ones.
    pub bounds: Option<&'a [f64]>,
    /// `None` for the default layout.
    pub exponential: Option<Exponential>,
    /// The states of a set.
    pub states: Vec<&'a str>,
    /// Further names.
    pub aliases: Vec<&'a str>,
    /// How many series the family may have.
    pub limit: Option<usize>,
    /// For how long a value stands still before its series goes.
    pub expire_after: Option<Duration>,
}

impl Request<'_> {
    /// Checks a request from C.
    ///
    /// # Safety
    ///
    /// As `libnv.h` says of `libnv_request_v1`; what it points to lives as long as the
    /// request that is returned.
    pub(super) unsafe fn read(from: *const abi::Request) -> Result<Self, Error> {
        // SAFETY: by this function's contract; zero is "nothing is said" in every field.
        let from = unsafe { read::structure("the request", from)? };
        // SAFETY: likewise, here and below.
        let name = unsafe { read::text("the name", from.name)? };
        let kind = Kind::of_number(from.kind).ok_or_else(|| {
            Error::argument(format!(
                "{name:?} is of the kind {}, which is none",
                from.kind
            ))
        })?;
        // SAFETY: as above.
        let labels = unsafe { read::slice("the labels", from.labels, from.label_count)? };
        let label = |label: &abi::Label| {
            // SAFETY: as above.
            let name = unsafe { read::text("a label's name", label.name)? };
            // SAFETY: as above.
            Ok((name, unsafe { read::text("a label's value", label.value)? }))
        };
        // SAFETY: as above.
        let bounds = unsafe { read::slice("the bounds", from.bounds, from.bound_count)? };
        let texts = |what, data, len| {
            // SAFETY: as above.
            unsafe { read::texts(what, data, len) }
        };
        let text = |what, one| {
            // SAFETY: as above.
            unsafe { read::text(what, one) }
        };
        Ok(Self {
            kind,
            is_resolved: from.flags & abi::RESOLVED != 0,
            shared_cells: from.flags & abi::SHARED_CELLS != 0,
            exemplars: from.flags & abi::EXEMPLARS != 0,
            prefixes: texts("a prefix", from.prefixes, from.prefix_count)?,
            name,
            asked: text("the name asked for", from.asked)?,
            help: text("the help", from.help)?,
            unit: text("the unit", from.unit)?,
            labels: labels.iter().map(label).collect::<Result<_, Error>>()?,
            label_names: texts("a label's name", from.label_names, from.label_name_count)?,
            bounds: (!from.bounds.is_null()).then_some(bounds),
            exponential: exponential(&from),
            states: texts("a state", from.states, from.state_count)?,
            aliases: texts("an alias", from.aliases, from.alias_count)?,
            limit: usize::try_from(from.limit).ok().filter(|limit| *limit > 0),
            expire_after: Duration::try_from_secs_f64(from.expire_after)
                .ok()
                .filter(|after| !after.is_zero()),
        })
    }
}

fn exponential(from: &abi::Request) -> Option<Exponential> {
    let layout = Exponential {
        schema: from.schema,
        min_exponent: from.min_exponent,
        max_exponent: from.max_exponent,
        is_signed: from.is_signed != 0,
    };
    let is_default = (from.schema, from.min_exponent, from.max_exponent) == (0, 0, 0);
    (!is_default || layout.is_signed).then_some(layout)
}
