//! Reserved memory for cells: address space first, pages on first touch.

#[cfg(all(not(loom), not(miri)))]
mod reserved;
#[cfg(all(not(loom), not(miri)))]
pub(crate) use reserved::Region;

#[cfg(all(not(loom), miri))]
mod zeroed;
#[cfg(all(not(loom), miri))]
pub(crate) use zeroed::Region;

#[cfg(loom)]
mod modelled;
#[cfg(loom)]
pub(crate) use modelled::Region;
