//! Over a fork, the locks of Rust are taken before those of C++ that owns the cells.
//!
//! Rust takes cells under its registry lock. In the other order a fork would hold the
//! lock of the cells and wait for that of the registry, whose holder waits for cells.
#![cfg(not(miri))]
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]
#![allow(unsafe_code, reason = "forks, with handlers of its own")]

use std::hint::spin_loop;
use std::sync::atomic::{AtomicU32, Ordering};
use std::thread;

use dynamometer_cells::{ForkLock, is_native};
use dynamometer_libnv::abi::{ABI, Api};

unsafe extern "C" {
    fn libnv_get_api(abi: u32) -> *const Api;
}

static REGISTRY: ForkLock<()> = ForkLock::new(());

/// Forks so far whose locks of C++ are about to be taken, in which another thread has
/// asked for the registry lock, and in which it got it.
static FORKED: AtomicU32 = AtomicU32::new(0);
static ASKED: AtomicU32 = AtomicU32::new(0);
static GOT: AtomicU32 = AtomicU32::new(0);

/// How many forks got as far as the parent with the registry lock held all the while.
static HELD: AtomicU32 = AtomicU32::new(0);

const FORKS: u32 = 50;

/// Runs right before the locks of C++ are taken: its handler is the last before this.
unsafe extern "C" fn before_cxx() {
    let fork = FORKED.fetch_add(1, Ordering::AcqRel) + 1;
    while ASKED.load(Ordering::Acquire) != fork {
        spin_loop();
    }
}

/// Runs right after the locks of C++ were released in the parent.
unsafe extern "C" fn after_cxx() {
    let is_held = GOT.load(Ordering::Acquire) < FORKED.load(Ordering::Acquire);
    HELD.fetch_add(is_held.into(), Ordering::AcqRel);
}

#[test]
fn nobody_gets_the_registry_lock_while_a_fork_holds_those_of_cxx() {
    // Rust's handlers are there before those of the engine of C++.
    drop(REGISTRY.lock());
    // SAFETY: null, or a table that lives as long as the process.
    let api = unsafe { libnv_get_api(ABI).as_ref() }.unwrap();
    // SAFETY: a table's functions; this one makes the engine.
    unsafe { ((*api.cells).shared_base)() };
    // SAFETY: the handlers do nothing that a fork forbids.
    unsafe { libc::pthread_atfork(Some(before_cxx), Some(after_cxx), None) };
    dynamometer_libnv::prepare();
    assert!(!is_native());
    thread::scope(|scope| {
        scope.spawn(|| {
            for fork in 1..=FORKS {
                while FORKED.load(Ordering::Acquire) != fork {
                    spin_loop();
                }
                ASKED.store(fork, Ordering::Release);
                drop(REGISTRY.lock());
                GOT.store(fork, Ordering::Release);
            }
        });
        for fork in 1..=FORKS {
            // SAFETY: the child does nothing but end.
            let child = unsafe { libc::fork() };
            if child == 0 {
                // SAFETY: ends the child at once.
                unsafe { libc::_exit(0) };
            }
            let mut status = 0;
            // SAFETY: waits for the child made above and writes to a live local.
            assert_eq!(unsafe { libc::waitpid(child, &raw mut status, 0) }, child);
            while GOT.load(Ordering::Acquire) != fork {
                spin_loop();
            }
        }
    });
    assert_eq!(HELD.load(Ordering::Acquire), FORKS);
}
