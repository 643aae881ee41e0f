//! Keys whose destructors run at thread exit, and in which round.
#![allow(
    unsafe_code,
    reason = "calls pthread_key_create and pthread_setspecific"
)]

use std::ffi::c_void;
use std::ptr;

/// Rounds of key destructors at a thread's exit (`PTHREAD_DESTRUCTOR_ITERATIONS`).
pub(crate) const ROUNDS: usize = 4;

/// A pthread key whose destructor runs once in every round of a thread's exit.
///
/// Created before the engine's key it runs before the engine in each round,
/// created later it runs after: glibc and Miri go by the number of the key.
#[derive(Clone, Copy)]
pub(crate) struct Key(libc::pthread_key_t);

struct Armed {
    key: libc::pthread_key_t,
    round: usize,
    at_exit: Box<dyn FnMut(usize)>,
}

impl Key {
    pub(crate) fn create() -> Self {
        let mut key = 0;
        // SAFETY: writes the key to a live local.
        let failed = unsafe { libc::pthread_key_create(&raw mut key, Some(run)) };
        assert_eq!(failed, 0);
        Self(key)
    }

    /// Calls `at_exit` with 1, 2, ... in each round of this thread's exit.
    pub(crate) fn arm(&self, at_exit: impl FnMut(usize) + 'static) {
        let armed = Box::new(Armed {
            key: self.0,
            round: 1,
            at_exit: Box::new(at_exit),
        });
        set(self.0, Box::into_raw(armed));
    }
}

fn set(key: libc::pthread_key_t, armed: *mut Armed) {
    // SAFETY: the key exists; keys are never deleted here.
    let failed = unsafe { libc::pthread_setspecific(key, armed.cast()) };
    assert_eq!(failed, 0);
}

unsafe extern "C" fn run(value: *mut c_void) {
    // SAFETY: the value is the box that `arm` or the round before set.
    let mut armed = unsafe { Box::from_raw(value.cast::<Armed>()) };
    (armed.at_exit)(armed.round);
    armed.round += 1;
    if armed.round <= ROUNDS {
        set(armed.key, Box::into_raw(armed));
    } else {
        set(armed.key, ptr::null_mut());
    }
}
