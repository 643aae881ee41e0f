//! What generated code calls. Nothing here is part of the interface.

pub use core::ops::FnOnce;
pub use core::option::Option;

pub use crate::labels::{LabelValue, Labels};

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
