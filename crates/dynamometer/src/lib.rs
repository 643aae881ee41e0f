//! Metrics for components: declare once, record in about a nanosecond, read
//! anywhere.
//!
//! A component declares its metrics in a container and records through handles.
//! A record is one unlocked add to memory that only the recording thread writes;
//! Prometheus and in-process callers read the same cells.
//!
//! ```
//! use dynamometer::PrometheusContainer;
//!
//! let container = PrometheusContainer::new("app");
//! let requests = container.counter("requests_total").help("Requests handled.").build();
//! let latency = container.histogram("latency_seconds").help("Time to answer.").build();
//! let inflight = container.up_down_counter("inflight_requests").help("Requests now.").build();
//!
//! std::thread::scope(|scope| {
//!     for _ in 0..4 {
//!         scope.spawn(|| {
//!             let _request = inflight.in_flight();
//!             requests.inc();
//!             latency.observe(0.012);
//!         });
//!     }
//! });
//!
//! let page = container.export_prometheus();
//! assert!(page.contains("app_requests_total 4\n"));
//! assert!(page.contains("app_inflight_requests 0\n"));
//! ```
//!
//! Everything here is `Send + Sync` and safe to call from any thread unless it
//! says otherwise.
//!
//! # Two ways in
//!
//! | | record | for |
//! |---|---|---|
//! | concrete handles: [`Container::counter`], … | inlined | new code, hot loops |
//! | traits: [`MetricContainer::create_counter`], … | one virtual call | components that know no backend |
//!
//! Both record into the same cells.
//!
//! # Features
//!
//! | feature | adds | leave it out |
//! |---|---|---|
//! | `prometheus` (default) | [`PrometheusContainer`] | where another backend is the only one |
//! | `derive` (default) | `#[derive(Metrics)]`, `#[derive(Labels)]` | where build time counts |
//! | `prometheus-registry` | `prometheus::Registry` as a [`Source`], `PrometheusCollector` | where nothing records through the crate `prometheus` |
//! | `libnv` | the C++ metrics of the process, in its container; a C++ compiler is needed | where no C++ code records |
//! | `tokio` | `TokioCollector` | where nothing runs on tokio |

#![forbid(unsafe_code)]
#![allow(
    clippy::inline_always,
    reason = "a record that is not inlined costs twice as much"
)]

#[doc(hidden)]
pub mod __private;
#[doc(hidden)]
pub mod binding;
pub mod catalogue;
pub mod declare;
pub mod env;
#[cfg(feature = "libnv")]
pub mod libnv;

mod backend;
mod base;
mod builder;
mod clock;
mod collector;
mod container;
mod detached;
mod error;
mod family;
mod handle;
mod labels;
mod meeting;
mod publication;
mod registration;
mod registry;
mod sanitize;
mod scope;
mod self_metrics;
mod source;
mod testing;
mod traits;
mod vector;

#[cfg(feature = "libnv")]
pub use backend::LibnvContainer;
#[cfg(feature = "prometheus")]
pub use backend::PrometheusContainer;
pub use dynamometer_cells::{Bounds, ExponentialBuckets, ExponentialLayout, Keep, Kept, Looked};
#[cfg(feature = "derive")]
pub use dynamometer_derive::{Labels, Metrics};
pub use dynamometer_exposition::{
    Conflict, Desc, Exemplar, ExponentialBucket, ExponentialCounts, ExponentialValue, Family,
    Format, HistogramValue, Invalid, Kind, LabelColumn, LabelSet, Sample, SeriesLabels, Snapshot,
    SummaryValue, Unit, Value, Values, json, openmetrics, protobuf, text,
};

pub use backend::Backend;
pub use base::BaseComponentMetrics;
pub use builder::{
    Builder, CounterBuilder, ExponentialHistogramBuilder, FloatCounterBuilder, GaugeBuilder,
    HistogramBuilder, InfoBuilder, StateSetBuilder, UpDownCounterBuilder,
};
pub use clock::Clock;
#[cfg(feature = "tokio")]
pub use collector::TokioCollector;
pub use collector::{Collector, ProcessCollector};
pub use container::Container;
pub use declare::{Declaration, Declare, Metrics};
pub use error::{Error, ErrorKind};
pub use family::{
    CounterVec, ExponentialHistogramVec, FloatCounterVec, GaugeVec, HistogramVec, InfoVec,
    MetricVec, Names, Owned, StateSetVec, UpDownCounterVec,
};
pub use handle::{
    Counter, Distribution, ExponentialHistogram, FloatCounter, Gauge, Handle, Histogram, InFlight,
    Info, LocalHistogram, StateSet, Timer, UpDownCounter,
};
pub use labels::{LabelValue, Labels};
pub use sanitize::{
    build_component_metric_name, sanitize_prometheus_label, sanitize_prometheus_name,
};
pub use scope::OwnedScope;
pub use self_metrics::self_metrics;
#[cfg(feature = "prometheus-registry")]
pub use source::PrometheusCollector;
pub use source::{
    OpenMetrics, OwnedSource, Reading, Source, SourceBuilder, SourceError, SourceErrorKind,
};
pub use testing::{Event, NoopContainer, RecordingContainer};
pub use traits::{MetricContainer, MetricCounter, MetricGauge, MetricHistogram};

/// The upper bounds of a histogram that names none, in seconds: 5 ms to 10 s.
///
/// Those of the Prometheus client libraries.
pub const DEFAULT_BUCKETS: &[f64] = &[
    0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0,
];

#[doc = include_str!("../../../docs/guide/rust.md")]
#[cfg(doctest)]
struct Guide;
