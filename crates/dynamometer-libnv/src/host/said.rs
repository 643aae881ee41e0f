//! A request as C++ reads it.

use std::ptr;

use super::Request;
use crate::abi::{self, Label, Str};

impl Request<'_> {
    /// Calls with the request as a structure of C, which is good for that call.
    pub(crate) fn say<R>(&self, call: impl FnOnce(&abi::Request) -> R) -> R {
        let texts =
            |texts: &[&str]| -> Vec<Str> { texts.iter().map(|text| Str::of(text)).collect() };
        let labels = self.labels.iter();
        let labels: Vec<Label> = labels
            .map(|(name, value)| Label {
                name: Str::of(name),
                value: Str::of(value),
            })
            .collect();
        let prefixes = texts(&self.prefixes);
        let label_names = texts(&self.label_names);
        let states = texts(&self.states);
        let aliases = texts(&self.aliases);
        let bounds = self.bounds.unwrap_or_default();
        let flag = |is_set: bool, flag| if is_set { flag } else { 0 };
        let said = abi::Request {
            struct_size: size_of::<abi::Request>(),
            kind: self.kind as u32,
            flags: flag(self.is_resolved, abi::RESOLVED)
                | flag(self.shared_cells, abi::SHARED_CELLS)
                | flag(self.exemplars, abi::EXEMPLARS),
            prefixes: prefixes.as_ptr(),
            prefix_count: prefixes.len(),
            name: Str::of(self.name),
            asked: Str::of(self.asked),
            help: Str::of(self.help),
            unit: Str::of(self.unit),
            labels: labels.as_ptr(),
            label_count: labels.len(),
            label_names: label_names.as_ptr(),
            label_name_count: label_names.len(),
            bounds: self.bounds.map_or(ptr::null(), <[f64]>::as_ptr),
            bound_count: bounds.len(),
            schema: self.exponential.map_or(0, |layout| layout.schema),
            min_exponent: self.exponential.map_or(0, |layout| layout.min_exponent),
            max_exponent: self.exponential.map_or(0, |layout| layout.max_exponent),
            is_signed: self.exponential.map_or(0, |layout| layout.is_signed.into()),
            states: states.as_ptr(),
            state_count: states.len(),
            aliases: aliases.as_ptr(),
            alias_count: aliases.len(),
            limit: self.limit.unwrap_or(0) as u64,
            expire_after: self.expire_after.map_or(0.0, |after| after.as_secs_f64()),
        };
        call(&said)
    }
}
