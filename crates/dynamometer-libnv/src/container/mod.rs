//! A container as C++ that is built with the program declares in it.
//!
//! A bridge of `cxx` that hands a [`Container`] to C++ names it as
//! `type Container = dynamometer_libnv::container::Container;` in the namespace
//! `libnv::rust`. C++ includes `dynamometer-libnv/src/container/bridge.rs.h` and gets
//! the handles of `libnv.hpp`, which record inline:
//!
//! ```cpp
//! void serve(const libnv::rust::Container &container) {
//!     libnv::Counter requests = *container.counter("requests_total", "Requests handled.", {});
//!     requests.inc();
//! }
//! ```
//!
//! Mistakes are thrown as `rust::Error`, in the words that Rust has for them. A panic
//! is one of them. C++ that is built elsewhere uses `libnv.hpp` alone.

mod bridge;
mod declare;
mod family;
mod handle;

use std::sync::Arc;

use cxx::UniquePtr;

use self::bridge::{Counter, FloatCounter, Gauge, Histogram, Label, Options, UpDownCounter};
use self::family::{FamilyOf, strs};
use self::handle::{Handle, over};
use crate::backend::Backend;
use crate::called::{Called, CalledFamily};
use crate::error::Error;
use crate::host::{Host, Kind, Request};
use crate::panic::caught;

type CounterFamily = FamilyOf<Counter>;
type FloatCounterFamily = FamilyOf<FloatCounter>;
type UpDownCounterFamily = FamilyOf<UpDownCounter>;
type GaugeFamily = FamilyOf<Gauge>;
type HistogramFamily = FamilyOf<Histogram>;

/// A container of the Rust program for its own C++ code, or a scope in one.
///
/// Nothing is published: it is the container of those to whom it is handed. Handles
/// that C++ has outlive it.
#[derive(Debug)]
pub struct Container {
    registry: Called,
    /// Those of its scopes, outermost first.
    prefixes: Vec<String>,
    /// Those of its scopes.
    labels: Vec<(String, String)>,
}

impl Container {
    /// Shows a container of Rust.
    pub fn over(host: &Arc<impl Host>) -> Self {
        Self::of(Called::host(Arc::clone(host)))
    }

    /// Shows a registry of C++.
    pub fn over_backend(backend: &Arc<Backend>) -> Self {
        Self::of(backend.called())
    }

    fn of(registry: Called) -> Self {
        Self {
            registry,
            prefixes: Vec::new(),
            labels: Vec::new(),
        }
    }

    fn scope(&self, prefix: &str, labels: Vec<Label>) -> Result<Box<Self>, Error> {
        caught(|| {
            let prefix = Some(prefix).filter(|prefix| !prefix.is_empty());
            let prefixes = self.prefixes.iter().cloned();
            let labels = labels.into_iter().map(|label| (label.name, label.value));
            let scope = Self {
                registry: self.registry.clone(),
                prefixes: prefixes.chain(prefix.map(str::to_owned)).collect(),
                labels: self.labels.iter().cloned().chain(labels).collect(),
            };
            let nothing = Options::default();
            let request = scope.request(Kind::Counter, ("", ""), &[], &nothing);
            self.registry.check_scope(&request)?;
            Ok(Box::new(scope))
        })
    }

    fn request<'a>(
        &'a self,
        kind: Kind,
        (name, help): (&'a str, &'a str),
        label_names: &'a [String],
        options: &'a Options,
    ) -> Request<'a> {
        let labels = self.labels.iter();
        let own = options.labels.iter();
        Request {
            kind,
            is_resolved: false,
            shared_cells: options.shared_cells,
            exemplars: false,
            prefixes: strs(&self.prefixes),
            name,
            asked: "",
            help,
            unit: &options.unit,
            labels: labels
                .map(|(name, value)| (name.as_str(), value.as_str()))
                .chain(own.map(|label| (label.name.as_str(), label.value.as_str())))
                .collect(),
            label_names: strs(label_names),
            bounds: Some(options.buckets.as_slice()).filter(|bounds| !bounds.is_empty()),
            exponential: None,
            states: Vec::new(),
            aliases: strs(&options.aliases),
            limit: usize::try_from(options.limit)
                .ok()
                .filter(|limit| *limit > 0),
            expire_after: None,
        }
    }

    fn declare<H: Handle>(
        &self,
        named: (&str, &str),
        label_names: &[String],
        options: &Options,
    ) -> Result<CalledFamily, Error> {
        self.registry
            .family(&self.request(H::KIND, named, label_names, options))
    }

    fn handle<H: Handle>(
        &self,
        named: (&str, &str),
        options: &Options,
    ) -> Result<UniquePtr<H>, Error> {
        caught(|| over(self.declare::<H>(named, &[], options)?.look_up(&[])?))
    }

    fn family<H: Handle>(
        &self,
        named: (&str, &str),
        label_names: &[String],
        options: &Options,
    ) -> Result<Box<FamilyOf<H>>, Error> {
        caught(|| {
            let declared = self.declare::<H>(named, label_names, options)?;
            Ok(Box::new(FamilyOf::new(declared)))
        })
    }
}
