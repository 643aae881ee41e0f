//! Cells that another copy took: recorded to here, given back there.
#![cfg(not(loom))]
#![allow(unsafe_code, reason = "takes cells from the owner's table")]
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

use dynamometer_cells::{
    Bounds, CounterCell, Full, GaugeCell, HistogramCells, Kept, Lent, Options, Series, native_table,
};

/// Takes cells as another copy would.
fn take(space: u32, cells: u32) -> u32 {
    // SAFETY: the table of this copy's engine.
    let taken = unsafe { (native_table().allocate)(space, cells) };
    assert!(taken >= 0);
    taken.cast_unsigned() as u32
}

/// Notes that it was dropped.
struct Lender(Arc<AtomicBool>);

impl Drop for Lender {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

fn lent(offset: u32, cells: usize, is_shared: bool) -> Lent {
    Lent {
        offset,
        cells,
        is_shared,
    }
}

fn over(lent: Lent) -> Arc<Series> {
    // SAFETY: taken above, and never given back.
    unsafe { Series::over(lent, Options::default()) }.unwrap()
}

#[test]
fn two_series_over_the_same_cells_count_together() {
    let offset = take(0, 1);
    let counters = [(); 2].map(|()| CounterCell::on(Kept::new(over(lent(offset, 1, false)))));
    thread::scope(|scope| {
        for counter in &counters {
            scope.spawn(|| (0..10).for_each(|_| counter.inc_by(1)));
        }
    });
    assert_eq!(counters.each_ref().map(CounterCell::value), [20, 20]);
}

#[test]
fn lent_cells_stay_when_the_last_handle_is_dropped_and_the_lender_goes() {
    let gone = Arc::new(AtomicBool::new(false));
    let offset = take(0, 1);
    let options = Options {
        keeps: Some(Box::new(Lender(Arc::clone(&gone)))),
        ..Options::default()
    };
    // SAFETY: taken above, and never given back.
    let series = unsafe { Series::over(lent(offset, 1, false), options) };
    let counter = CounterCell::on(Kept::new(series.unwrap()));
    counter.inc_by(3);
    let again = counter.clone();
    drop(counter);
    assert!(!gone.load(Ordering::Relaxed), "a handle is left");
    drop(again);
    assert!(gone.load(Ordering::Relaxed));
    let again = CounterCell::on(Kept::new(over(lent(offset, 1, false))));
    assert_eq!(again.value(), 3, "nobody zeroed the cell");
}

#[test]
fn lent_cells_of_the_shared_slab_are_set_and_added_to() {
    let gauge = over(lent(take(2, 1), 1, true));
    assert!(gauge.shared_pointer().is_some());
    let gauge = GaugeCell::on(Kept::new(gauge));
    gauge.set(2.5);
    gauge.add(1.0);
    assert_eq!(gauge.value().to_bits(), 3.5_f64.to_bits());

    let counter = CounterCell::on(Kept::new(over(lent(take(1, 1), 1, true))));
    thread::scope(|scope| {
        for _ in 0..3 {
            scope.spawn(|| counter.inc_by(2));
        }
    });
    assert_eq!(counter.value(), 6);
}

#[test]
fn a_histogram_over_lent_cells_has_its_buckets() {
    let bounds = Arc::new(Bounds::new(&[1.0, 2.0]).unwrap());
    let series = over(lent(take(0, 4), 4, false));
    assert_eq!(series.cell_count(), 4);
    let histogram = HistogramCells::on(Kept::new(series), bounds);
    histogram.observe(1.5, 2);
    let sums = histogram.sums();
    assert_eq!((sums.sum, sums.buckets), (3.0, vec![0, 2, 0]));
}

#[test]
fn what_can_be_no_cells_of_a_series_is_refused() {
    for (offset, cells) in [(132, 1), (128, 0), (0x7fff_fff8, 2), (128, 1 << 16)] {
        // SAFETY: refused before anything is touched.
        let refused = unsafe { Series::over(lent(offset, cells, false), Options::default()) };
        assert_eq!(refused.err(), Some(Full), "{offset} {cells}");
    }
}
