//! Exponential buckets as the classic ones that older formats know.

use crate::model::exponential::bound::upper_bound;
use crate::model::exponential::value::ExponentialValue;

impl ExponentialValue {
    /// Upper bounds with cumulative counts, for formats without exponential buckets.
    ///
    /// One bound per doubling, or fewer at a schema below 0. They start at the lower
    /// bound of the first bucket that holds an observation and end at the upper
    /// bound of the last; the zero threshold is one where something is at zero. The
    /// last is `+Inf`, its count all observations.
    ///
    /// All bounds are bounds of this value, so the counts are exact, except that a
    /// value equal to a negative bound counts as above it. As long as the schema is
    /// not brought below 0, later values of one histogram have these bounds, and
    /// more where observations spread.
    pub fn cumulative(&self) -> impl Iterator<Item = (f64, u64)> {
        let coarse = self.downscaled_to(self.schema().min(0));
        let bound = |index| upper_bound(coarse.schema(), index);
        let mut steps = Steps::default();
        let (negative, positive) = (coarse.negative_counts(), coarse.positive_counts());
        if let Some((last, _)) = negative.iter().next_back() {
            steps.add(-bound(last), 0);
        }
        for (index, count) in negative.iter().rev() {
            steps.add(-bound(index - 1), count);
        }
        if coarse.zero_count() > 0 {
            if !negative.is_empty() {
                steps.add(-coarse.zero_threshold(), 0);
            }
            steps.add(coarse.zero_threshold(), coarse.zero_count());
        }
        if let Some((first, _)) = positive.iter().next() {
            steps.add(bound(first - 1), 0);
        }
        for (index, count) in positive.iter() {
            steps.add(bound(index), count);
        }
        steps.add(f64::INFINITY, 0);
        steps.made.into_iter()
    }
}

/// Increasing upper bounds with cumulative counts.
#[derive(Default)]
struct Steps {
    made: Vec<(f64, u64)>,
    total: u64,
}

impl Steps {
    /// Adds `count` observations between the last bound and `upper`.
    ///
    /// A bound that is not above the last one makes no step of its own: a wide
    /// bucket may begin below the zero threshold.
    fn add(&mut self, upper: f64, count: u64) {
        self.total += count;
        match self.made.last_mut() {
            Some((last, total)) if *last >= upper => *total = self.total,
            _ if upper == f64::NEG_INFINITY => {}
            // Adding zero takes the sign off a negative one.
            _ => self.made.push((upper + 0.0, self.total)),
        }
    }
}
