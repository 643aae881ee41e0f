//! What was logged, so that a page that is made every second is not a log.

use std::collections::BTreeSet;

use dynamometer_cells::ForkLock;

/// Messages that are logged; further ones are not.
const MOST: usize = 100;

/// Messages of one source, each logged once.
#[derive(Debug)]
pub(super) struct Told {
    source: String,
    messages: ForkLock<BTreeSet<String>>,
}

impl Told {
    /// Nothing yet of the source of this name.
    pub(super) fn new(source: &str) -> Self {
        Self {
            source: source.to_owned(),
            messages: ForkLock::new(BTreeSet::new()),
        }
    }

    /// Logs a message that was not logged before.
    pub(super) fn warn(&self, message: &str) {
        let mut messages = self.messages.lock();
        if messages.len() >= MOST || !messages.insert(message.to_owned()) {
            return;
        }
        // A logger is foreign code.
        drop(messages);
        log::warn!("source {:?}: {message}", self.source);
    }
}
