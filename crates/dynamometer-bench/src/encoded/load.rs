//! What is written: series with four labels, and the threads that recorded in them.

use std::sync::Arc;

use anyhow::Result;

use super::content::Content;
use crate::case::histogram::ELEVEN;
use crate::harness::Crowd;

/// The values of the four labels.
pub(crate) type Key = [String; 4];

/// Series that every library is to hold, and what is recorded in each.
#[derive(Clone)]
pub(crate) struct Load {
    keys: Arc<[Key]>,
    crowd: Arc<Crowd>,
}

impl Load {
    /// Returns that many series, in which all threads of the crowd record.
    pub(crate) fn new(series: usize, crowd: &Arc<Crowd>) -> Self {
        Self {
            keys: (0..series).map(key).collect(),
            crowd: Arc::clone(crowd),
        }
    }

    /// Returns what a library holds for each series.
    pub(crate) fn each<T>(&self, series: impl FnMut(&Key) -> T) -> Vec<T> {
        self.keys.iter().map(series).collect()
    }

    /// Returns the label values of a series.
    pub(crate) fn key(&self, index: usize) -> &Key {
        &self.keys[index]
    }

    /// Lets each thread count in each series, given its index and an amount.
    ///
    /// # Errors
    ///
    /// When a library panics.
    pub(crate) fn count(&self, count: impl Fn(usize, u64) + Send + Sync + 'static) -> Result<()> {
        let series = self.keys.len();
        self.crowd
            .each(move |thread| (0..series).for_each(|index| count(index, amount(index, thread))))
    }

    /// Lets each thread observe once in each series, given its index and a latency.
    ///
    /// # Errors
    ///
    /// When a library panics.
    pub(crate) fn observe(
        &self,
        observe: impl Fn(usize, f64) + Send + Sync + 'static,
    ) -> Result<()> {
        let series = self.keys.len();
        self.crowd.each(move |thread| {
            (0..series).for_each(|index| observe(index, ELEVEN[(index + thread) % ELEVEN.len()]));
        })
    }

    /// Returns what counters hold.
    pub(crate) fn counted(&self) -> Content {
        let threads = 0..self.crowd.len();
        let of_series = |index| -> u64 { threads.clone().map(|t| amount(index, t)).sum() };
        Content {
            series: self.keys.len(),
            sum: (0..self.keys.len()).map(of_series).sum::<u64>() as f64,
        }
    }

    /// Returns what the counts of histograms are.
    pub(crate) fn observed(&self) -> Content {
        let series = self.keys.len();
        Content {
            series,
            sum: (series * self.crowd.len()) as f64,
        }
    }
}

fn key(index: usize) -> Key {
    const NAMESPACES: [&str; 2] = ["default", "canary"];
    const COMPONENTS: [&str; 3] = ["backend", "prefill", "router"];
    const ENDPOINTS: [&str; 4] = ["generate", "embed", "health", "metrics"];
    // Identifiers of workers are as long as these, and differ in their last digits.
    let worker = 0x694d_9a3f_5c00_0000 + index as u64;
    [
        NAMESPACES[index % 2].to_owned(),
        COMPONENTS[index % 3].to_owned(),
        ENDPOINTS[index % 4].to_owned(),
        format!("{worker:x}"),
    ]
}

/// Returns an amount of one to ten digits.
///
/// All sums are below 2^53, hence exact in f64.
fn amount(index: usize, thread: usize) -> u64 {
    let mixed = (index as u64 + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    let bits = mixed >> 59;
    (mixed & ((1 << bits) - 1)) + thread as u64 + 1
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn series_are_distinct_and_their_sums_differ_in_length() {
        let crowd = Arc::new(Crowd::gather(2));
        let load = Load::new(1_000, &crowd);
        assert_eq!(
            load.each(Key::clone)
                .into_iter()
                .collect::<HashSet<_>>()
                .len(),
            1_000
        );
        let lengths = |index| amount(index, 0).to_string().len();
        let lengths: HashSet<_> = (0..1_000).map(lengths).collect();
        assert_eq!(lengths.len(), 10);
    }
}
