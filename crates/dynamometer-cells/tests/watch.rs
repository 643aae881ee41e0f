//! A handle that was created watchable tells of each of its records, once.
#![cfg(not(loom))]
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]
#![allow(unsafe_code, reason = "records through a lock's lease")]

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, OnceLock};
use std::thread;

use dynamometer_cells::{
    Bounds, CounterCell, FloatCell, GaugeCell, HistogramCells, LockLease, Notify, Options, Storage,
    UpDownCells,
};

#[derive(Clone, Default)]
struct Told(Arc<AtomicU64>);

impl Notify for Told {
    fn recorded(&self) {
        self.0.fetch_add(1, Ordering::Relaxed);
    }
}

impl Told {
    fn options(&self, storage: Storage) -> Options {
        Options {
            storage,
            notify: Some(Box::new(self.clone())),
            ..Options::default()
        }
    }

    #[track_caller]
    fn assert_times(&self, times: u64) {
        assert_eq!(self.0.load(Ordering::Relaxed), times);
    }
}

fn bounds() -> Arc<Bounds> {
    Arc::new(Bounds::new(&[1.0]).unwrap())
}

#[test]
fn every_kind_tells_of_each_record_once() {
    for storage in [Storage::PerThread, Storage::Shared] {
        let told = Told::default();
        let counter = CounterCell::new(told.options(storage)).unwrap();
        let float = FloatCell::new(told.options(storage)).unwrap();
        let up_down = UpDownCells::new(told.options(storage)).unwrap();
        let histogram = HistogramCells::new(bounds(), told.options(storage)).unwrap();
        let records: [&dyn Fn(); 5] = [
            &|| counter.inc_by(2),
            &|| float.add(0.5),
            &|| up_down.add(3),
            &|| up_down.add(-1),
            &|| histogram.observe(1.0, 2),
        ];
        for (at, record) in records.into_iter().enumerate() {
            let before = at as u64 * 2;
            record();
            told.assert_times(before + 1);
            record();
            told.assert_times(before + 2);
        }
        assert_eq!((counter.value(), up_down.value()), (4, 4));
        assert!((float.value() - 1.0).abs() < f64::EPSILON);
        assert_eq!(histogram.sums().buckets, [4, 0]);
        told.assert_times(10);
    }
}

#[test]
fn a_gauge_tells_of_each_set_and_add() {
    let told = Told::default();
    let gauge = GaugeCell::new(told.options(Storage::PerThread)).unwrap();
    gauge.set(1.0);
    told.assert_times(1);
    gauge.set(1.0);
    gauge.add(0.5);
    told.assert_times(3);
    assert!((gauge.value() - 1.5).abs() < f64::EPSILON);
    told.assert_times(3);
}

#[test]
fn clones_and_shared_handles_tell_too() {
    let told = Told::default();
    let counter = CounterCell::new(told.options(Storage::PerThread)).unwrap();
    counter.clone().inc_by(1);
    counter.shared().inc_by(1);
    counter.shared().clone().inc_by(1);
    told.assert_times(3);
    assert_eq!(counter.value(), 3);
}

#[test]
fn records_through_a_lease_tell_too() {
    let told = Told::default();
    let counter = CounterCell::new(told.options(Storage::PerThread)).unwrap();
    let histogram = HistogramCells::new(bounds(), told.options(Storage::PerThread)).unwrap();
    let lease = LockLease::take().unwrap();
    // SAFETY: no other thread knows the lease.
    unsafe { lease.inc_by(&counter, 1) };
    // SAFETY: as above.
    unsafe { lease.observe(&histogram, 1.0, 1) };
    told.assert_times(2);
    assert_eq!(counter.value(), 1);
    assert_eq!(histogram.sums().buckets, [1, 0]);
}

#[test]
fn records_of_many_threads_are_all_told_and_counted() {
    let (threads, records) = (4, if cfg!(miri) { 20 } else { 20_000 });
    let told = Told::default();
    let counter = CounterCell::new(told.options(Storage::PerThread)).unwrap();
    thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                for _ in 0..records {
                    counter.inc_by(1);
                }
            });
        }
    });
    told.assert_times(threads * records);
    assert_eq!(counter.value(), threads * records);
}

#[test]
fn whoever_is_told_sees_the_record() {
    static WATCHED: OnceLock<CounterCell> = OnceLock::new();
    static SEEN: AtomicU64 = AtomicU64::new(0);

    struct Reads;
    impl Notify for Reads {
        fn recorded(&self) {
            let value = WATCHED.get().unwrap().value();
            SEEN.store(value, Ordering::Relaxed);
        }
    }

    let options = Options {
        notify: Some(Box::new(Reads)),
        ..Options::default()
    };
    let counter = WATCHED.get_or_init(|| CounterCell::new(options).unwrap());
    for n in 1..=3 {
        counter.inc_by(1);
        assert_eq!(SEEN.load(Ordering::Relaxed), n);
    }
}

#[test]
fn a_watcher_is_dropped_with_the_last_handle() {
    let told = Told::default();
    let counter = CounterCell::new(told.options(Storage::PerThread)).unwrap();
    let clone = counter.clone();
    drop(counter);
    assert_eq!(Arc::strong_count(&told.0), 2);
    drop(clone);
    assert_eq!(Arc::strong_count(&told.0), 1);
}
