//! A reader reads on while threads are ended in every way there is.
// Miri has no pthread_cancel.
#![cfg(all(target_os = "linux", not(any(loom, miri))))]
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]
#![allow(unsafe_code, reason = "starts and cancels threads with pthread calls")]

mod meanwhile;

use std::ffi::c_void;
use std::ptr;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, OnceLock};
use std::thread;

use dynamometer_cells::{Bounds, CounterCell, HistogramCells, Options, Plan, UpDownCells, stats};

use crate::meanwhile::meanwhile;

const RECORDS: u64 = 500;

struct Series {
    counter: CounterCell,
    up_down: UpDownCells,
    histogram: HistogramCells,
    /// Threads that are done recording.
    done: AtomicU64,
}

static SERIES: OnceLock<Series> = OnceLock::new();

fn series() -> &'static Series {
    SERIES.get_or_init(|| {
        let bounds = Arc::new(Bounds::new(&[1.0]).unwrap());
        Series {
            counter: CounterCell::new(Options::default()).unwrap(),
            up_down: UpDownCells::new(Options::default()).unwrap(),
            histogram: HistogramCells::new(bounds, Options::default()).unwrap(),
            done: AtomicU64::new(0),
        }
    })
}

fn record() {
    let series = series();
    for _ in 0..RECORDS {
        series.up_down.add(1);
        series.counter.inc_by(1);
        series.histogram.observe(1.0, 1);
        series.up_down.add(-1);
    }
    series.done.fetch_add(1, Ordering::Release);
}

// Both unwind the thread: they are declared so, as libc's are not.
unsafe extern "C-unwind" {
    fn pthread_exit(value: *mut c_void) -> !;
    fn pause() -> i32;
}

extern "C-unwind" fn record_and_exit(_: *mut c_void) -> *mut c_void {
    record();
    // SAFETY: no frame above has a destructor to run.
    unsafe { pthread_exit(ptr::null_mut()) }
}

extern "C-unwind" fn record_and_wait_to_be_killed(_: *mut c_void) -> *mut c_void {
    record();
    loop {
        // SAFETY: a cancellation point; no frame above has a destructor to run.
        unsafe { pause() };
    }
}

fn start(main: extern "C-unwind" fn(*mut c_void) -> *mut c_void) -> libc::pthread_t {
    type Main = extern "C" fn(*mut c_void) -> *mut c_void;
    // SAFETY: the two differ in whether they may unwind, which pthreads allow.
    let main = unsafe { std::mem::transmute::<extern "C-unwind" fn(_) -> _, Main>(main) };
    let mut thread = 0;
    // SAFETY: writes to a live local and starts a function that borrows nothing.
    let failed =
        unsafe { libc::pthread_create(&raw mut thread, ptr::null(), main, ptr::null_mut()) };
    assert_eq!(failed, 0);
    thread
}

fn join(thread: libc::pthread_t) {
    // SAFETY: joins a thread made by `start`, once.
    let failed = unsafe { libc::pthread_join(thread, ptr::null_mut()) };
    assert_eq!(failed, 0);
}

/// Reads in one plan what `record` keeps in step; no less than `last`.
fn read(last: &mut u64) {
    let series = series();
    let mut plan = Plan::new();
    let up_down = plan.up_down(series.up_down.series().unwrap());
    let counter = plan.counter(series.counter.series().unwrap());
    let histogram = plan.histogram(series.histogram.series().unwrap());
    let sums = plan.run();
    let count = sums.counter(counter);
    assert!(count >= *last, "{count} after {last}");
    *last = count;
    assert!(sums.up_down(up_down) >= 0);
    let (sum, buckets) = sums.histogram(histogram);
    assert!(sum >= buckets[0] as f64);
}

#[test]
fn a_reader_reads_on_while_threads_return_exit_and_are_killed() {
    let rounds = 200;
    let mut last = 0;
    meanwhile([&mut || read(&mut last)], || {
        for round in 0..rounds {
            let killed = start(record_and_wait_to_be_killed);
            let exits = start(record_and_exit);
            let returns = thread::spawn(record);
            while series().done.load(Ordering::Acquire) < 3 * (round + 1) {
                thread::yield_now();
            }
            // SAFETY: the thread lives: it waits for this.
            assert_eq!(unsafe { libc::pthread_cancel(killed) }, 0);
            join(killed);
            join(exits);
            returns.join().unwrap();
        }
    });
    let records = 3 * rounds * RECORDS;
    assert_eq!(series().counter.value(), records);
    assert_eq!(series().up_down.value(), 0);
    assert_eq!(series().histogram.sums().buckets, [records, 0]);
    assert!(stats().slabs <= 3, "slabs of killed threads are handed on");
    assert_eq!((stats().leased, stats().fallback_records), (0, 0));
}
