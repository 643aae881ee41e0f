//! The time of one entrant's loop on a number of threads.

use std::sync::Barrier;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use super::entrant::Entrant;
use crate::clock::Stopwatch;
use crate::host;
use crate::procfs;

/// The share of its time that a thread may wait for a core, where there are
/// cores enough. Above it another process had the core: two threads that take
/// turns on one core do not contend, so the number means something else.
const TOLERATED_WAIT: f64 = 0.05;

/// What one measurement found.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Measured {
    /// Nanoseconds per record and thread, by the slowest thread.
    pub(crate) nanos: f64,
    /// Whether other processes took the cores.
    pub(crate) disturbed: bool,
}

/// What one thread found.
struct Lap {
    nanos: f64,
    waited: f64,
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
            let nanos = self.wall(threads, iterations).nanos;
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
        let lap = self.wall(threads, iterations);
        Measured {
            nanos: lap.nanos / (iterations as f64 * f64::from(self.entrant.records)),
            disturbed: threads <= host::cores() && lap.waited > TOLERATED_WAIT * lap.nanos,
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
            let waited_before = procfs::waited_nanos();
            let watch = Stopwatch::start();
            run(iterations);
            let nanos = watch.nanos();
            let waited = procfs::waited_nanos()
                .zip(waited_before)
                .map_or(0.0, |(after, before)| (after - before) as f64);
            let mut lap = Lap {
                nanos,
                waited,
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
        let mut worst = Lap {
            nanos: 0.0,
            waited: 0.0,
            iterations: 0,
        };
        thread::scope(|scope| {
            let workers: Vec<_> = (0..threads).map(|_| scope.spawn(work)).collect();
            for worker in workers {
                let lap = worker.join().expect("a loop records and cannot panic");
                worst.nanos = worst.nanos.max(lap.nanos);
                worst.waited = worst.waited.max(lap.waited);
                worst.iterations += lap.iterations;
            }
        });
        self.iterations += worst.iterations;
        self.entrant.settled();
        worst
    }
}
