//! What is in a file and on no page.

use std::fmt;

/// An entry, or a series of several, that was left out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeftOut {
    /// The entry's key, or the name of the family.
    pub what: String,
    /// Why it is on no page.
    pub reason: Reason,
}

/// Why something was left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Reason {
    /// Its key is not the name of a sample as `prometheus_client` writes it.
    Key,
    /// Another file has a metric of that name and another type or mode.
    Clash,
    /// Observations whose number is not a whole one, or is below zero.
    Value,
}

impl fmt::Display for LeftOut {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let why = match self.reason {
            Reason::Key => "names no sample of a metric",
            Reason::Clash => "is of another type or mode in another file",
            Reason::Value => "has counts that are no whole numbers",
        };
        write!(f, "{:?} {why}, left out", self.what)
    }
}
