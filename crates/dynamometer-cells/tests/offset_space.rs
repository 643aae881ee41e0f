//! What happens when a process has more series than a slab has cells.
//!
//! One test in its own file: it takes all the offsets of the process.
#![cfg(not(loom))]
#![allow(unsafe_code, reason = "asks the owner's table where a range lies")]

mod alive;

use std::sync::Arc;
use std::thread;

use dynamometer_cells::{
    Bounds, CounterCell, Full, HistogramCells, Options, Plan, Space, Storage, native_table,
};

use crate::alive::while_alive;

/// Bounds of the histograms that fill the space.
const BOUNDS: usize = if cfg!(miri) { 100 } else { 4096 };

fn counter(storage: Storage) -> Result<CounterCell, Full> {
    CounterCell::new(Options {
        storage,
        ..Options::default()
    })
}

/// Where a range of `cells` cells would lie now, from `Space::Thread` on.
fn space_of_next(cells: u32) -> Option<Space> {
    // SAFETY: any thread may allocate.
    let answer = unsafe { (native_table().allocate)(0, cells) };
    let answer = u64::try_from(answer).ok()?;
    // SAFETY: taken above, given back once, never written.
    unsafe { (native_table().free)(answer as u32, cells) };
    Some([Space::Thread, Space::Shared, Space::Gauge][(answer >> 32) as usize])
}

#[test]
fn series_overflow_into_the_shared_slab_until_that_is_full_and_space_given_back_serves_again() {
    let bounds: Vec<f64> = (0..BOUNDS as u32).map(f64::from).collect();
    let bounds = Arc::new(Bounds::new(&bounds).unwrap());
    let take = || HistogramCells::new(Arc::clone(&bounds), Options::default());
    let cells = BOUNDS as u32 + 2;

    // Two threads leased before the overflow, and go on after it.
    let first = take().unwrap();
    let record = || first.observe(1.0, 1);
    while_alive(2, record, record, || {
        let mut series = vec![first.clone()];
        while space_of_next(cells) == Some(Space::Thread) {
            series.push(take().unwrap());
        }
        let in_threads = series.len();
        assert_eq!(space_of_next(cells), Some(Space::Shared));

        // A smaller series still fits into the rest of the slabs.
        let mut counters = vec![counter(Storage::PerThread).unwrap()];
        while space_of_next(1) == Some(Space::Thread) {
            counters.push(counter(Storage::PerThread).unwrap());
        }
        counters.push(counter(Storage::PerThread).unwrap());
        assert_eq!(space_of_next(1), Some(Space::Shared));

        while let Ok(histogram) = take() {
            series.push(histogram);
        }
        assert!(matches!(take(), Err(Full)));
        assert!(series.len() > in_threads);

        // Each in its place counts exactly, on several threads.
        thread::scope(|scope| {
            for _ in 0..4 {
                scope.spawn(|| {
                    for _ in 0..1000 / if cfg!(miri) { 100 } else { 1 } {
                        for at in [1, in_threads - 1, in_threads, series.len() - 1] {
                            series[at].observe(2.0, 1);
                        }
                        for counter in &counters {
                            counter.inc_by(1);
                        }
                    }
                });
            }
        });
        let records = 4 * 1000 / if cfg!(miri) { 100 } else { 1 };
        for at in [1, in_threads - 1, in_threads, series.len() - 1] {
            assert_eq!(series[at].sums().buckets.iter().sum::<u64>(), records);
        }
        for counter in &counters {
            assert_eq!(counter.value(), records);
        }
        let mut plan = Plan::new();
        let places: Vec<_> = counters
            .iter()
            .map(|counter| plan.counter(counter.series().unwrap()))
            .collect();
        let sums = plan.run();
        for (at, place) in places.into_iter().enumerate() {
            assert_eq!(
                sums.counter(place),
                records,
                "counter {at} of {}",
                counters.len()
            );
        }

        // What was given back serves again: first in the slabs, then past them.
        series.truncate(in_threads);
        assert_eq!(space_of_next(cells), Some(Space::Shared));
        let again = take().unwrap();
        assert_eq!(again.sums().buckets.iter().sum::<u64>(), 0);
        drop(series.remove(1));
        assert_eq!(space_of_next(cells), Some(Space::Thread));
        let again = take().unwrap();
        assert_eq!(again.sums().buckets.iter().sum::<u64>(), 0);
        again.observe(3.0, 1);
        assert_eq!(again.sums().buckets.iter().sum::<u64>(), 1);
    });
    assert_eq!(first.sums().buckets.iter().sum::<u64>(), 4);
}
