//! Which type takes which attribute.

use super::attribute::{
    Alias, Buckets, Exemplars, ExpireAfter, Exponential, LabelNames, Limit, SharedCells, States,
};
use super::handle::Declare;
use crate::family::{MetricVec, Names};
use crate::handle::{
    Counter, ExponentialHistogram, FloatCounter, Gauge, Handle, Histogram, Info, StateSet,
    UpDownCounter,
};
use crate::traits::{MetricCounter, MetricGauge, MetricHistogram};

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

// Written out, not by a macro: the compiler shows them where one is missing.

impl Takes<Alias> for Counter {}
impl Takes<Alias> for FloatCounter {}
impl Takes<Alias> for UpDownCounter {}
impl Takes<Alias> for Gauge {}
impl Takes<Alias> for Histogram {}
impl Takes<Alias> for ExponentialHistogram {}
impl Takes<Alias> for Info {}
impl Takes<Alias> for StateSet {}
impl Takes<Alias> for Box<dyn MetricCounter> {}
impl Takes<Alias> for Box<dyn MetricGauge> {}
impl Takes<Alias> for Box<dyn MetricHistogram> {}

impl Takes<Limit> for Counter {}
impl Takes<Limit> for FloatCounter {}
impl Takes<Limit> for UpDownCounter {}
impl Takes<Limit> for Gauge {}
impl Takes<Limit> for Histogram {}
impl Takes<Limit> for ExponentialHistogram {}
impl Takes<Limit> for Info {}
impl Takes<Limit> for StateSet {}
impl Takes<Limit> for Box<dyn MetricCounter> {}
impl Takes<Limit> for Box<dyn MetricGauge> {}
impl Takes<Limit> for Box<dyn MetricHistogram> {}

impl Takes<Buckets> for Histogram {}
impl Takes<Buckets> for Box<dyn MetricHistogram> {}

impl Takes<States> for StateSet {}

impl Takes<Exponential> for Box<dyn MetricHistogram> {}

impl Takes<Exemplars> for Counter {}
impl Takes<Exemplars> for Histogram {}
impl Takes<Exemplars> for ExponentialHistogram {}

// A gauge has one cell for all threads anyway.
impl Takes<SharedCells> for Counter {}
impl Takes<SharedCells> for FloatCounter {}
impl Takes<SharedCells> for UpDownCounter {}
impl Takes<SharedCells> for Histogram {}
impl Takes<SharedCells> for ExponentialHistogram {}
impl Takes<SharedCells> for Box<dyn MetricCounter> {}
impl Takes<SharedCells> for Box<dyn MetricHistogram> {}

// A handle in a struct keeps its series: only those of a family can expire.
impl<H: Handle, L> Takes<ExpireAfter> for MetricVec<H, L> where Self: Declare {}
impl<H: Handle + Declare> Takes<LabelNames> for MetricVec<H, Names> {}

// What a family takes where its handles do.
impl<H: Handle + Takes<Alias>, L> Takes<Alias> for MetricVec<H, L> where Self: Declare {}
impl<H: Handle + Takes<Limit>, L> Takes<Limit> for MetricVec<H, L> where Self: Declare {}
impl<H: Handle + Takes<Buckets>, L> Takes<Buckets> for MetricVec<H, L> where Self: Declare {}
impl<H: Handle + Takes<Exponential>, L> Takes<Exponential> for MetricVec<H, L> where Self: Declare {}
impl<H: Handle + Takes<SharedCells>, L> Takes<SharedCells> for MetricVec<H, L> where Self: Declare {}
impl<H: Handle + Takes<States>, L> Takes<States> for MetricVec<H, L> where Self: Declare {}
impl<H: Handle + Takes<Exemplars>, L> Takes<Exemplars> for MetricVec<H, L> where Self: Declare {}
