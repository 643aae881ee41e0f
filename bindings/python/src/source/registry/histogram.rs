//! A distribution, put together from its samples.

use std::sync::Arc;

use dynamometer::{HistogramValue, SummaryValue};

/// Up to here a float holds every whole number.
const MOST_WHOLE: f64 = 9_007_199_254_740_992.0;

/// What is known of one distribution.
#[derive(Debug, Default)]
pub(super) struct Distribution {
    /// Bounds with the counts up to them, or ranks with their values.
    pub(super) points: Vec<(f64, f64)>,
    pub(super) sum: Option<f64>,
    pub(super) count: Option<f64>,
}

impl Distribution {
    /// The histogram; `None` where its counts fall or are no whole numbers.
    ///
    /// `shared` are the bounds of the one before it, which mostly are the same. A sum
    /// that is not known is `NaN`.
    pub(super) fn histogram(mut self, shared: &mut Arc<[f64]>) -> Option<HistogramValue> {
        let points = &mut self.points;
        points.sort_by(|a, b| a.0.total_cmp(&b.0));
        let last = points.pop_if(|(bound, _)| *bound == f64::INFINITY);
        let all = last.map(|(_, count)| count).or(self.count)?;
        let bounds = || self.points.iter().map(|(bound, _)| *bound);
        if !bounds().eq(shared.iter().copied()) {
            *shared = bounds().collect();
        }
        let mut below = 0;
        let cumulative = self.points.iter().map(|(_, count)| *count).chain([all]);
        let counts = cumulative.map(|upto| {
            let upto = whole(upto)?;
            let count = upto.checked_sub(below)?;
            below = upto;
            Some(count)
        });
        let counts: Vec<u64> = counts.collect::<Option<_>>()?;
        let sum = self.sum.unwrap_or(f64::NAN);
        Some(HistogramValue::new(Arc::clone(shared), counts, sum))
    }

    /// The summary; `None` where its count is no whole number.
    pub(super) fn summary(self) -> Option<SummaryValue> {
        let count = whole(self.count.unwrap_or(0.0))?;
        Some(SummaryValue::new(
            self.points,
            self.sum.unwrap_or(f64::NAN),
            count,
        ))
    }
}

/// A number of things.
#[expect(clippy::cast_sign_loss, reason = "it is not negative")]
pub(super) fn whole(value: f64) -> Option<u64> {
    let is_whole = (0.0..=MOST_WHOLE).contains(&value) && value.fract() == 0.0;
    is_whole.then_some(value as u64)
}
