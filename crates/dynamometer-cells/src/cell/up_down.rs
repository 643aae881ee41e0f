//! A count that rises and falls, and never tears.

use crate::cell::handle::Handle;
use crate::keep::{Keep, Kept};
use crate::nesting::sum_nested;
use crate::owner;
use crate::plan::Plan;
use crate::record::{count_alone, count_among_others};
use crate::segment::SegmentKind;
use crate::series::{Full, Options, Series};
use crate::thread::{OwnCells, Route, own_cells, route};

/// Two cells per thread: what was added, and what was taken away.
///
/// A single cell per thread tears: an increment on one thread and its decrement
/// on another are read at different times, and the sum dips below zero. Here
/// every add is a release store, and a reader takes all decrements first and all
/// increments after: a decrement that was seen brings its increment along, so
/// the difference is never below what was true at some instant of the read. It
/// may hold things that came and went while it was read.
///
/// # Cost
///
/// One unlocked add, as for a counter.
#[derive(Clone, Debug)]
pub struct UpDownCells<K: Keep = Kept> {
    pub(crate) handle: Handle<K>,
}

impl UpDownCells {
    /// A count whose records are never read.
    pub const NOOP: Self = Self {
        handle: Handle::NOOP,
    };

    /// Takes two cells for a new series.
    ///
    /// # Errors
    ///
    /// [`Full`] where the process has no offset left.
    pub fn new(options: Options) -> Result<Self, Full> {
        Ok(Self {
            handle: Handle::new(2, options)?,
        })
    }

    #[inline(always)]
    pub(crate) fn write(cells: OwnCells, n: i64) {
        count_alone(|index| cells.cell(index), n);
    }

    /// The value of a pair of sums: increments, decrements.
    pub fn difference([up, down]: [u64; 2]) -> i64 {
        up.wrapping_sub(down).cast_signed()
    }
}

impl<K: Keep> UpDownCells<K> {
    /// A handle on an existing series, which records nowhere where that is too small.
    #[inline]
    pub fn on(keep: K) -> Self {
        Self {
            handle: Handle::on(keep, 2),
        }
    }

    /// The same cells, for as long as one likes.
    #[must_use]
    pub fn keep(&self) -> UpDownCells {
        UpDownCells {
            handle: self.handle.keep(),
        }
    }

    /// The same cells, recorded by atomic adds; for code on stackful fibres.
    #[must_use]
    pub fn shared(&self) -> UpDownCells {
        UpDownCells {
            handle: self.handle.shared(),
        }
    }

    /// Adds `n`, which may be negative.
    #[inline(always)]
    pub fn add(&self, n: i64) {
        match own_cells(self.handle.offset) {
            Some(cells) => UpDownCells::write(cells, n),
            None => self.add_cold(n),
        }
    }

    #[cold]
    #[inline(never)]
    fn add_cold(&self, n: i64) {
        match route(self.handle.offset) {
            Route::Own(cells) => UpDownCells::write(cells, n),
            Route::Shared(cells) => count_among_others(|index| cells.cell(index), n),
            Route::Nowhere => {}
        }
        self.handle.notify();
    }

    /// Reads the decrements, then the increments, and returns the difference.
    pub fn value(&self) -> i64 {
        let Some(series) = self.handle.keep.series() else {
            return 0;
        };
        if series.joined().next().is_some() {
            let mut plan = Plan::new();
            let place = plan.up_down(series);
            return plan.run().up_down(place);
        }
        let mut sums = [0; 2];
        let mut pair = [series.segment(SegmentKind::SecondOfPair, 0)];
        sum_nested(&mut pair, &[], &mut sums, owner::sum);
        UpDownCells::difference(sums)
    }

    /// What keeps the series.
    pub fn kept(&self) -> &K {
        &self.handle.keep
    }

    /// The series; `None` for a no-op.
    pub fn series(&self) -> Option<&Series> {
        self.handle.keep.series()
    }

    /// True where both record into the same cells.
    pub fn is_same<L: Keep>(&self, other: &UpDownCells<L>) -> bool {
        self.handle.is_same(&other.handle)
    }

    pub(crate) fn plain_offset(&self) -> Option<u32> {
        self.handle.plain_offset()
    }
}
