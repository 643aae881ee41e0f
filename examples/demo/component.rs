//! The component: it answers requests, and declares what it measures.

use dynamometer::{
    BaseComponentMetrics, Counter, FloatCounter, Gauge, Histogram, Unit, UpDownCounter,
};

/// What the component says of itself, declared once.
pub(crate) struct Component {
    pub(crate) base: BaseComponentMetrics,
    answered: Counter,
    refused: Counter,
    inflight: UpDownCounter,
    queued: UpDownCounter,
    latency: Histogram,
    busy: FloatCounter,
    cache_usage: Gauge,
}

/// A piece of work for the component.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Request {
    /// How long it takes, in seconds.
    pub(crate) seconds: f64,
    /// Whether the component can do it.
    pub(crate) is_valid: bool,
    /// How full the cache is afterwards, 0 to 1.
    pub(crate) cache_usage: f64,
}

impl Component {
    pub(crate) fn new() -> anyhow::Result<Self> {
        let base = BaseComponentMetrics::from_env("demo")?;
        let container = base.native();
        let requests = |status| {
            let counter = container.counter("requests_total").label("status", status);
            counter.help("Requests handled, by outcome.").try_build()
        };
        Ok(Self {
            answered: requests("success")?,
            refused: requests("error")?,
            // Outer before inner: every page shows 0 <= queued <= inflight.
            inflight: container
                .up_down_counter("inflight_requests")
                .help("Requests between arrival and answer.")
                .try_build()?,
            queued: container
                .up_down_counter("queued_requests")
                .help("Requests that wait to be worked on.")
                .try_build()?,
            latency: container
                .histogram("request_duration")
                .unit(Unit::Seconds)
                .help("Time from arrival to answer.")
                .try_build()?,
            busy: container
                .float_counter("busy_total")
                .unit(Unit::Seconds)
                .help("Time spent working.")
                .try_build()?,
            cache_usage: container
                .gauge("cache_usage")
                .unit(Unit::Ratio)
                .help("Share of the cache in use, 0 to 1.")
                .try_build()?,
            base,
        })
    }

    /// Handles one request; `work` is the waiting that stands for the work.
    pub(crate) fn handle(&self, request: Request, work: impl FnOnce(f64)) {
        let _inflight = self.inflight.in_flight();
        let queued = self.queued.in_flight();
        drop(queued);
        work(request.seconds);
        self.latency.observe(request.seconds);
        self.busy.inc_by(request.seconds);
        self.cache_usage.set(request.cache_usage);
        let outcome = if request.is_valid {
            &self.answered
        } else {
            &self.refused
        };
        outcome.inc();
    }

    /// Requests handled, whatever came of them.
    pub(crate) fn handled(&self) -> u64 {
        self.answered.get_value() + self.refused.get_value()
    }
}
