//! The cells of a series that is gone serve the next one, from zero.
#![cfg(not(loom))]
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod meanwhile;

use std::sync::mpsc;
use std::sync::{Arc, Mutex, MutexGuard};
use std::thread;

use dynamometer_cells::{
    Bounds, CounterCell, FloatCell, GaugeCell, HistogramCells, Options, Storage, UpDownCells,
};

use crate::meanwhile::meanwhile;

/// Keeps the tests apart, so that the range given back last is the next taken.
fn alone() -> MutexGuard<'static, ()> {
    static ALONE: Mutex<()> = Mutex::new(());
    ALONE
        .lock()
        .unwrap_or_else(std::sync::PoisonError::into_inner)
}

fn options(storage: Storage) -> Options {
    Options {
        storage,
        ..Options::default()
    }
}

fn counter() -> CounterCell {
    CounterCell::new(Options::default()).unwrap()
}

#[test]
fn a_reused_range_is_zero_in_the_slab_of_every_thread() {
    let _alone = alone();
    for storage in [Storage::PerThread, Storage::Shared] {
        let old = CounterCell::new(options(storage)).unwrap();
        let threads = [(); 3].map(|()| {
            let (hand, handed) = mpsc::channel::<CounterCell>();
            let (tell, told) = mpsc::channel();
            let thread = thread::spawn(move || {
                for (amount, counter) in [5, 7].into_iter().zip(handed) {
                    counter.inc_by(amount);
                    drop(counter);
                    tell.send(()).unwrap();
                }
            });
            hand.send(old.clone()).unwrap();
            told.recv().unwrap();
            (hand, told, thread)
        });
        assert_eq!(old.value(), 15);
        drop(old);

        // The threads live on, with what they counted in their slabs.
        let new = CounterCell::new(options(storage)).unwrap();
        assert_eq!(new.value(), 0);
        for (hand, told, thread) in threads {
            hand.send(new.clone()).unwrap();
            told.recv().unwrap();
            thread.join().unwrap();
        }
        assert_eq!(new.value(), 21);
    }
}

#[test]
fn every_kind_starts_at_zero_where_another_kind_was() {
    let _alone = alone();
    let bounds = Arc::new(Bounds::new(&[1.0]).unwrap());
    for storage in [Storage::PerThread, Storage::Shared] {
        let count = CounterCell::new(options(storage)).unwrap();
        count.inc_by(u64::MAX);
        drop(count);
        let float = FloatCell::new(options(storage)).unwrap();
        assert!(float.value().to_bits() == 0);
        float.add(-0.0);
        float.add(1.5);
        drop(float);
        assert_eq!(CounterCell::new(options(storage)).unwrap().value(), 0);

        let histogram = HistogramCells::new(Arc::clone(&bounds), options(storage)).unwrap();
        histogram.observe(2.0, 9);
        histogram.observe(0.5, 9);
        drop(histogram);
        let again = HistogramCells::new(Arc::clone(&bounds), options(storage)).unwrap();
        assert_eq!(again.sums().buckets, [0, 0]);
        assert!(again.sums().sum.to_bits() == 0);

        let up_down = UpDownCells::new(options(storage)).unwrap();
        up_down.add(-3);
        up_down.add(1);
        drop(up_down);
        assert_eq!(UpDownCells::new(options(storage)).unwrap().value(), 0);
    }
    let gauge = GaugeCell::new(Options::default()).unwrap();
    gauge.set(4.0);
    drop(gauge);
    let gauge = GaugeCell::new(Options::default()).unwrap();
    assert!(gauge.value().to_bits() == 0);
}

#[test]
fn a_small_amount_counts_in_a_range_that_held_a_huge_sum() {
    let _alone = alone();
    let huge = FloatCell::new(Options::default()).unwrap();
    huge.add(3e15);
    drop(huge);
    let small = FloatCell::new(Options::default()).unwrap();
    small.add(0.1);
    assert_eq!(
        small.value().to_bits(),
        0.1_f64.to_bits(),
        "{}",
        small.value()
    );
}

#[test]
fn a_range_is_not_given_back_while_a_handle_lives() {
    let _alone = alone();
    let first = counter();
    let handles = [first.clone(), first.shared()];
    first.inc_by(1);
    drop(first);
    for (at, handle) in handles.into_iter().enumerate() {
        // Were the cell free, one of these would take it.
        let others = [(); 3].map(|()| counter());
        handle.inc_by(1);
        assert_eq!(handle.value(), 2 + at as u64);
        for other in &others {
            assert!(!other.is_same(&handle));
            other.inc_by(10);
            assert_eq!(other.value(), 10);
        }
        assert_eq!(handle.value(), 2 + at as u64);
    }
}

#[test]
fn a_range_outlives_the_thread_that_drops_its_first_handle() {
    let _alone = alone();
    let first = counter();
    let last = first.clone();
    thread::spawn(move || {
        first.inc_by(1);
        drop(first);
    })
    .join()
    .unwrap();
    let other = counter();
    last.inc_by(1);
    assert_eq!((last.value(), other.value()), (2, 0));
}

#[test]
fn reused_ranges_start_at_zero_and_count_exactly_while_threads_churn() {
    let _alone = alone();
    let rounds: u64 = if cfg!(miri) { 5 } else { 2_000 };
    let background = counter();
    let mut threads = 0;
    let mut churn = || {
        let (background, short) = (background.clone(), counter());
        let thread = thread::spawn(move || {
            background.inc_by(1);
            // The last handle goes with this thread.
            short.inc_by(1);
        });
        thread.join().unwrap();
        threads += 1;
    };
    let (hand, handed) = mpsc::channel::<UpDownCells>();
    let (tell, told) = mpsc::channel();
    let other = thread::spawn(move || {
        for series in handed {
            series.add(-1);
            drop(series);
            tell.send(()).unwrap();
        }
    });
    meanwhile([&mut churn], || {
        for round in 0..rounds {
            let series = UpDownCells::new(Options::default()).unwrap();
            assert_eq!(series.value(), 0, "round {round}");
            series.add(3);
            hand.send(series.clone()).unwrap();
            series.add(5);
            told.recv().unwrap();
            assert_eq!(series.value(), 7, "round {round}");
        }
    });
    drop(hand);
    other.join().unwrap();
    assert_eq!(background.value(), threads);
}

#[test]
fn ranges_given_back_are_taken_again() {
    let _alone = alone();
    // Miri's slabs are small, and so is what is needed to fill them.
    let (bounds, rounds) = if cfg!(miri) {
        (100, 40)
    } else {
        (4096, 30_000)
    };
    let bounds: Vec<f64> = (1..=bounds).map(f64::from).collect();
    let bounds = Arc::new(Bounds::new(&bounds).unwrap());
    for round in 0..rounds {
        // Taken afresh each time, they would fill all space twice over.
        let histogram = HistogramCells::new(Arc::clone(&bounds), Options::default());
        assert!(histogram.is_ok(), "full in round {round}");
    }
}
