//! Threads that have done their work, and live on while a test looks at them.

use std::sync::mpsc;
use std::thread;

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
    thread::scope(|scope| {
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
                // Small stacks, for tests that limit the address space.
                let thread = thread::Builder::new().stack_size(256 << 10);
                let thread = thread.spawn_scoped(scope, work);
                (stay, thread.expect("there is memory for a small stack"))
            })
            .collect();
        drop(tell);
        let _ = all_did_first.recv();
        let out = body();
        for (stay, thread) in alive {
            drop(stay);
            // Unlike the end of the scope, this waits for what runs at exit.
            thread.join().expect("the thread did its work");
        }
        out
    })
}
