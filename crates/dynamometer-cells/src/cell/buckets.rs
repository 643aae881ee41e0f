//! What finds the bucket of a value.

use std::fmt;

use crate::cell::bounds::Bounds;
use crate::cell::exponents::ExponentialBuckets;

/// The buckets of a histogram: [`Bounds`] or [`ExponentialBuckets`]. Sealed: an
/// index beyond the count would be another series' cell.
pub trait Buckets: sealed::Sealed + fmt::Debug + Send + Sync + 'static {
    /// How many buckets there are.
    fn count(&self) -> usize;

    /// The bucket of `value`, below [`count`](Self::count).
    fn index_of(&self, value: f64) -> usize;

    /// True where `value` has a bucket; NaN has none.
    fn admits(&self, value: f64) -> bool;
}

mod sealed {
    pub trait Sealed {}
    impl Sealed for super::Bounds {}
    impl Sealed for super::ExponentialBuckets {}
}

impl Buckets for Bounds {
    #[inline(always)]
    fn count(&self) -> usize {
        self.buckets()
    }

    #[inline(always)]
    fn index_of(&self, value: f64) -> usize {
        Self::index_of(self, value)
    }

    #[inline(always)]
    fn admits(&self, value: f64) -> bool {
        !value.is_nan()
    }
}

impl Buckets for ExponentialBuckets {
    #[inline(always)]
    fn count(&self) -> usize {
        self.cells()
    }

    #[inline(always)]
    fn index_of(&self, value: f64) -> usize {
        Self::index_of(self, value)
    }

    #[inline(always)]
    fn admits(&self, value: f64) -> bool {
        Self::admits(self, value)
    }
}
