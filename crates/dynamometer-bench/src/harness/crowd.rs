//! Threads that record and stay, as those of a server do.

use std::sync::Arc;
use std::sync::mpsc::{self, Receiver, Sender};
use std::thread;

use anyhow::{Result, ensure};

/// What each thread does with its number, from 0.
type Work = Arc<dyn Fn(usize) + Send + Sync>;

/// Threads that do what they are told, then wait for more.
///
/// They end when the crowd is dropped. What a thread recorded it keeps until
/// then: cells of an ended thread might be summed more cheaply.
pub(crate) struct Crowd(Vec<Sender<(Work, Sender<()>)>>);

impl Crowd {
    /// Starts that many threads.
    pub(crate) fn gather(threads: usize) -> Self {
        let start = |number| {
            let (tell, told) = mpsc::channel();
            thread::spawn(move || obey(number, &told));
            tell
        };
        Self((0..threads).map(start).collect())
    }

    /// Returns how many threads there are.
    pub(crate) fn len(&self) -> usize {
        self.0.len()
    }

    /// Lets every thread do the work once, at the same time, and waits for all.
    ///
    /// # Errors
    ///
    /// When a thread panicked.
    pub(crate) fn each(&self, work: impl Fn(usize) + Send + Sync + 'static) -> Result<()> {
        let work: Work = Arc::new(work);
        let (done, all) = mpsc::channel();
        for tell in &self.0 {
            // A thread that is gone shows in the count.
            let _ = tell.send((Arc::clone(&work), done.clone()));
        }
        drop(done);
        let count = all.iter().count();
        ensure!(
            count == self.len(),
            "{count} of {} threads worked",
            self.len()
        );
        Ok(())
    }
}

fn obey(number: usize, told: &Receiver<(Work, Sender<()>)>) {
    for (work, done) in told {
        work(number);
        // Handles that the work holds are gone before the others go on.
        drop(work);
        // Nobody waits when the crowd was dropped.
        let _ = done.send(());
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Mutex;

    use super::*;

    #[test]
    fn every_thread_works_once_each_time() {
        let crowd = Crowd::gather(3);
        let numbers = Arc::new(Mutex::new(Vec::new()));
        for _ in 0..2 {
            let numbers = Arc::clone(&numbers);
            crowd
                .each(move |number| numbers.lock().unwrap().push(number))
                .unwrap();
        }
        let mut numbers = numbers.lock().unwrap().clone();
        numbers.sort_unstable();
        assert_eq!(numbers, [0, 0, 1, 1, 2, 2]);
    }

    #[test]
    fn thread_that_panics_is_an_error() {
        let crowd = Crowd::gather(2);
        let first_panics = |number| assert!(number > 0, "told to");
        assert!(crowd.each(first_panics).is_err());
    }
}
