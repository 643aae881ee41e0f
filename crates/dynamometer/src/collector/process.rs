//! The standard metrics of a process.

use crate::catalogue::{self, process as names};
use crate::collector::bring::{bring, bring_float};
use crate::collector::contract::Collector;
use crate::collector::kernel;
use crate::collector::reading::Reading;
use crate::container::Container;
use crate::handle::{Counter, FloatCounter, Gauge};

/// How a gauge is found in a reading.
type Read = fn(&Reading) -> Option<u64>;

const GAUGES: [(&str, Read); 6] = [
    (names::RESIDENT_MEMORY_BYTES, |now| now.resident_bytes),
    (names::VIRTUAL_MEMORY_BYTES, |now| now.virtual_bytes),
    (names::VIRTUAL_MEMORY_MAX_BYTES, |now| now.virtual_max_bytes),
    (names::OPEN_FDS, |now| now.open_fds),
    (names::MAX_FDS, |now| now.max_fds),
    (names::THREADS, |now| now.threads),
];

/// The standard metrics of this process, `process_*`, on Linux.
///
/// CPU time, memory, file descriptors, threads and network, named as the
/// Prometheus client libraries name them, so that their dashboards work: without
/// the container's prefix and labels. [`catalogue::process`]
/// lists them. `process_start_time_seconds` comes with
/// [`BaseComponentMetrics`](crate::BaseComponentMetrics).
///
/// ```
/// use dynamometer::{Collector, Container, ProcessCollector};
///
/// let container = Container::new("app");
/// let process = ProcessCollector::new(&container);
/// process.collect();
/// # #[cfg(target_os = "linux")]
/// assert!(container.export_prometheus().contains("\nprocess_open_fds "));
/// ```
///
/// Any number of them may share a container. In the child of a fork the counters
/// begin at zero, as the kernel's do.
///
/// # Limits
///
/// - On another system than Linux it registers nothing. On Linux it leaves out
///   what can not be read when it is made; what can not be read later keeps its
///   last value.
/// - The network's bytes are those of the network namespace: Linux does not tell
///   processes apart.
/// - Limits are the soft ones; no limit reads 2⁶⁴.
///
/// # Cost
///
/// About 30 µs for each [`collect`](Collector::collect), most of it for the
/// network's counters, which the kernel sums over its CPUs. The number of open
/// files does not matter since Linux 6.2; before, each adds about 0.4 µs.
#[derive(Debug)]
pub struct ProcessCollector {
    gauges: Vec<(Gauge, Read)>,
    cpu_seconds: Option<FloatCounter>,
    received_bytes: Option<Counter>,
    sent_bytes: Option<Counter>,
}

impl ProcessCollector {
    /// Registers the metrics, and brings them up to date once.
    pub fn new(container: &Container) -> Self {
        let root = container.unprefixed();
        let now = kernel::read();
        let counter = |name| root.counter(name).help(catalogue::help(name)).build();
        let gauges = GAUGES.iter().filter(|(_, read)| read(&now).is_some());
        let collector = Self {
            gauges: gauges
                .map(|(name, read)| {
                    let gauge = root.gauge(name).help(catalogue::help(name)).build();
                    (gauge, *read)
                })
                .collect(),
            cpu_seconds: now.cpu_seconds.map(|_| {
                let name = names::CPU_SECONDS_TOTAL;
                root.float_counter(name).help(catalogue::help(name)).build()
            }),
            received_bytes: now
                .received_bytes
                .map(|_| counter(names::NETWORK_RECEIVE_BYTES_TOTAL)),
            sent_bytes: now
                .sent_bytes
                .map(|_| counter(names::NETWORK_TRANSMIT_BYTES_TOTAL)),
        };
        collector.show(&now);
        collector
    }

    fn show(&self, now: &Reading) {
        for (gauge, read) in &self.gauges {
            if let Some(value) = read(now) {
                gauge.set(value as f64);
            }
        }
        if let (Some(counter), Some(total)) = (&self.cpu_seconds, now.cpu_seconds) {
            bring_float(counter, total);
        }
        if let (Some(counter), Some(total)) = (&self.received_bytes, now.received_bytes) {
            bring(counter, total);
        }
        if let (Some(counter), Some(total)) = (&self.sent_bytes, now.sent_bytes) {
            bring(counter, total);
        }
    }
}

impl Collector for ProcessCollector {
    fn collect(&self) {
        self.show(&kernel::read());
    }
}
