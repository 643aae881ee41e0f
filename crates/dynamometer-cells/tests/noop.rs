//! Handles without a series: records cost as much, and are never read.
#![cfg(not(loom))]
#![allow(unsafe_code, reason = "asks the owner's table for offsets")]

use std::sync::{Mutex, MutexGuard};
use std::thread;

use dynamometer_cells::{
    CounterCell, FloatCell, GaugeCell, HistogramCells, Options, Place, Plan, UpDownCells,
    native_table,
};

/// Keeps the test that looks at offsets apart from those that take them.
fn alone() -> MutexGuard<'static, ()> {
    static ALONE: Mutex<()> = Mutex::new(());
    ALONE
        .lock()
        .unwrap_or_else(std::sync::PoisonError::into_inner)
}

fn record_everything(histogram: &HistogramCells) {
    CounterCell::NOOP.inc_by(1);
    CounterCell::NOOP.shared().inc_by(1);
    FloatCell::NOOP.add(1.0);
    FloatCell::NOOP.shared().add(1.0);
    UpDownCells::NOOP.add(1);
    UpDownCells::NOOP.add(-2);
    UpDownCells::NOOP.shared().add(-2);
    GaugeCell::NOOP.set(1.0);
    histogram.observe(1.0, 1);
    histogram.shared().observe(1.0, 1);
}

#[test]
fn no_op_handles_read_zero_after_records_on_many_threads() {
    let _alone = alone();
    let histogram = HistogramCells::noop();
    thread::scope(|scope| {
        for _ in 0..3 {
            scope.spawn(|| record_everything(&histogram));
        }
    });
    assert_eq!(CounterCell::NOOP.value(), 0);
    assert_eq!(FloatCell::NOOP.value().to_bits(), 0);
    assert_eq!(UpDownCells::NOOP.value(), 0);
    assert_eq!(GaugeCell::NOOP.value().to_bits(), 0);
    assert_eq!(histogram.sums().sum.to_bits(), 0);
    assert_eq!(histogram.sums().buckets, [0]);
}

#[test]
fn no_op_handles_have_no_series_to_plan() {
    let _alone = alone();
    assert!(CounterCell::NOOP.series().is_none());
    assert!(FloatCell::NOOP.series().is_none());
    assert!(UpDownCells::NOOP.series().is_none());
    assert!(GaugeCell::NOOP.series().is_none());
    assert!(HistogramCells::noop().series().is_none());
    assert_eq!(Plan::new().run().counter(Place::NOWHERE), 0);
}

#[test]
fn no_op_handles_take_no_cells() {
    let _alone = alone();
    // A size that nobody gives back, so that offsets come from the fresh end.
    let take = || {
        // SAFETY: any thread may allocate.
        unsafe { (native_table().allocate)(0, 5) }
    };
    let before = take();
    let handles = (CounterCell::NOOP, GaugeCell::NOOP, HistogramCells::noop());
    record_everything(&handles.2);
    drop(handles);
    assert_eq!(take(), before + 5 * 8);
}

#[test]
fn no_op_records_touch_no_series() {
    let _alone = alone();
    let counters = [(); 20].map(|()| CounterCell::new(Options::default()).unwrap());
    record_everything(&HistogramCells::noop());
    for counter in counters {
        assert_eq!(counter.value(), 0);
    }
}

#[test]
fn no_op_handles_are_no_series_not_even_the_same() {
    let _alone = alone();
    assert!(!CounterCell::NOOP.is_same(&CounterCell::NOOP));
    assert!(!UpDownCells::NOOP.is_same(&UpDownCells::NOOP));
}
