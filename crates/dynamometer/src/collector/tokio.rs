//! The metrics of a tokio runtime.

use std::time::Duration;

use tokio::runtime::{Handle, RuntimeMetrics};

use crate::catalogue::{self, label, tokio as names};
use crate::collector::added::Added;
use crate::collector::contract::Collector;
use crate::container::Container;
use crate::handle::{Counter, FloatCounter, Gauge};

/// The metrics of one tokio runtime, `tokio_*`.
///
/// How many tasks are alive and waiting, and for each worker how long it was
/// busy and how often it parked: everything that tokio offers without
/// `tokio_unstable`. Names are whole, without the container's prefix and labels;
/// [`catalogue::tokio`] lists them. The label `runtime`
/// is the runtime's name ([`Builder::name`]), or its [id](Handle::id) where it has
/// none.
///
/// ```
/// use dynamometer::{Collector, Container, TokioCollector};
///
/// let runtime = tokio::runtime::Builder::new_current_thread().name("main").build()?;
/// let container = Container::new("app");
/// let collector = TokioCollector::new(&container, runtime.handle());
/// collector.collect();
/// let page = container.export_prometheus();
/// assert!(page.contains(r#"tokio_workers{runtime="main"} 1"#));
/// # Ok::<(), std::io::Error>(())
/// ```
///
/// Make one for each runtime and container: two would count a worker's time
/// twice. A runtime that follows another under the same name continues its
/// counters.
///
/// # Limits
///
/// It does not keep the runtime running. Once that is shut down the values stay
/// as they are, with no task alive; the runtime's bookkeeping is freed with the
/// collector. A worker reports its time when it parks, so one that is in a long
/// poll shows it late.
///
/// # Cost
///
/// A few loads for each worker: half a microsecond for 16 of them.
///
/// [`Builder::name`]: tokio::runtime::Builder::name
#[derive(Debug)]
pub struct TokioCollector {
    runtime: RuntimeMetrics,
    workers: Gauge,
    alive_tasks: Gauge,
    global_queue_depth: Gauge,
    each_worker: Vec<Worker>,
}

#[derive(Debug)]
struct Worker {
    busy_seconds: FloatCounter,
    busy_ns: Added,
    parks: Counter,
    parks_added: Added,
    parked: Gauge,
}

impl TokioCollector {
    /// Registers the metrics of a runtime, and brings them up to date once.
    pub fn new(container: &Container, handle: &Handle) -> Self {
        let root = container.unprefixed();
        let id = handle.id().to_string();
        let labels = [(label::RUNTIME, handle.name().unwrap_or(&id))];
        let gauge = |name| {
            let gauge = root.gauge(name).help(catalogue::help(name));
            gauge.labels(&labels).build()
        };
        let runtime = handle.metrics();
        let workers = 0..runtime.num_workers();
        let collector = Self {
            workers: gauge(names::WORKERS),
            alive_tasks: gauge(names::ALIVE_TASKS),
            global_queue_depth: gauge(names::GLOBAL_QUEUE_DEPTH),
            each_worker: workers
                .map(|index| Worker::new(&root, labels[0], index))
                .collect(),
            runtime,
        };
        collector.collect();
        collector
    }
}

impl Collector for TokioCollector {
    fn collect(&self) {
        let now = &self.runtime;
        self.workers.set(now.num_workers() as f64);
        self.alive_tasks.set(now.num_alive_tasks() as f64);
        self.global_queue_depth.set(now.global_queue_depth() as f64);
        for (index, worker) in self.each_worker.iter().enumerate() {
            worker.show(now, index);
        }
    }
}

impl Worker {
    fn new(root: &Container, runtime: (&str, &str), index: usize) -> Self {
        let index = index.to_string();
        let labels = [runtime, (label::WORKER, index.as_str())];
        let busy = root.float_counter(names::WORKER_BUSY_SECONDS_TOTAL);
        let parks = root.counter(names::WORKER_PARKS_TOTAL);
        let parked = root.gauge(names::WORKER_PARKED);
        Self {
            busy_seconds: busy
                .help(catalogue::help(names::WORKER_BUSY_SECONDS_TOTAL))
                .labels(&labels)
                .build(),
            busy_ns: Added::default(),
            parks: parks
                .help(catalogue::help(names::WORKER_PARKS_TOTAL))
                .labels(&labels)
                .build(),
            parks_added: Added::default(),
            parked: parked
                .help(catalogue::help(names::WORKER_PARKED))
                .labels(&labels)
                .build(),
        }
    }

    fn show(&self, now: &RuntimeMetrics, index: usize) {
        let busy = now.worker_total_busy_duration(index).as_nanos() as u64;
        let more = Duration::from_nanos(self.busy_ns.more(busy));
        self.busy_seconds.inc_by(more.as_secs_f64());
        let parks = now.worker_park_count(index);
        self.parks.inc_by(self.parks_added.more(parks));
        // It counts parks and unparks together, so it is odd in between.
        let is_parked = now.worker_park_unpark_count(index) % 2 == 1;
        self.parked.set(f64::from(u8::from(is_parked)));
    }
}
