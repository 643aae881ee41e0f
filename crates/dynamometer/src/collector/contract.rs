//! The role of a collector.

use std::sync::Arc;

/// Brings metrics up to date before a snapshot is taken.
///
/// For what is cheaper to look up now and then than to record as it happens: the
/// memory of the process, the length of a queue, the counts of another library.
/// A collector holds handles that it made once, and sets them.
///
/// ```
/// use std::sync::{Arc, RwLock};
///
/// use dynamometer::{Collector, Container, Gauge, Value};
///
/// struct Queue {
///     jobs: Arc<RwLock<Vec<String>>>,
///     length: Gauge,
/// }
///
/// impl Collector for Queue {
///     fn collect(&self) {
///         if let Ok(jobs) = self.jobs.try_read() {
///             self.length.set(jobs.len() as f64);
///         }
///     }
/// }
///
/// let container = Container::new("app");
/// let jobs = Arc::new(RwLock::new(vec!["build".to_owned()]));
/// let length = container.gauge("queue_length").help("Jobs waiting.").build();
/// let queue = Queue { jobs, length };
/// queue.collect();
/// assert_eq!(container.get_metrics().value("app_queue_length", &[]), Some(Value::Float(1.0)));
/// ```
///
/// # Contract
///
/// - [`collect`](Self::collect) runs on the thread that takes the snapshot,
///   outside every lock of the library, once for each snapshot.
/// - Several threads may be in it at once, for snapshots of their own. What it
///   adds to a counter it must not add twice.
/// - It must not block for long: it runs before every page. What takes time
///   belongs on a thread of its own, which sets the metrics.
/// - It must not take a snapshot of the container that it is added to.
/// - It lives as long as the container. So it should hold handles of it, not the
///   container or a family: those would keep each other alive.
/// - A panic is caught and counted; the snapshot goes on with the values that
///   were there.
pub trait Collector: Send + Sync {
    /// Brings its metrics up to date.
    fn collect(&self);
}

impl<C: Collector + ?Sized> Collector for Arc<C> {
    fn collect(&self) {
        (**self).collect();
    }
}
