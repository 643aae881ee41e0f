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

use self::bridge::{
    Counter, ExponentialHistogram, ExponentialLayout, FloatCounter, Gauge, Histogram, Info, Label,
    Options, StateSet, UpDownCounter,
};
use self::family::{FamilyOf, strs};
use self::handle::{Handle, over};
use crate::backend::Backend;
use crate::called::Called;
use crate::error::Error;
use crate::host::{Exponential, Host, Kind, Page, Request};
use crate::panic::caught;

type CounterFamily = FamilyOf<Counter>;
type FloatCounterFamily = FamilyOf<FloatCounter>;
type UpDownCounterFamily = FamilyOf<UpDownCounter>;
type GaugeFamily = FamilyOf<Gauge>;
type HistogramFamily = FamilyOf<Histogram>;
type ExponentialHistogramFamily = FamilyOf<ExponentialHistogram>;
type InfoFamily = FamilyOf<Info>;
type StateSetFamily = FamilyOf<StateSet>;

/// What C++ declares.
#[derive(Clone, Copy)]
struct Asked<'a> {
    name: &'a str,
    help: &'a str,
    /// Looked up by values.
    label_names: &'a [String],
    /// Of a state set.
    states: &'a [String],
    options: &'a Options,
}

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
            let nothing = Asked {
                name: "",
                help: "",
                label_names: &[],
                states: &[],
                options: &Options::default(),
            };
            self.registry
                .check_scope(&scope.request(Kind::Counter, nothing))?;
            Ok(Box::new(scope))
        })
    }

    fn request<'a>(&'a self, kind: Kind, asked: Asked<'a>) -> Request<'a> {
        let options = asked.options;
        let labels = self.labels.iter();
        let own = options.labels.iter();
        Request {
            kind,
            is_resolved: false,
            shared_cells: options.shared_cells,
            exemplars: false,
            prefixes: strs(&self.prefixes),
            name: asked.name,
            asked: "",
            help: asked.help,
            unit: &options.unit,
            labels: labels
                .map(|(name, value)| (name.as_str(), value.as_str()))
                .chain(own.map(|label| (label.name.as_str(), label.value.as_str())))
                .collect(),
            label_names: strs(asked.label_names),
            bounds: Some(options.buckets.as_slice()).filter(|bounds| !bounds.is_empty()),
            exponential: Some(layout_of(options.layout))
                .filter(|layout| *layout != layout_of(ExponentialLayout::default())),
            states: strs(asked.states),
            aliases: strs(&options.aliases),
            limit: usize::try_from(options.limit)
                .ok()
                .filter(|limit| *limit > 0),
            expire_after: None,
        }
    }

    fn handle<H: Handle>(&self, asked: Asked<'_>) -> Result<UniquePtr<H>, Error> {
        caught(|| {
            let family = self.registry.family(&self.request(H::KIND, asked))?;
            over(family.look_up(&[])?, asked.states)
        })
    }

    fn family<H: Handle>(&self, asked: Asked<'_>) -> Result<Box<FamilyOf<H>>, Error> {
        caught(|| {
            let family = self.registry.family(&self.request(H::KIND, asked))?;
            Ok(Box::new(FamilyOf::new(family, asked.states.to_vec())))
        })
    }

    fn text(&self) -> Result<String, Error> {
        caught(|| self.registry.page(Page::Text))
    }
}

const fn layout_of(layout: ExponentialLayout) -> Exponential {
    Exponential {
        schema: layout.schema,
        min_exponent: layout.min_exponent,
        max_exponent: layout.max_exponent,
        is_signed: layout.is_signed,
    }
}
