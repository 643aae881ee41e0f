//! What was logged, so that it is not logged again at each scrape.

use std::collections::HashSet;
use std::sync::{Mutex, PoisonError};

/// Messages that are remembered; when there are more, all may be logged again.
const MOST: usize = 1000;

/// Messages about the page, each logged once.
#[derive(Debug, Default)]
pub(crate) struct Journal(Mutex<HashSet<String>>);

impl Journal {
    pub(crate) fn warn(&self, message: &str) {
        if self.is_new(message) {
            log::warn!("/metrics: {message}");
        }
    }

    fn is_new(&self, message: &str) -> bool {
        let mut logged = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if logged.contains(message) {
            return false;
        }
        if logged.len() == MOST {
            logged.clear();
        }
        logged.insert(message.to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_is_new_once_and_memory_is_bounded() {
        let journal = Journal::default();
        assert!(journal.is_new("a") && !journal.is_new("a"));
        for n in 0..3 * MOST {
            journal.is_new(&n.to_string());
            assert!(journal.0.lock().unwrap().len() <= MOST);
        }
        assert!(journal.is_new("a"));
    }
}
