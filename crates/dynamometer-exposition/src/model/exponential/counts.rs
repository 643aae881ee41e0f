//! The counts of adjacent buckets.

/// Observations per bucket, for the buckets of one sign.
///
/// Bucket `i` of schema `s` holds magnitudes above 2^((i-1)/2^s), up to and with
/// 2^(i/2^s). This is Prometheus' index; OpenTelemetry's is one less.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ExponentialCounts {
    first: i32,
    counts: Box<[u64]>,
}

impl ExponentialCounts {
    /// Takes the counts of the buckets from index `first` on.
    ///
    /// Empty buckets at either end are left out.
    pub fn new(first: i32, counts: impl IntoIterator<Item = u64>) -> Self {
        let mut counts = counts.into_iter();
        let Some((skipped, lowest)) = counts.by_ref().enumerate().find(|(_, count)| *count > 0)
        else {
            return Self::default();
        };
        let mut counts: Vec<_> = [lowest].into_iter().chain(counts).collect();
        let filled = counts.iter().rposition(|count| *count > 0).unwrap_or(0);
        counts.truncate(filled + 1);
        Self {
            first: first.saturating_add(i32::try_from(skipped).unwrap_or(i32::MAX)),
            counts: counts.into(),
        }
    }

    /// Prometheus' index of the first bucket; OpenTelemetry's offset is one less.
    pub fn first(&self) -> i32 {
        self.first
    }

    /// Observations per bucket, not cumulative; neither the first nor the last is 0.
    pub fn counts(&self) -> &[u64] {
        &self.counts
    }

    /// The number of observations in these buckets.
    pub fn count(&self) -> u64 {
        self.counts.iter().sum()
    }

    /// True where nothing was observed.
    pub fn is_empty(&self) -> bool {
        self.counts.is_empty()
    }

    /// Indices with their counts; indices may exceed 32 bits where foreign data do.
    pub(super) fn iter(&self) -> impl DoubleEndedIterator<Item = (i64, u64)> {
        let counts = self.counts.iter().enumerate();
        counts.map(|(at, count)| (i64::from(self.first) + at as i64, *count))
    }

    /// The number of buckets after `halvings` of the resolution.
    pub(super) fn len_after(&self, halvings: u32) -> usize {
        let index = |at: usize| halved(i64::from(self.first) + at as i64, halvings);
        match self.counts.len() {
            0 => 0,
            len => (index(len - 1) - index(0)).unsigned_abs() as usize + 1,
        }
    }

    /// The same observations in buckets 2^`halvings` times as wide.
    pub(super) fn coarser(&self, halvings: u32) -> Self {
        let first = halved(i64::from(self.first), halvings);
        let mut counts = vec![0; self.len_after(halvings)];
        for (index, count) in self.iter() {
            counts[(halved(index, halvings) - first).unsigned_abs() as usize] += count;
        }
        Self {
            first: first as i32,
            counts: counts.into(),
        }
    }
}

/// The index of the bucket that holds bucket `index`: `index` / 2^`halvings`,
/// rounded up because upper bounds are inclusive.
fn halved(index: i64, halvings: u32) -> i64 {
    (index + (1 << halvings) - 1) >> halvings
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn empty_buckets_at_the_ends_are_left_out() {
        let counts = ExponentialCounts::new(-2, [0, 0, 3, 0, 4, 0]);
        assert_eq!((counts.first(), counts.counts()), (0, &[3, 0, 4][..]));
        assert_eq!(counts.count(), 7);
        let none = ExponentialCounts::new(5, [0, 0]);
        assert!(none.is_empty() && none == ExponentialCounts::default());
        assert_eq!(none.coarser(3), none);
    }

    #[test]
    fn a_bucket_goes_to_the_one_with_the_next_bound_up() {
        let counts = ExponentialCounts::new(-3, [1, 1, 1, 1, 1, 1, 1]);
        let coarser = counts.coarser(1);
        assert_eq!((coarser.first(), coarser.counts()), (-1, &[2, 2, 2, 1][..]));
        let coarsest = counts.coarser(12);
        assert_eq!((coarsest.first(), coarsest.counts()), (0, &[4, 3][..]));
    }

    #[test]
    fn indices_at_the_ends_of_their_type_are_kept() {
        let counts = ExponentialCounts::new(i32::MAX, [1, 1]);
        assert_eq!(counts.coarser(1).count(), 2);
        assert_eq!(ExponentialCounts::new(i32::MIN, [1]).coarser(12).count(), 1);
        assert_eq!(ExponentialCounts::new(i32::MAX, [0, 1]).first(), i32::MAX);
    }
}
