//! Threads that have done their work, and live on while a test looks at them.
//!
//! Made with pthreads: the child of a fork that starts a thread through `std`
//! may wait for a lock that another thread held (`std`'s list of stacks, which
//! each thread enters at its start and leaves at its end).
#![allow(unsafe_code, reason = "starts and joins threads with pthread calls")]

use std::ffi::c_void;
use std::marker::PhantomData;
use std::mem::MaybeUninit;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::ptr;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, mpsc};

/// Enough for a test's closure; small, for tests that limit the address space.
const STACK_BYTES: usize = 256 << 10;

/// Runs `body` while `threads` threads live that have done `first`.
///
/// Each does `last` when `body` is over; all are gone when this returns. A panic
/// in `body` ends them too.
pub(crate) fn while_alive<T>(
    threads: usize,
    first: impl Fn() + Sync,
    last: impl Fn() + Sync,
    body: impl FnOnce() -> T,
) -> T {
    let (first, last) = (&first, &last);
    let (tell, all_did_first) = mpsc::channel::<()>();
    let alive: Vec<_> = (0..threads)
        .map(|_| {
            let (stay, told) = mpsc::channel::<()>();
            let tell = tell.clone();
            let work = move || {
                first();
                drop(tell);
                // Returns when the other end is dropped, as below.
                let _ = told.recv();
                last();
            };
            let thread = Thread::start(Box::new(work));
            // Dropped in this order.
            (stay, thread)
        })
        .collect();
    drop(tell);
    let _ = all_did_first.recv();
    let out = body();
    drop(alive);
    out
}

type Work<'a> = Box<dyn FnOnce() + Send + 'a>;

/// A thread that is joined when this is dropped.
struct Thread<'a> {
    id: libc::pthread_t,
    is_done: Arc<AtomicBool>,
    /// What the work borrows outlives the join.
    work: PhantomData<Work<'a>>,
}

impl<'a> Thread<'a> {
    fn start(work: Work<'a>) -> Self {
        let is_done = Arc::new(AtomicBool::new(false));
        let done = Arc::clone(&is_done);
        let work: Work<'a> = Box::new(move || {
            work();
            done.store(true, Ordering::Release);
        });
        let mut thread = MaybeUninit::uninit();
        let attributes = if cfg!(miri) {
            ptr::null()
        } else {
            small_stack()
        };
        let work = Box::into_raw(Box::new(work));
        // SAFETY: the attributes are null or made for this; the work is handed over.
        let failed =
            unsafe { libc::pthread_create(thread.as_mut_ptr(), attributes, run, work.cast()) };
        assert_eq!(failed, 0, "there is memory for a small stack");
        Self {
            // SAFETY: written by the call that succeeded.
            id: unsafe { thread.assume_init() },
            is_done,
            work: PhantomData,
        }
    }
}

impl Drop for Thread<'_> {
    fn drop(&mut self) {
        // SAFETY: started above, joined once.
        let failed = unsafe { libc::pthread_join(self.id, ptr::null_mut()) };
        if !std::thread::panicking() {
            assert_eq!(failed, 0);
            assert!(self.is_done.load(Ordering::Acquire), "the thread panicked");
        }
    }
}

/// The attributes of a thread with a small stack; never freed.
fn small_stack() -> *const libc::pthread_attr_t {
    let attributes = Box::leak(Box::new(MaybeUninit::uninit())).as_mut_ptr();
    // SAFETY: memory for attributes, which this initialises.
    let failed = unsafe { libc::pthread_attr_init(attributes) };
    assert_eq!(failed, 0);
    // SAFETY: initialised above.
    let failed = unsafe { libc::pthread_attr_setstacksize(attributes, STACK_BYTES) };
    assert_eq!(failed, 0);
    attributes
}

extern "C" fn run(work: *mut c_void) -> *mut c_void {
    // SAFETY: the box that `start` handed over; its borrows live until the join.
    let work = unsafe { Box::from_raw(work.cast::<Work<'_>>()) };
    // A panic has said why; whoever joins finds the work undone.
    let _ = catch_unwind(AssertUnwindSafe(work));
    ptr::null_mut()
}
