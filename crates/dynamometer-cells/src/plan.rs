//! A read of many series at once, in the order that keeps differences true.

use std::sync::atomic::AtomicU64;

use crate::cell::UpDownCells;
use crate::layout::OFFSET_LIMIT;
use crate::nesting::sum_nested;
use crate::owner;
use crate::segment::{Segment, SegmentKind};
use crate::series::{Joined, Series};
use crate::stretches::Stretches;

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
    /// Cells outside all slabs, which segments from [`ELSEWHERE`] on stand for.
    elsewhere: Vec<&'static [AtomicU64]>,
    /// What is added to sums after they were read: where, of which kind, how much.
    adjustments: Vec<(u32, SegmentKind, u64)>,
    cells: u32,
}

/// Offsets from here on are in no slab: the rest is a number.
const ELSEWHERE: u32 = OFFSET_LIMIT + 1;

impl Plan {
    /// An empty plan.
    pub fn new() -> Self {
        Self::default()
    }

    /// Plans to sum a counter.
    pub fn counter(&mut self, series: &Series) -> Place {
        self.push(series, SegmentKind::Unsigned, 1)
    }

    /// Plans to sum a float counter.
    pub fn float(&mut self, series: &Series) -> Place {
        self.push(series, SegmentKind::Float, 1)
    }

    /// Plans to sum a list of counters of which none was given a total.
    pub fn counters(&mut self, all: &Stretches) -> Place {
        self.stretches(all, SegmentKind::Unsigned)
    }

    /// Plans to sum a list of float counters of which none was given a total.
    pub fn floats(&mut self, all: &Stretches) -> Place {
        self.stretches(all, SegmentKind::Float)
    }

    fn stretches(&mut self, all: &Stretches, kind: SegmentKind) -> Place {
        let place = self.place(all.len() as u32);
        for segment in all.segments(kind, place.first) {
            self.join(segment);
        }
        place
    }

    /// Plans to sum an up-down counter, inside those planned before it.
    pub fn up_down(&mut self, series: &Series) -> Place {
        let place = self.place(2);
        let mut segment = series.segment(SegmentKind::SecondOfPair, place.first);
        segment.cells = segment.cells.min(2);
        self.pairs.push(segment);
        for joined in series.joined() {
            let joined = self.joined(joined, segment);
            self.pairs.extend(joined);
        }
        place
    }

    /// Plans to sum a histogram: a sum and all buckets.
    pub fn histogram(&mut self, series: &Series) -> Place {
        self.push(series, SegmentKind::Histogram, series.cells())
    }

    fn place(&mut self, cells: u32) -> Place {
        let first = self.cells;
        self.cells += cells;
        Place { first, cells }
    }

    fn push(&mut self, series: &Series, kind: SegmentKind, cells: u32) -> Place {
        let place = self.place(cells);
        let mut segment = series.segment(kind, place.first);
        segment.cells = cells;
        let adjustment = series.adjustment();
        if adjustment != 0 {
            self.adjustments.push((place.first, kind, adjustment));
        }
        self.join(segment);
        for joined in series.joined() {
            if let Some(joined) = self.joined(joined, segment) {
                self.others.push(joined);
            }
        }
        place
    }

    /// What to sum for joined cells, into the same sums as those of the series.
    fn joined(&mut self, joined: Joined, segment: Segment) -> Option<Segment> {
        let offset = match joined {
            Joined::InSlabs { offset } => offset,
            Joined::Elsewhere(cells) => {
                let cells = cells.get(..segment.cells as usize)?;
                self.elsewhere.push(cells);
                ELSEWHERE + (self.elsewhere.len() - 1) as u32
            }
        };
        Some(Segment { offset, ..segment })
    }

    fn join(&mut self, segment: Segment) {
        match self.others.last_mut() {
            Some(last) if last.is_followed_by(&segment) => last.cells += segment.cells,
            _ => self.others.push(segment),
        }
    }

    /// Sums everything planned.
    ///
    /// The series must still be there: the cells of one that is gone may count
    /// for another by now.
    pub fn run(mut self) -> Sums {
        let mut sums = vec![0; self.cells as usize];
        let elsewhere = self.elsewhere;
        sum_nested(&mut self.pairs, &self.others, &mut sums, |segments, out| {
            sum(segments, &elsewhere, out);
        });
        for (at, kind, by) in self.adjustments {
            let sum = &mut sums[at as usize];
            *sum = match kind {
                SegmentKind::Float => (f64::from_bits(*sum) + f64::from_bits(by)).to_bits(),
                _ => sum.wrapping_add(by),
            };
        }
        Sums { sums }
    }
}

/// Sums segments in their order, those that are in no slab among them.
fn sum(segments: &[Segment], elsewhere: &[&[AtomicU64]], out: &mut [u64]) {
    if elsewhere.is_empty() {
        return owner::sum(segments, out);
    }
    for run in segments.chunk_by(|a, b| a.is_in_slabs() == b.is_in_slabs()) {
        if run[0].is_in_slabs() {
            owner::sum(run, out);
            continue;
        }
        for segment in run {
            segment.add_to(out, elsewhere[(segment.offset - ELSEWHERE) as usize]);
        }
    }
}

impl Segment {
    fn is_in_slabs(&self) -> bool {
        self.offset < ELSEWHERE
    }

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

    /// The sums of a list of counters.
    pub fn counters(&self, place: Place, all: &Stretches) -> Vec<u64> {
        all.in_order(self.cells(place))
    }

    /// The sums of a list of float counters.
    pub fn floats(&self, place: Place, all: &Stretches) -> Vec<f64> {
        let sums = all.in_order(self.cells(place));
        sums.into_iter().map(f64::from_bits).collect()
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
