//! The value of a series, out of its parts.

use std::sync::Arc;

use dynamometer_exposition::{HistogramValue, SummaryValue};

use crate::merge::cell::Cell;
use crate::series::Part;

/// Up to here a float holds every whole number.
const MOST_WHOLE: f64 = 9_007_199_254_740_992.0;

/// Why a series has no value.
#[derive(Clone, Copy, Debug)]
pub(super) enum Missing {
    /// Its process has not made all parts of it.
    NotYet,
    /// A number of things that is none.
    NotWhole,
}

/// What is known of one series.
#[derive(Clone, Copy, Debug)]
pub(super) struct Parts<'a> {
    parts: &'a [(Part, usize)],
    cells: &'a [Cell],
}

impl<'a> Parts<'a> {
    /// The parts of a series, with the places of their cells.
    pub(super) fn new(parts: &'a [(Part, usize)], cells: &'a [Cell]) -> Self {
        Self { parts, cells }
    }

    /// The value of a counter or gauge.
    pub(super) fn number(self) -> Result<f64, Missing> {
        self.get(Part::Value)
    }

    /// The value of a summary.
    pub(super) fn summary(self) -> Result<SummaryValue, Missing> {
        let (sum, count) = (self.get(Part::Sum)?, self.get(Part::Count)?);
        let count = whole(count).ok_or(Missing::NotWhole)?;
        Ok(SummaryValue::new([], sum, count))
    }

    fn get(self, wanted: Part) -> Result<f64, Missing> {
        let part = self.all().find(|(part, _)| *part == wanted);
        part.map(|(_, value)| value).ok_or(Missing::NotYet)
    }

    fn all(self) -> impl Iterator<Item = (Part, f64)> + use<'a> {
        let parts = self.parts.iter();
        parts.filter_map(move |(part, place)| Some((*part, self.cells.get(*place)?.value()?)))
    }
}

/// Makes histograms, which mostly have the same bounds.
#[derive(Debug, Default)]
pub(super) struct Histograms {
    bounds: Arc<[f64]>,
}

impl Histograms {
    /// The value of a histogram. Its buckets hold what is in each of them alone.
    pub(super) fn value(&mut self, parts: Parts<'_>) -> Result<HistogramValue, Missing> {
        let sum = parts.get(Part::Sum)?;
        let buckets = parts.all().filter_map(|(part, count)| match part {
            Part::Bucket(bound) => Some((bound, count)),
            _ => None,
        });
        let mut buckets: Vec<(f64, f64)> = buckets.collect();
        if buckets.is_empty() {
            return Err(Missing::NotYet);
        }
        buckets.sort_unstable_by(|a, b| a.0.total_cmp(&b.0));
        let bounds = buckets.iter().map(|(bound, _)| *bound);
        let finite = bounds.filter(|bound| bound.is_finite());
        if !finite.clone().eq(self.bounds.iter().copied()) {
            self.bounds = finite.collect();
        }
        let counts = buckets.iter().map(|(_, count)| whole(*count));
        let counts: Option<Vec<u64>> = counts.collect();
        let counts = counts.ok_or(Missing::NotWhole)?;
        Ok(HistogramValue::new(Arc::clone(&self.bounds), counts, sum))
    }
}

/// A number of things.
#[expect(clippy::cast_sign_loss, reason = "it is not negative")]
pub(super) fn whole(value: f64) -> Option<u64> {
    let is_whole = (0.0..=MOST_WHOLE).contains(&value) && value.fract() == 0.0;
    is_whole.then_some(value as u64)
}
