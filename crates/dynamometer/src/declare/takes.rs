//! Which type takes which attribute.

use super::attribute::Buckets;
use super::handle::Declare;
use crate::handle::Histogram;
use crate::traits::MetricHistogram;

/// A metric whose declaration may have the attribute `A`.
///
/// `A` is one of the types in [`attribute`](super::attribute). The name, help,
/// unit and constant labels of a declaration need no mention: every type takes
/// those. An attribute given to a type that does not take it does not compile.
///
/// ```compile_fail
/// use dynamometer::{Counter, Metrics};
///
/// #[derive(Metrics)]
/// struct WorkerMetrics {
///     #[metric(buckets = [1.0, 2.0])] // A counter has no buckets.
///     requests_total: Counter,
/// }
/// ```
///
/// # For implementors
///
/// Implement it for an attribute where [`Declare`] reads the field of
/// [`Declaration`](super::Declaration) that carries it.
#[diagnostic::on_unimplemented(
    message = "a `{Self}` does not take the attribute `{A}`",
    label = "does not take `{A}`",
    note = "leave the attribute out, or give the field a type that takes it"
)]
pub trait Takes<A>: Declare {}

impl Takes<Buckets> for Histogram {}
impl Takes<Buckets> for Box<dyn MetricHistogram> {}
