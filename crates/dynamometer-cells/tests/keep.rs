//! Handles on one series: kept, looked up, or made anew from the series.
#![cfg(not(loom))]

use std::sync::Arc;

use dynamometer_cells::{
    Bounds, CounterCell, FloatCell, GaugeCell, HistogramCells, InCells, Keep as _, Kept, Key,
    Looked, Options, Storage, Table, UpDownCells,
};

fn keyed(hash: u32, storage: Storage) -> Options {
    let key = Key {
        text: "key".into(),
        hash,
        tag: 1,
    };
    Options {
        storage,
        key,
        ..Options::default()
    }
}

#[test]
fn a_handle_that_was_looked_up_records_into_the_cells_of_the_series() {
    for storage in [Storage::PerThread, Storage::Shared] {
        let (table, mut writer) = Table::new(InCells::new());
        let counter = CounterCell::new(keyed(7, storage)).unwrap();
        let kept = Kept::new(share(&counter));
        writer.insert(share(&CounterCell::on(kept)));
        let found = table.find(7, |series| series.text() == "key" && series.tag() == 1);
        let looked = CounterCell::on(Looked::found(found.unwrap()));
        looked.inc_by(2);
        counter.inc_by(1);
        assert_eq!((looked.value(), counter.value()), (3, 3));
        assert!(looked.is_same(&counter));
        assert!(looked.keep().is_same(&counter));
    }
}

#[test]
fn cells_of_a_removed_series_are_given_back_after_the_last_handle() {
    let (table, mut writer) = Table::new(InCells::new());
    let counter = CounterCell::new(keyed(7, Storage::PerThread)).unwrap();
    writer.insert(share(&counter));
    let looked = CounterCell::on(Looked::found(table.find(7, |_| true).unwrap()));
    drop(counter);
    drop(writer.remove(7, |_| true));
    writer.free();
    looked.inc_by(5);
    assert_eq!(looked.value(), 5, "what is looked at keeps its cells");
    let kept = looked.keep();
    drop(looked);
    writer.free();
    writer.free();
    kept.inc_by(1);
    assert_eq!(kept.value(), 6, "and so does a handle");
}

#[test]
fn a_handle_on_a_series_that_is_too_small_records_nowhere() {
    let counter = CounterCell::new(Options::default()).unwrap();
    let neighbour = CounterCell::new(Options::default()).unwrap();
    let kept = || Kept::new(share(&counter));
    UpDownCells::on(kept()).add(-5);
    assert_eq!((counter.value(), neighbour.value()), (0, 0));
    let bounds = Arc::new(Bounds::new(&[1.0]).unwrap());
    HistogramCells::on(kept(), bounds).observe(0.5, 1);
    assert_eq!((counter.value(), neighbour.value()), (0, 0));
    let gauge = GaugeCell::on(kept());
    gauge.set(3.0);
    assert_eq!(counter.value(), 0, "cells of threads are not set");
}

#[test]
fn a_total_set_from_elsewhere_is_read_whatever_was_recorded() {
    let counter = CounterCell::new(Options::default()).unwrap();
    counter.inc_by(10);
    assert!(counter.set_total(100));
    counter.inc_by(1);
    assert_eq!(counter.value(), 101);
    assert!(!counter.set_total(3), "it fell");
    assert_eq!(counter.value(), 3);
    assert_eq!(counter.keep().value(), 3);
    let float = FloatCell::new(Options::default()).unwrap();
    assert!(float.set_total(3e15));
    assert!(!float.set_total(0.1));
    assert_eq!(
        float.value().to_bits(),
        0.1_f64.to_bits(),
        "nothing is swallowed"
    );
}

#[test]
fn observations_counted_elsewhere_are_added_at_once() {
    let bounds = Arc::new(Bounds::new(&[1.0, 2.0]).unwrap());
    for storage in [Storage::PerThread, Storage::Shared] {
        let options = keyed(1, storage);
        let histogram = HistogramCells::new(Arc::clone(&bounds), options).unwrap();
        histogram.observe(0.5, 1);
        histogram.add(&[2, 0, 3, 99], 30.0);
        let sums = histogram.sums();
        assert_eq!(
            (sums.sum.to_bits(), sums.buckets),
            (30.5_f64.to_bits(), vec![3, 0, 3])
        );
    }
}

/// A share in the series of a handle.
fn share(counter: &CounterCell) -> Arc<dynamometer_cells::Series> {
    counter.kept().share().expect("not a no-op")
}

#[test]
fn a_number_finds_its_series_until_it_is_removed() {
    let (_table, mut writer) = Table::new(InCells::new());
    let dense = writer.dense(3);
    let counter = CounterCell::new(keyed(7, Storage::PerThread)).unwrap();
    let series = share(&counter);
    assert!(
        !writer.set_dense(&dense, 1, &series),
        "not in the table yet"
    );
    writer.insert(Arc::clone(&series));
    assert!(writer.set_dense(&dense, 1, &series));
    assert!(!writer.set_dense(&dense, 3, &series), "no such number");
    let found = dense.find(1).expect("it was set");
    CounterCell::on(Looked::found(found)).inc_by(4);
    assert_eq!(counter.value(), 4);
    assert!(dense.find(0).is_none() && dense.find(3).is_none());
    writer.remove(7, |_| true);
    assert!(dense.find(1).is_none());
}

#[test]
fn a_number_of_another_table_is_not_set() {
    let (_table, mut writer) = Table::new(InCells::new());
    let (_other, mut other) = Table::new(InCells::new());
    let foreign = other.dense(1);
    let counter = CounterCell::new(keyed(7, Storage::PerThread)).unwrap();
    writer.insert(share(&counter));
    assert!(!writer.set_dense(&foreign, 0, &share(&counter)));
    assert!(foreign.find(0).is_none());
}
