//! Counters that follow a count of the kernel.

use std::sync::{Arc, Mutex, PoisonError};

use dynamometer_cells::ForkLock;

use crate::handle::{Counter, FloatCounter};

/// Adds to a counter what it lacks of `total`.
pub(super) fn bring(counter: &Counter, total: u64) {
    one_at_a_time(|| counter.inc_by(total.saturating_sub(counter.get_value())));
}

/// Adds to a counter what it lacks of `total`.
pub(super) fn bring_float(counter: &FloatCounter, total: f64) {
    one_at_a_time(|| counter.inc_by((total - counter.get_value()).max(0.0)));
}

/// Runs `add` while no other thread is in here.
///
/// The lock is one for all collectors: two on one container share its counters.
/// It can not be a [`ForkLock`], under which the counters may not be read; but it
/// lies behind one, so that the child of a fork takes a lock of its own.
fn one_at_a_time(add: impl FnOnce()) {
    static OF_PROCESS: ForkLock<Option<(u32, Arc<Mutex<()>>)>> = ForkLock::new(None);
    let this = std::process::id();
    let lock = {
        let mut known = OF_PROCESS.lock();
        match &*known {
            Some((process, lock)) if *process == this => Arc::clone(lock),
            _ => Arc::clone(&known.insert((this, Arc::default())).1),
        }
    };
    let _held = lock.lock().unwrap_or_else(PoisonError::into_inner);
    add();
}

#[cfg(test)]
mod tests {
    use std::sync::Barrier;
    use std::thread;

    use super::*;

    const THREADS: usize = 4;

    /// Runs `each` on several threads at once, again and again, for new counters.
    fn race<C: Sync>(new: impl Fn() -> C, each: impl Fn(&C) + Sync, check: impl Fn(&C)) {
        let counters: Vec<C> = (0..2_000).map(|_| new()).collect();
        let barrier = Barrier::new(THREADS);
        thread::scope(|scope| {
            for _ in 0..THREADS {
                scope.spawn(|| {
                    for counter in &counters {
                        barrier.wait();
                        each(counter);
                    }
                });
            }
        });
        counters.iter().for_each(check);
    }

    #[test]
    fn threads_that_bring_a_counter_to_one_total_add_it_once() {
        race(
            Counter::detached,
            |counter| bring(counter, 1000),
            |counter| assert_eq!(counter.get_value(), 1000),
        );
        race(
            FloatCounter::detached,
            |counter| bring_float(counter, 0.5),
            |counter| assert!((counter.get_value() - 0.5).abs() < f64::EPSILON),
        );
    }

    #[test]
    fn a_total_that_was_passed_takes_nothing_away() {
        let (counter, float) = (Counter::detached(), FloatCounter::detached());
        for total in [5, 3, 7] {
            bring(&counter, total);
            bring_float(&float, total as f64);
        }
        assert_eq!(counter.get_value(), 7);
        assert!((float.get_value() - 7.0).abs() < f64::EPSILON);
    }
}
