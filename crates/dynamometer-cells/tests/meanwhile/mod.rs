//! Work that goes on in other threads while a test does something else.

use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

/// Runs each of `others` over and over on a thread of its own until `body` ends.
///
/// Each runs once at least. A panic on either side ends the test, and no side
/// waits for the other then.
pub(crate) fn meanwhile<T, const N: usize>(
    others: [&mut (dyn FnMut() + Send); N],
    body: impl FnOnce() -> T,
) -> T {
    let stop = AtomicBool::new(false);
    thread::scope(|scope| {
        let _stop = StopOnDrop(&stop);
        for other in others {
            let stop = &stop;
            scope.spawn(move || {
                loop {
                    other();
                    if stop.load(Ordering::Acquire) {
                        break;
                    }
                    thread::yield_now();
                }
            });
        }
        body()
    })
}

struct StopOnDrop<'a>(&'a AtomicBool);

impl Drop for StopOnDrop<'_> {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Release);
    }
}
