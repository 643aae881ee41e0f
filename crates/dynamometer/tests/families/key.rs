//! A typed key without the derive.

use dynamometer::Labels;

/// One of two keys.
pub(crate) struct Side(pub(crate) bool);

impl Labels for Side {
    const NAMES: &'static [&'static str] = &["side"];
    const VALUES: &'static [Option<&'static [&'static str]>] = &[Some(&["left", "right"])];

    fn index(&self) -> usize {
        self.0.into()
    }

    fn with_values<R>(&self, with: impl FnOnce(&[&str]) -> R) -> R {
        with(&[if self.0 { "right" } else { "left" }])
    }
}
