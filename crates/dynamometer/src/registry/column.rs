//! The list of a family's series, which snapshots share.

use std::ops::Deref;
use std::sync::Arc;

use dynamometer_cells::Series;
use dynamometer_exposition::{LabelColumn, SeriesLabels};

/// The series of one family, in the order of a snapshot.
///
/// Held as one `Arc` until a series comes or goes: whoever keeps something about
/// the labels knows by it that they are still the same.
#[derive(Clone, Debug, Default)]
pub(crate) struct Column(pub(crate) Vec<Arc<Series>>);

impl Deref for Column {
    type Target = [Arc<Series>];

    fn deref(&self) -> &Self::Target {
        &self.0
    }
}

impl LabelColumn for Column {
    fn len(&self) -> usize {
        self.0.len()
    }

    #[inline]
    fn labels(&self, index: usize) -> SeriesLabels<'_> {
        SeriesLabels::of_text(self.0[index].text())
    }

    fn is_distinct(&self) -> bool {
        true
    }
}
