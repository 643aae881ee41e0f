//! A set of metrics with a prefix and constant labels.

use std::sync::Arc;

use dynamometer_exposition::{Format, Snapshot, text};

use crate::builder::{
    Builder, CounterBuilder, ExponentialHistogramBuilder, FloatCounterBuilder, GaugeBuilder,
    HistogramBuilder, InfoBuilder, StateSetBuilder, UpDownCounterBuilder,
};
use crate::clock::Clock;
use crate::collector::Collector;
use crate::error::Error;
use crate::labels::LabelValue;
use crate::registry::{Prefix, Registry, Remote, check_labels};
use crate::scope::{Created, OwnedScope};
use crate::self_metrics::report;
use crate::source::{Source, SourceBuilder};
use crate::traits::{MetricContainer, MetricCounter, MetricGauge, MetricHistogram};

/// A set of metrics over native cells, read by every backend.
///
/// Clones are the same container. A [`scope`](Self::scope) is a narrower view of
/// it: a longer prefix, more constant labels, the same page.
///
/// ```
/// use dynamometer::Container;
///
/// let container = Container::new("app");
/// let requests = container.counter("requests_total").help("Requests handled.").build();
/// requests.inc();
///
/// let http = container.scope("http", &[("port", "8000")]);
/// http.gauge("connections").help("Open connections.").build().set(2.0);
///
/// let page = container.export_prometheus();
/// assert!(page.contains("app_requests_total 1"));
/// assert!(page.contains(r#"app_http_connections{port="8000"} 2"#));
/// ```
#[derive(Clone, Debug)]
pub struct Container {
    registry: Arc<Registry>,
    pub(crate) prefix: Prefix,
    pub(crate) labels: Arc<[(String, String)]>,
    /// Who removes the series that are created through this view.
    pub(crate) created: Option<Arc<Created>>,
}

impl Container {
    /// Creates an empty container whose metrics begin with `prefix` and `_`.
    ///
    /// The prefix is sanitised, its case kept; an empty one adds nothing. One
    /// with no usable character is left out, logged and counted.
    pub fn new(prefix: &str) -> Self {
        Self::with_clock(prefix, Clock::system())
    }

    /// Creates an empty container, or says why the prefix can not be used.
    ///
    /// # Errors
    ///
    /// [`InvalidName`](crate::ErrorKind::InvalidName) where the prefix is not
    /// empty and has no usable character.
    pub fn try_new(prefix: &str) -> Result<Self, Error> {
        let root = Self::root(Clock::system());
        root.try_scope(prefix, &[])
    }

    /// Creates an empty container whose timers and dates follow `clock`.
    pub fn with_clock(prefix: &str, clock: Clock) -> Self {
        let root = Self::root(clock);
        if prefix.is_empty() {
            root
        } else {
            root.scope(prefix, &[])
        }
    }

    fn root(clock: Clock) -> Self {
        Self::over(Registry::new(clock, Remote::default()))
    }

    /// The root of a registry.
    pub(crate) fn over(registry: Registry) -> Self {
        Self {
            registry: Arc::new(registry),
            prefix: Prefix::default(),
            labels: [].into(),
            created: None,
        }
    }

    /// Returns a view with a longer prefix and more constant labels.
    ///
    /// What can not be used, a prefix without a usable character or a reserved or
    /// double label, is left out, logged and counted.
    #[must_use]
    pub fn scope(&self, prefix: &str, labels: &[(&str, &str)]) -> Self {
        let mut scope = self.clone();
        match self.prefix.join(prefix) {
            Ok(prefix) => scope.prefix = prefix,
            Err(error) => report(prefix, &error),
        }
        for &label in labels {
            match check_labels(&scope.labels, [label]) {
                Ok(labels) => scope.labels = labels.into(),
                Err(error) => report(label.0, &error),
            }
        }
        scope
    }

    /// Returns a view with a longer prefix and more constant labels, or says
    /// which can not be used.
    ///
    /// # Errors
    ///
    /// [`InvalidName`](crate::ErrorKind::InvalidName) for the prefix;
    /// `InvalidLabel`, `ReservedLabel` or `DuplicateLabel` for a label.
    pub fn try_scope(&self, prefix: &str, labels: &[(&str, &str)]) -> Result<Self, Error> {
        Ok(Self {
            registry: Arc::clone(&self.registry),
            prefix: self.prefix.join(prefix)?,
            labels: check_labels(&self.labels, labels.iter().copied())?.into(),
            created: self.created.clone(),
        })
    }

    /// Returns a scope whose series and sources are removed when it is dropped.
    ///
    /// Otherwise as [`scope`](Self::scope).
    pub fn owned_scope(&self, prefix: &str, labels: &[(&str, &str)]) -> OwnedScope {
        OwnedScope::new(self.scope(prefix, labels))
    }

    /// This view, with a list of the series that are created through it.
    pub(crate) fn created_for(mut self, created: Arc<Created>) -> Self {
        self.created = Some(created);
        self
    }

    pub(crate) fn registry(&self) -> &Arc<Registry> {
        &self.registry
    }

    /// Adds what brings some metrics up to date before each snapshot.
    ///
    /// It lives as long as the container. One that panics takes nobody else down.
    pub fn add_collector(&self, collector: impl Collector + 'static) {
        self.registry.collectors.add(Arc::new(collector));
    }

    /// Brings in the metrics of another library, under this name.
    ///
    /// Its families stand on every page of the container under their own names:
    /// neither prefix nor constant labels are added. Each snapshot reads all sources
    /// at once, and waits for each no longer than its timeout. One that fails or
    /// hangs is left out, shown in `dynamometer_source_up{source}`, and logged when
    /// it goes down.
    ///
    /// What no page may hold is left out of a source, and so is what clashes: the
    /// metrics of the container stay, then those of the source attached first. Both
    /// are logged once, and counted in `dynamometer_dropped_samples_total{reason}` as
    /// `source_invalid` and `source_conflict`.
    ///
    /// ```
    /// use std::time::Duration;
    ///
    /// use dynamometer::{Container, Desc, Family, Kind, LabelSet, Values};
    ///
    /// let container = Container::new("app");
    /// let cache = || {
    ///     let desc = Desc::new("cache_entries", Kind::Gauge).help("Entries now.");
    ///     let labels = vec![LabelSet::new([("shard", "0")])];
    ///     vec![Family::new(desc, std::sync::Arc::new(labels), Values::Float(vec![12.0]))]
    /// };
    /// container.source("cache", cache).timeout(Duration::from_secs(5)).attach();
    /// assert!(container.export_prometheus().contains("cache_entries{shard=\"0\"} 12\n"));
    /// assert!(container.remove_source("cache"));
    /// ```
    pub fn source<'a>(&'a self, name: &'a str, source: impl Source + 'static) -> SourceBuilder<'a> {
        SourceBuilder::new(self, name, Arc::new(source))
    }

    /// Removes a source of the container by its name; false where there is none.
    ///
    /// It is not read again. A snapshot that waits for it may still show it.
    pub fn remove_source(&self, name: &str) -> bool {
        self.registry.sources.remove_named(name)
    }

    /// The same container without prefix and constant labels, for whole names.
    pub(crate) fn unprefixed(&self) -> Self {
        Self {
            registry: Arc::clone(&self.registry),
            prefix: Prefix::default(),
            labels: [].into(),
            created: None,
        }
    }

    /// The prefix, sanitised, without the underscore that follows it.
    pub fn prefix(&self) -> &str {
        self.prefix.as_str()
    }

    /// The clock that timers and dates follow.
    pub fn clock(&self) -> &Clock {
        &self.registry.clock
    }

    /// Declares a counter of whole things.
    pub fn counter<'a>(&'a self, name: &'a str) -> CounterBuilder<'a> {
        Builder::new(self, name)
    }

    /// Declares a counter of amounts.
    pub fn float_counter<'a>(&'a self, name: &'a str) -> FloatCounterBuilder<'a> {
        Builder::new(self, name)
    }

    /// Declares a count of things that come and go.
    pub fn up_down_counter<'a>(&'a self, name: &'a str) -> UpDownCounterBuilder<'a> {
        Builder::new(self, name)
    }

    /// Declares a value that is set.
    pub fn gauge<'a>(&'a self, name: &'a str) -> GaugeBuilder<'a> {
        Builder::new(self, name)
    }

    /// Declares a distribution over fixed buckets.
    pub fn histogram<'a>(&'a self, name: &'a str) -> HistogramBuilder<'a> {
        Builder::new(self, name)
    }

    /// Declares a distribution over buckets that need not be chosen.
    pub fn exponential_histogram<'a>(&'a self, name: &'a str) -> ExponentialHistogramBuilder<'a> {
        Builder::new(self, name)
    }

    /// Declares facts that are told in labels; see [`Info`](crate::Info) for the
    /// name.
    pub fn info<'a>(&'a self, name: &'a str) -> InfoBuilder<'a> {
        Builder::new(self, name)
    }

    /// Declares states of which each is on or off.
    pub fn state_set<'a>(&'a self, name: &'a str, states: &'a [&'a str]) -> StateSetBuilder<'a> {
        Builder::new(self, name).states(states)
    }

    /// Declares a state set whose states are the values of an enum.
    ///
    /// Another type with a closed list of values will do; one without does not
    /// compile.
    ///
    /// ```
    /// use dynamometer::{Container, Labels};
    ///
    /// #[derive(Labels)]
    /// enum Connection {
    ///     Connecting,
    ///     Connected,
    /// }
    ///
    /// let container = Container::new("app");
    /// let connection = container.state_set_of::<Connection>("connection").build();
    /// connection.set_only(&Connection::Connecting);
    /// assert!(connection.is_enabled("connecting"));
    /// connection.set_only(&Connection::Connected);
    /// assert!(!connection.is_enabled(&Connection::Connecting));
    /// ```
    ///
    /// ```compile_fail
    /// # let container = dynamometer::Container::new("app");
    /// container.state_set_of::<String>("connection").build();
    /// ```
    pub fn state_set_of<'a, S: LabelValue>(&'a self, name: &'a str) -> StateSetBuilder<'a> {
        let states = const {
            match S::VALUES {
                Some(states) => states,
                None => panic!("the states of a set are a closed list, as an enum has"),
            }
        };
        self.state_set(name, states)
    }

    /// Returns the values of all metrics now, those of all scopes and sources among
    /// them.
    ///
    /// # Cost
    ///
    /// At most a nanosecond per cell and thread that ever recorded. Takes no lock
    /// that a recorder could meet. With sources, a thread for each, and the time of
    /// the slowest or its timeout: not for a thread that must not block.
    pub fn get_metrics(&self) -> Snapshot {
        self.registry.snapshot()
    }

    /// Returns all metrics as Prometheus text, version 0.0.4.
    pub fn export_prometheus(&self) -> String {
        text::to_string(&self.get_metrics())
    }

    /// Returns all metrics in a format; all but protobuf are UTF-8.
    ///
    /// ```
    /// use dynamometer::{Container, Format};
    ///
    /// let container = Container::new("app");
    /// container.counter("requests_total").build().inc();
    /// let page = container.export(Format::OpenMetrics);
    /// assert_eq!(page, b"# TYPE app_requests counter\napp_requests_total 1\n# EOF\n");
    /// ```
    pub fn export(&self, format: Format) -> Vec<u8> {
        format.render(&self.get_metrics(), Vec::new())
    }
}

impl MetricContainer for Container {
    fn try_create_counter(
        &self,
        name: &str,
        help: &str,
        labels: &[(&str, &str)],
    ) -> Result<Box<dyn MetricCounter>, Error> {
        Ok(Box::new(
            self.counter(name).help(help).labels(labels).try_build()?,
        ))
    }

    fn try_create_gauge(
        &self,
        name: &str,
        help: &str,
        labels: &[(&str, &str)],
    ) -> Result<Box<dyn MetricGauge>, Error> {
        Ok(Box::new(
            self.gauge(name).help(help).labels(labels).try_build()?,
        ))
    }

    fn try_create_histogram_with_buckets(
        &self,
        name: &str,
        help: &str,
        labels: &[(&str, &str)],
        buckets: &[f64],
    ) -> Result<Box<dyn MetricHistogram>, Error> {
        let histogram = self
            .histogram(name)
            .help(help)
            .labels(labels)
            .buckets(buckets);
        Ok(Box::new(histogram.try_build()?))
    }

    fn get_metrics(&self) -> Snapshot {
        Self::get_metrics(self)
    }
}
