//! A read of many series at once, in the order that keeps differences true.

use crate::cell::{CounterCell, FloatCell, HistogramCells, UpDownCells};
use crate::nesting::sum_nested;
use crate::owner;
use crate::segment::{Segment, SegmentKind};

/// Where a planned sum will be found in [`Sums`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    first: u32,
    cells: u32,
}

impl Place {
    /// The place of what was not planned; it reads as zero.
    pub const NOWHERE: Self = Self { first: 0, cells: 0 };
}

/// What to sum in one pass over all slabs.
///
/// Up-down counters are read so that nested ones stay nested: all decrements in
/// the order they were planned, then all increments in reverse. Where an outer
/// count (inflight) is planned before an inner one (queued), and each thing
/// enters the outer first and leaves it last, `0 <= inner <= outer` holds in
/// every read.
///
/// # Cost
///
/// At most one nanosecond per cell and slab. Neighbouring counters are summed as
/// one stretch.
#[derive(Debug, Default)]
pub struct Plan {
    pairs: Vec<Segment>,
    others: Vec<Segment>,
    cells: u32,
}

impl Plan {
    /// An empty plan.
    pub fn new() -> Self {
        Self::default()
    }

    /// Plans to sum a counter.
    pub fn counter(&mut self, counter: &CounterCell) -> Place {
        let segment = counter.handle.segment(SegmentKind::Unsigned, self.cells);
        self.push(segment, 1)
    }

    /// Plans to sum a float counter.
    pub fn float(&mut self, counter: &FloatCell) -> Place {
        let segment = counter.handle.segment(SegmentKind::Float, self.cells);
        self.push(segment, 1)
    }

    /// Plans to sum an up-down counter, inside those planned before it.
    pub fn up_down(&mut self, counter: &UpDownCells) -> Place {
        let place = Place {
            first: self.cells,
            cells: 2,
        };
        self.pairs.extend(
            counter
                .handle
                .segment(SegmentKind::SecondOfPair, self.cells),
        );
        self.cells += 2;
        place
    }

    /// Plans to sum a histogram.
    pub fn histogram(&mut self, histogram: &HistogramCells) -> Place {
        let cells = histogram.bounds().buckets() as u32 + 1;
        let segment = histogram.handle.segment(SegmentKind::Histogram, self.cells);
        self.push(segment, cells)
    }

    fn push(&mut self, segment: Option<Segment>, cells: u32) -> Place {
        let place = Place {
            first: self.cells,
            cells,
        };
        self.cells += cells;
        let Some(segment) = segment else { return place };
        match self.others.last_mut() {
            Some(last) if last.is_followed_by(&segment) => last.cells += segment.cells,
            _ => self.others.push(segment),
        }
        place
    }

    /// Sums everything planned.
    ///
    /// The series must still have their handles: the cells of one that is gone
    /// may count for another by now.
    pub fn run(mut self) -> Sums {
        let mut sums = vec![0; self.cells as usize];
        sum_nested(&mut self.pairs, &self.others, &mut sums, owner::sum);
        Sums { sums }
    }
}

impl Segment {
    /// True where `next` goes on where this one ends, in the cells and in the sums.
    fn is_followed_by(&self, next: &Self) -> bool {
        let merges = matches!(self.kind, SegmentKind::Unsigned | SegmentKind::Float);
        merges
            && self.kind == next.kind
            && self.end() == next.offset
            && self.out + self.cells == next.out
    }
}

/// The sums of a [`Plan`].
#[derive(Debug)]
pub struct Sums {
    sums: Vec<u64>,
}

impl Sums {
    /// The sum of a counter.
    pub fn counter(&self, place: Place) -> u64 {
        self.first(place)
    }

    /// The sum of a float counter.
    pub fn float(&self, place: Place) -> f64 {
        f64::from_bits(self.first(place))
    }

    /// The value of an up-down counter.
    pub fn up_down(&self, place: Place) -> i64 {
        match self.cells(place) {
            &[up, down] => UpDownCells::difference([up, down]),
            _ => 0,
        }
    }

    /// The sum and the buckets, not cumulative, of a histogram.
    pub fn histogram(&self, place: Place) -> (f64, &[u64]) {
        match self.cells(place) {
            [sum, buckets @ ..] => (f64::from_bits(*sum), buckets),
            [] => (0.0, &[]),
        }
    }

    fn first(&self, place: Place) -> u64 {
        self.cells(place).first().copied().unwrap_or(0)
    }

    fn cells(&self, place: Place) -> &[u64] {
        &self.sums[place.first as usize..][..place.cells as usize]
    }
}
