//! What generated code calls. Nothing here is part of the interface.

use core::marker::PhantomData;

pub use core::default::Default;
pub use core::ops::FnOnce;
pub use core::option::Option;
pub use core::result::Result;

pub use dynamometer_exposition::Unit;

pub use crate::container::Container;
pub use crate::declare::{Declaration, Declare, Metrics, Needs, Takes, attribute};
pub use crate::error::Error;
pub use crate::labels::{LabelValue, Labels};

use crate::base::BaseComponentMetrics;
use crate::labels::cardinality;

/// Appends a digit of mixed radix: a value's position among all of its label.
///
/// It wraps, as a key with more combinations than fit has no index anyway.
#[inline]
pub const fn index_with(index: usize, values: Option<&[&str]>, position: usize) -> usize {
    let radix = match values {
        Some(values) => values.len(),
        None => 1,
    };
    index.wrapping_mul(radix).wrapping_add(position)
}

/// Keeps the index of a key whose labels all have closed lists.
#[inline]
pub const fn dense_index<L: Labels + ?Sized>(index: usize) -> usize {
    if const { cardinality(L::VALUES).is_some() } {
        index
    } else {
        0
    }
}

/// Compiles where a metric takes an attribute.
pub const fn takes<T: Takes<A>, A>() {}

/// Compiles, in a constant, where what a metric needs is given.
#[track_caller]
pub const fn complete(needs: Needs, given: Needs) {
    needs.check(given);
}

/// What a type needs; nothing where it is no metric, which is told elsewhere.
///
/// The inherent constant goes before that of the trait, where there is one.
#[derive(Debug)]
pub struct Needed<T>(PhantomData<T>);

impl<T: Declare> Needed<T> {
    pub const NEEDS: Needs = T::NEEDS;
}

pub trait NeedsNothing {
    const NEEDS: Needs = Needs::NOTHING;
}

impl<T> NeedsNothing for Needed<T> {}

/// Buckets out of an array, a slice or a vector.
pub fn bounds<B: AsRef<[f64]> + ?Sized>(buckets: &B) -> &[f64] {
    buckets.as_ref()
}

/// States out of an array, a slice or a vector.
pub fn states<'a, 's, S: AsRef<[&'s str]> + ?Sized>(states: &'a S) -> &'a [&'s str] {
    states.as_ref()
}

/// The field `base`.
#[diagnostic::on_unimplemented(
    message = "a field called `base` holds a component's container, and is a `BaseComponentMetrics`",
    label = "not a `BaseComponentMetrics`",
    note = "add `#[metric(name = \"base\")]` to the field where it is a metric of that name",
    note = "add `#[metric(skip)]` where it is neither, or give the field another name"
)]
pub trait Base: Sized {
    /// Makes the base over a container.
    fn over(container: &Container) -> Self;

    /// Prints all metrics.
    fn print_metrics(&self);
}

impl Base for BaseComponentMetrics {
    fn over(container: &Container) -> Self {
        Self::over(container.clone())
    }

    fn print_metrics(&self) {
        Self::print_metrics(self);
    }
}
