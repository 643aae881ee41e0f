//! A family, as a scenario looks its series up.

use dynamometer::Error;

use crate::handle::Handle;

/// A family whose series are looked up by label values, under test.
pub trait FamilyHandle: Send + Sync {
    /// Returns a handle to keep on the series with these values, or why there can
    /// be none.
    ///
    /// # Errors
    ///
    /// As [`dynamometer::MetricVec::try_with_label_values`].
    fn try_look_up(&self, values: &[&str]) -> Result<Handle, Error>;

    /// Returns a handle to keep on the series with these values; with a wrong
    /// number of them, one that works and is in no container.
    fn look_up(&self, values: &[&str]) -> Handle;

    /// Removes the series with these values; false where there is none.
    fn remove(&self, values: &[&str]) -> bool;
}
