//! A struct of metrics.

use crate::container::Container;
use crate::error::Error;

/// A struct whose fields are metrics, made in a container all at once.
///
/// `#[derive(Metrics)]` implements it.
///
/// ```
/// use dynamometer::{Container, Counter, Metrics, UpDownCounter};
///
/// #[derive(Metrics)]
/// struct QueueMetrics {
///     /// Entries taken.
///     taken_total: Counter,
///     /// Entries waiting.
///     waiting: UpDownCounter,
/// }
///
/// let container = Container::new("queue");
/// let metrics = QueueMetrics::try_register(&container)?;
/// metrics.waiting.add(3);
/// assert!(container.export_prometheus().contains("queue_waiting 3\n"));
///
/// // A second struct over the same container has the same series.
/// assert_eq!(QueueMetrics::register(&container).waiting.get_value(), 3);
/// # Ok::<(), dynamometer::Error>(())
/// ```
///
/// # For implementors
///
/// Both functions make the same metrics, in the same order.
/// [`register`](Self::register) must not fail or panic, and one metric that can
/// not be registered must not keep others from it.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a struct of metrics",
    label = "does not implement `Metrics`",
    note = "add `#[derive(Metrics)]` to the struct"
)]
pub trait Metrics: Sized {
    /// Makes every metric in `container`.
    ///
    /// One that can not be registered is in no container, though its handle
    /// works; the mistake is logged once and counted in
    /// `dynamometer_registration_errors_total{reason}`. The others are
    /// registered.
    fn register(container: &Container) -> Self;

    /// Makes every metric in `container`, or returns the first mistake.
    ///
    /// Metrics that were registered before the mistake stay in the container, and
    /// are found there by a second try.
    ///
    /// # Errors
    ///
    /// Any [`ErrorKind`](crate::ErrorKind) but `Backend`.
    fn try_register(container: &Container) -> Result<Self, Error>;
}
