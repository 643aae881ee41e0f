//! Records made while a thread ends are kept, whichever destructor makes them.
#![cfg(not(loom))]
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod pthread;

use std::cell::RefCell;
use std::sync::OnceLock;
use std::thread;

use dynamometer_cells::{CounterCell, Options};

use crate::pthread::{Key, ROUNDS};

struct Late(CounterCell);

impl Drop for Late {
    fn drop(&mut self) {
        self.0.inc_by(1);
    }
}

thread_local! {
    static FIRST: RefCell<Option<Late>> = const { RefCell::new(None) };
    static SECOND: RefCell<Option<Late>> = const { RefCell::new(None) };
}

/// Keys on both sides of the engine's, which the first record creates.
fn keys() -> [Key; 2] {
    static KEYS: OnceLock<[Key; 2]> = OnceLock::new();
    *KEYS.get_or_init(|| {
        let before = Key::create();
        CounterCell::NOOP.inc_by(1);
        [before, Key::create()]
    })
}

fn counter() -> CounterCell {
    keys();
    CounterCell::new(Options::default()).unwrap()
}

#[test]
fn a_thread_local_destructor_records() {
    let counter = counter();
    for records_before in [0, 1] {
        let mine = counter.clone();
        let thread = thread::spawn(move || {
            // Registered before and after the lease: destroyed in both orders.
            FIRST.set(Some(Late(mine.clone())));
            for _ in 0..records_before {
                mine.inc_by(1);
            }
            SECOND.set(Some(Late(mine)));
        });
        thread.join().unwrap();
    }
    assert_eq!(counter.value(), 2 + 1 + 2);
}

#[test]
fn key_destructors_record_in_every_round() {
    let counter = counter();
    let threads: u64 = if cfg!(miri) { 2 } else { 50 };
    for _ in 0..threads {
        let mine = counter.clone();
        let thread = thread::spawn(move || {
            mine.inc_by(1);
            for key in keys() {
                let mine = mine.clone();
                key.arm(move |_round| mine.inc_by(1));
            }
        });
        thread.join().unwrap();
    }
    assert_eq!(counter.value(), threads * (1 + 2 * ROUNDS as u64));
}

#[test]
fn a_thread_that_first_records_in_any_round_of_its_exit_loses_nothing() {
    let counter = counter();
    for first_round in 1..=ROUNDS {
        for key in keys() {
            let mine = counter.clone();
            let thread = thread::spawn(move || {
                key.arm(move |round| {
                    if round >= first_round {
                        mine.inc_by(1);
                    }
                });
            });
            thread.join().unwrap();
        }
    }
    assert_eq!(counter.value(), 2 * (4 + 3 + 2 + 1));
}

/// glibc's list of C++ thread-local destructors, which Rust's share.
#[cfg(all(target_os = "linux", target_env = "gnu", not(miri)))]
#[allow(unsafe_code, reason = "registers a destructor as C++ does")]
mod cxx {
    use std::ffi::c_void;
    use std::ptr;

    use super::{CounterCell, counter, thread};

    unsafe extern "C" {
        fn __cxa_thread_atexit_impl(
            destructor: unsafe extern "C" fn(*mut c_void),
            object: *mut c_void,
            dso: *mut c_void,
        ) -> i32;
    }

    unsafe extern "C" fn record_and_free(object: *mut c_void) {
        // SAFETY: the box that the test below registered.
        let counter = unsafe { Box::from_raw(object.cast::<CounterCell>()) };
        counter.inc_by(1);
    }

    #[test]
    fn a_cxx_thread_local_destructor_records() {
        let counter = counter();
        let mine = counter.clone();
        let thread = thread::spawn(move || {
            for records_before in [0, 1] {
                let object = Box::into_raw(Box::new(mine.clone())).cast();
                // SAFETY: the destructor fits the object, and this image is not unloaded.
                let failed =
                    unsafe { __cxa_thread_atexit_impl(record_and_free, object, ptr::null_mut()) };
                assert_eq!(failed, 0);
                mine.inc_by(records_before);
            }
        });
        thread.join().unwrap();
        assert_eq!(counter.value(), 3);
    }
}
