//! Names of sources, each once in the process.

use std::collections::BTreeSet;

use dynamometer_cells::ForkLock;

use crate::error::{Error, ErrorKind};

static TAKEN: ForkLock<BTreeSet<String>> = ForkLock::new(BTreeSet::new());

/// Takes `name`, until it is given [back](give_back).
pub(super) fn take(name: &str) -> Result<(), Error> {
    if name.is_empty() {
        let message = "a source can not be attached without a name";
        return Err(Error::new(ErrorKind::InvalidName, message));
    }
    if TAKEN.lock().insert(name.to_owned()) {
        return Ok(());
    }
    let message = format!("source {name:?} can not be attached: one of that name is there");
    Err(Error::new(ErrorKind::SourceInUse, message))
}

pub(super) fn give_back(name: &str) {
    TAKEN.lock().remove(name);
}
