//! A fork in the middle of the first use leaves nothing half-made in the child.
//!
//! One test in its own file: a process has one first use.
// Miri has no fork.
#![cfg(all(target_os = "linux", not(any(loom, miri))))]
#![allow(unsafe_code, reason = "stands in for pthread_key_create")]

mod child;

use std::ffi::c_void;
use std::mem;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

use dynamometer_cells::{CounterCell, Options};

use crate::child::in_child;

static SLOW: AtomicBool = AtomicBool::new(false);
static REACHED: AtomicBool = AtomicBool::new(false);

/// Takes its time over the engine's key, so that a fork falls into its creation.
#[unsafe(no_mangle)]
extern "C" fn pthread_key_create(key: *mut u32, destructor: *mut c_void) -> i32 {
    type Create = unsafe extern "C" fn(*mut u32, *mut c_void) -> i32;
    // SAFETY: asks for the next definition of a name that libc defines.
    let create = unsafe { libc::dlsym(libc::RTLD_NEXT, c"pthread_key_create".as_ptr()) };
    // SAFETY: that is the type of this function.
    let create = unsafe { mem::transmute::<*mut c_void, Create>(create) };
    if SLOW.swap(false, Ordering::AcqRel) {
        REACHED.store(true, Ordering::Release);
        // The other thread may be waiting for this one, so this cannot wait for
        // it: it only makes a narrow window wide.
        for _ in 0..100_000 {
            thread::yield_now();
        }
    }
    // SAFETY: handed through.
    unsafe { create(key, destructor) }
}

#[test]
fn a_child_forked_in_the_middle_of_the_first_use_records() {
    SLOW.store(true, Ordering::Release);
    thread::scope(|scope| {
        let first = scope.spawn(|| {
            let counter = CounterCell::new(Options::default()).unwrap();
            counter.inc_by(1);
            counter
        });
        while !REACHED.load(Ordering::Acquire) {
            thread::yield_now();
        }
        in_child(|| {
            let counter = CounterCell::new(Options::default()).unwrap();
            counter.inc_by(1);
            assert_eq!(counter.value(), 1);
        });
        assert_eq!(first.join().unwrap().value(), 1);
    });
}
