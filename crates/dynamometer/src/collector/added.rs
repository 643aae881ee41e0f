//! A count kept elsewhere that one collector follows.

use std::sync::atomic::{AtomicU64, Ordering};

/// How much of the count was added already.
#[derive(Debug, Default)]
pub(super) struct Added(AtomicU64);

impl Added {
    /// Returns what `total` has more than any total before.
    ///
    /// Concurrent calls share it out: what they return sums up to the highest
    /// total, and no two return the same part.
    pub(super) fn more(&self, total: u64) -> u64 {
        total.saturating_sub(self.0.fetch_max(total, Ordering::Relaxed))
    }
}

#[cfg(test)]
mod tests {
    use std::thread;

    use super::*;

    #[test]
    fn concurrent_calls_share_out_the_highest_total() {
        let added = Added::default();
        let share = || (1..=10_000).map(|total| added.more(total)).sum::<u64>();
        let shares = thread::scope(|scope| {
            let threads = [(); 4].map(|()| scope.spawn(share));
            threads.map(|thread| thread.join().unwrap())
        });
        assert_eq!(shares.iter().sum::<u64>(), 10_000);
        assert_eq!(added.more(9_000), 0);
    }
}
