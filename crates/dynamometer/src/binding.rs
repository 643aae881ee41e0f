//! What a binding of another language builds on. Nothing here is part of the
//! interface.
//!
//! A binding whose callers hold a lock, such as Python's, records into the cells
//! of a handle itself; and it keeps objects of its own for series, which it must
//! not hand out any more when the series is gone.

use std::sync::Arc;

use dynamometer_cells::{
    CounterCell, FloatCell, GaugeCell, HistogramCells, Keep as _, Kept, Looked, Series, UpDownCells,
};

use crate::error::Error;
use crate::family::MetricVec;
use crate::handle::{
    Counter, Distribution, FloatCounter, Gauge, Handle, Histogram, Info, StateSet, UpDownCounter,
};
use crate::registry::is_removed as was_removed;
use crate::self_metrics::{self, Dropped};

/// A handle that gives its cells away.
pub trait Cells: Handle {
    /// What holds the cells.
    type Cells;

    /// The cells.
    fn cells(&self) -> &Self::Cells;

    /// The series; `None` for a handle that records nowhere.
    fn series(&self) -> Option<&Series>;
}

/// Gives away the one field that some kinds are made of.
macro_rules! cells {
    ($($handle:ident, $cells:ident;)*) => {$(
        impl Cells for $handle {
            type Cells = $cells;

            #[inline]
            fn cells(&self) -> &$cells {
                &self.0
            }

            fn series(&self) -> Option<&Series> {
                self.0.series()
            }
        }
    )*};
}

cells! {
    Counter, CounterCell;
    FloatCounter, FloatCell;
    UpDownCounter, UpDownCells;
    Gauge, GaugeCell;
    Info, Kept;
}

impl<B: Distribution> Cells for Histogram<Kept, B>
where
    Self: Handle,
{
    type Cells = HistogramCells<Kept, B>;

    #[inline]
    fn cells(&self) -> &HistogramCells<Kept, B> {
        &self.cells
    }

    fn series(&self) -> Option<&Series> {
        self.cells.series()
    }
}

impl Cells for StateSet {
    type Cells = GaugeCell;

    #[inline]
    fn cells(&self) -> &GaugeCell {
        &self.cell
    }

    fn series(&self) -> Option<&Series> {
        self.cell.series()
    }
}

/// A series that was looked up, and whether it is the one of these values.
#[derive(Debug)]
pub struct Member<H> {
    /// The handle.
    pub handle: H,
    /// False for the series that stands for all that are too many.
    pub is_own: bool,
}

/// Finds the series with these values; `None` where there is none yet.
#[inline]
pub fn find<'f, H: Handle>(family: &'f MetricVec<H>, values: &[&str]) -> Option<Looked<'f>> {
    family.inner.find(values)
}

/// Finds or makes the series with these values.
///
/// # Errors
///
/// As for [`MetricVec::try_with_label_values`].
pub fn look_up<H: Handle>(family: &MetricVec<H>, values: &[&str]) -> Result<Member<H>, Error> {
    let inner = &*family.inner;
    let looked = match inner.find(values) {
        Some(found) => found,
        None => inner.make(values)?,
    };
    let is_own = looked
        .series()
        .is_none_or(|series| !inner.is_overflow(series));
    let kept = looked.share().map_or_else(Kept::default, Kept::new);
    Ok(Member {
        handle: H::kept(kept, &inner.context),
        is_own,
    })
}

/// The number of series of the family, those of other scopes too.
pub fn count<H: Handle>(family: &MetricVec<H>) -> usize {
    let inner = &*family.inner;
    let count = inner
        .registry
        .with_family(&inner.name, |family| family.members.len());
    count.unwrap_or(0)
}

/// All series of the family, those of other scopes too.
pub fn all<H: Handle>(family: &MetricVec<H>) -> Vec<Member<H>> {
    let inner = &*family.inner;
    let listed = inner
        .registry
        .with_family(&inner.name, |family| Arc::clone(family.members.series()));
    let listed = listed.iter().flat_map(|column| column.iter());
    let member = |series: &Arc<Series>| Member {
        handle: H::kept(Kept::new(Arc::clone(series)), &inner.context),
        is_own: !inner.is_overflow(series),
    };
    listed.map(member).collect()
}

/// True where the series was in a family and left it: records are not seen.
#[inline]
pub fn is_removed(series: &Series) -> bool {
    was_removed(series)
}

/// Counts series of a source that can be on no page.
pub fn count_invalid(series: u64) {
    if series > 0 {
        self_metrics::count_all_dropped(Dropped::SourceInvalid, series);
    }
}
