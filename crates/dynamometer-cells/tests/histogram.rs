//! A histogram's count, sum and buckets agree, also while it is written.
#![cfg(not(loom))]
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod meanwhile;

use std::sync::Arc;
use std::thread;

use dynamometer_cells::{Bounds, HistogramCells, HistogramSums, Options, Plan};

use crate::meanwhile::meanwhile;

const THREADS: u64 = 3;
const OBSERVATIONS: u64 = if cfg!(miri) { 60 } else { 400_000 };

fn histogram(upper: &[f64]) -> HistogramCells {
    let bounds = Arc::new(Bounds::new(upper).unwrap());
    HistogramCells::new(bounds, Options::default()).unwrap()
}

fn count(sums: &HistogramSums) -> u64 {
    sums.buckets.iter().sum()
}

/// Observes 1.0 on several threads while `check` reads.
fn observe_ones(recorder: &HistogramCells, mut check: impl FnMut() + Send) {
    meanwhile([&mut check], || {
        thread::scope(|scope| {
            for _ in 0..THREADS {
                scope.spawn(|| {
                    for _ in 0..OBSERVATIONS {
                        recorder.observe(1.0, 1);
                    }
                });
            }
        });
    });
}

#[test]
fn a_sum_that_is_read_holds_at_least_what_was_counted() {
    let histogram = histogram(&[0.5, 1.0, 2.0]);
    let total = 2 * THREADS * OBSERVATIONS;
    for recorder in [histogram.clone(), histogram.shared()] {
        observe_ones(&recorder, || {
            let sums = histogram.sums();
            let counted = count(&sums);
            // What is recorded during the read may be in the sum alone.
            assert!(sums.sum >= counted as f64, "{} of {counted}", sums.sum);
            assert!(sums.sum <= total as f64);
        });
    }
    let sums = histogram.sums();
    assert_eq!(sums.buckets, [0, total, 0, 0]);
    assert!((sums.sum - total as f64).abs() < f64::EPSILON);
}

#[test]
fn a_planned_histogram_reads_like_one_alone() {
    let histogram = histogram(&[0.5, 1.0]);
    let read = || {
        let mut plan = Plan::new();
        let place = plan.histogram(histogram.series().unwrap());
        let sums = plan.run();
        let (sum, buckets) = sums.histogram(place);
        (sum, buckets.to_vec())
    };
    observe_ones(&histogram, || {
        let (sum, buckets) = read();
        assert!(sum >= buckets.iter().sum::<u64>() as f64);
    });
    let sums = histogram.sums();
    assert_eq!(read(), (sums.sum, sums.buckets));
}

#[test]
fn no_bucket_ever_shrinks() {
    let histogram = histogram(&[1.0]);
    let mut last = (0.0, vec![0, 0]);
    observe_ones(&histogram, || {
        let sums = histogram.sums();
        assert!(sums.sum >= last.0);
        assert!(
            sums.buckets
                .iter()
                .zip(&last.1)
                .all(|(now, before)| now >= before)
        );
        last = (sums.sum, sums.buckets);
    });
}

#[test]
fn each_value_goes_to_the_first_bound_that_is_not_less() {
    let histogram = histogram(&[-1.0, 0.0, 1.0]);
    for value in [-5.0, -1.0, -0.5, -0.0, 0.0, 0.25, 1.0, 1.5, f64::MAX] {
        histogram.observe(value, 1);
    }
    assert_eq!(histogram.sums().buckets, [2, 3, 2, 2]);
}

#[test]
fn several_observations_at_once_count_as_so_many() {
    let histogram = histogram(&[1.0]);
    thread::scope(|scope| {
        scope.spawn(|| histogram.observe(0.5, 4));
        scope.spawn(|| histogram.shared().observe(2.0, 3));
        scope.spawn(|| histogram.observe(2.0, 0));
    });
    let sums = histogram.sums();
    assert_eq!(sums.buckets, [4, 3]);
    assert!((sums.sum - 8.0).abs() < f64::EPSILON);
}

#[test]
fn an_infinite_value_falls_into_the_last_bucket() {
    let histogram = histogram(&[1.0, f64::MAX]);
    histogram.observe(f64::INFINITY, 1);
    assert_eq!(histogram.sums().buckets, [0, 0, 1]);
    assert!(histogram.sums().sum.is_infinite());
}
