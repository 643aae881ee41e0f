//! What is kept of the rounds.

use serde::Serialize;

/// The median and the range of one measurement's rounds.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub(crate) struct Summary {
    pub(crate) median: f64,
    pub(crate) min: f64,
    pub(crate) max: f64,
}

impl Summary {
    /// Returns the summary of the rounds.
    ///
    /// The median of an even number is the mean of the middle two.
    ///
    /// # Panics
    ///
    /// When there are no rounds.
    pub(crate) fn of(mut rounds: Vec<f64>) -> Self {
        assert!(!rounds.is_empty(), "a measurement has at least one round");
        rounds.sort_by(f64::total_cmp);
        let last = rounds.len() - 1;
        Self {
            median: f64::midpoint(rounds[last / 2], rounds[last.div_ceil(2)]),
            min: rounds[0],
            max: rounds[last],
        }
    }

    /// Returns the summary of a single observation.
    pub(crate) fn single(value: f64) -> Self {
        Self {
            median: value,
            min: value,
            max: value,
        }
    }

    /// Returns the summary of the same rounds in a unit that is `unit` of theirs.
    pub(crate) fn over(self, unit: f64) -> Self {
        Self {
            median: self.median / unit,
            min: self.min / unit,
            max: self.max / unit,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn median_of_odd_and_even_rounds() {
        assert_eq!(
            Summary::of(vec![3.0, 1.0, 9.0]),
            Summary {
                median: 3.0,
                min: 1.0,
                max: 9.0
            }
        );
        let even = Summary {
            median: 3.0,
            min: 1.0,
            max: 9.0,
        };
        assert_eq!(Summary::of(vec![4.0, 1.0, 2.0, 9.0]), even);
        assert_eq!(Summary::of(vec![5.0]), Summary::single(5.0));
    }
}
