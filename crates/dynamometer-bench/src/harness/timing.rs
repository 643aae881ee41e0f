//! The time of one entrant's loop on a number of threads.

use std::sync::Barrier;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use super::entrant::Entrant;
use super::measured::Measured;
use super::span::{Span, Spent};
use crate::host;

/// What one thread found.
struct Lap {
    spent: Spent,
    iterations: u64,
}

/// An entrant with the iterations it has run so far.
pub(crate) struct Timed {
    pub(crate) entrant: Entrant,
    iterations: u64,
}

impl Timed {
    /// Returns an entrant that has not run yet.
    pub(crate) fn new(entrant: Entrant) -> Self {
        Self {
            entrant,
            iterations: 0,
        }
    }

    /// Returns how many iterations the slowest thread needs the given time for.
    pub(crate) fn calibrate(&mut self, threads: usize, target_nanos: f64) -> u64 {
        let mut iterations = 1_000;
        loop {
            let nanos = self.wall(threads, iterations).spent.nanos;
            if nanos >= target_nanos {
                return iterations;
            }
            // A tenth more than the estimate, so that the last step suffices; at
            // most a hundredfold, because the first measurements are the wildest.
            let factor = (1.1 * target_nanos / nanos).clamp(1.2, 100.0);
            #[expect(clippy::cast_sign_loss, reason = "both factors are positive")]
            let next = (iterations as f64 * factor) as u64;
            iterations = next;
        }
    }

    /// Measures the given number of iterations on each thread.
    pub(crate) fn measure(&mut self, threads: usize, iterations: u64) -> Measured {
        let spent = self.wall(threads, iterations).spent;
        Measured {
            nanos: spent.nanos / (iterations as f64 * f64::from(self.entrant.records)),
            disturbed: threads <= host::cores() && spent.is_disturbed(),
        }
    }

    /// Checks that all that was run was recorded.
    ///
    /// # Errors
    ///
    /// See [`Entrant::check`].
    pub(crate) fn check(&self) -> anyhow::Result<()> {
        self.entrant.check(self.iterations)
    }

    /// Returns the longest time and wait of any thread, and all iterations.
    fn wall(&mut self, threads: usize, iterations: u64) -> Lap {
        // Each thread records a little before the start: its first record may
        // lease memory or fill a table, which is not what a record costs.
        let batch = (iterations / 64).max(1);
        let start = Barrier::new(threads);
        let running = AtomicUsize::new(threads);
        let run = &self.entrant.run;
        let work = || {
            run(batch);
            start.wait();
            let span = Span::start();
            run(iterations);
            let mut lap = Lap {
                spent: span.end(),
                iterations: batch + iterations,
            };
            // A thread that is through keeps recording until all are, so that
            // nobody is measured without the others' contention.
            running.fetch_sub(1, Ordering::Relaxed);
            while running.load(Ordering::Relaxed) > 0 {
                run(batch);
                lap.iterations += batch;
            }
            lap
        };
        let none = Spent {
            nanos: 0.0,
            waited: 0.0,
        };
        let mut worst = Lap {
            spent: none,
            iterations: 0,
        };
        thread::scope(|scope| {
            let workers: Vec<_> = (0..threads).map(|_| scope.spawn(work)).collect();
            for worker in workers {
                let lap = worker.join().expect("a loop records and cannot panic");
                worst.spent.nanos = worst.spent.nanos.max(lap.spent.nanos);
                worst.spent.waited = worst.spent.waited.max(lap.spent.waited);
                worst.iterations += lap.iterations;
            }
        });
        self.iterations += worst.iterations;
        self.entrant.settled();
        worst
    }
}
