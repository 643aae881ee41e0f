//! One library's part in a contest.

use anyhow::{Result, ensure};

use super::plan::Named;
use super::shape::Loop;

/// What an entrant's number is good for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Role {
    /// This library: the goals judge it and the ratios refer to it.
    Ours,
    /// Another way of this library: its own goals judge it.
    Another,
    /// Another library.
    Peer,
    /// A cost that no library can go below.
    Floor,
    /// The cost of the input, subtracted from everyone's.
    Generator,
}

/// What an entrant must read back after it recorded.
enum Expectation {
    /// Nothing can be read back.
    Nothing,
    /// The sum of what every iteration added.
    Sum(f64),
    /// One value, however often it was recorded.
    Always(f64),
}

/// One library's part in a contest.
pub(crate) struct Entrant {
    /// The library.
    pub(crate) library: &'static str,
    /// Which of its types, or which way of using it.
    pub(crate) form: &'static str,
    pub(crate) role: Role,
    /// Records per iteration of the loop.
    pub(crate) records: u32,
    pub(crate) run: Loop,
    settle: Option<Box<dyn Fn()>>,
    read: Option<Box<dyn Fn() -> f64>>,
    expected: Expectation,
}

impl Entrant {
    /// Returns a peer that records once per iteration and reads nothing back.
    pub(crate) fn new(library: &'static str, form: &'static str, run: Loop) -> Self {
        Self {
            library,
            form,
            role: Role::Peer,
            records: 1,
            run,
            settle: None,
            read: None,
            expected: Expectation::Nothing,
        }
    }

    /// Sets the role. Default: a peer.
    pub(crate) fn role(mut self, role: Role) -> Self {
        self.role = role;
        self
    }

    /// Sets the records per iteration. Default: one.
    pub(crate) fn records(mut self, records: u32) -> Self {
        self.records = records;
        self
    }

    /// Sets the housekeeping that runs after each measurement, outside of it.
    pub(crate) fn settle(mut self, settle: impl Fn() + 'static) -> Self {
        self.settle = Some(Box::new(settle));
        self
    }

    /// Demands that each iteration adds `each` to what `read` returns.
    pub(crate) fn adds(mut self, each: f64, read: impl Fn() -> f64 + 'static) -> Self {
        self.expected = Expectation::Sum(each);
        self.read = Some(Box::new(read));
        self
    }

    /// Demands that `read` returns `value` however often was recorded.
    pub(crate) fn leaves(mut self, value: f64, read: impl Fn() -> f64 + 'static) -> Self {
        self.expected = Expectation::Always(value);
        self.read = Some(Box::new(read));
        self
    }

    /// Runs the housekeeping.
    pub(crate) fn settled(&self) {
        if let Some(settle) = &self.settle {
            settle();
        }
    }

    /// Checks that every iteration was recorded.
    ///
    /// A loop that an optimiser emptied, or a peer that was set up wrongly and
    /// drops what it is given, would shine in the table.
    ///
    /// # Errors
    ///
    /// When the value read back is not what the iterations amount to.
    pub(crate) fn check(&self, iterations: u64) -> Result<()> {
        let Some(read) = &self.read else {
            return Ok(());
        };
        let expected = match self.expected {
            Expectation::Nothing => return Ok(()),
            Expectation::Sum(each) => each * iterations as f64,
            Expectation::Always(value) => value,
        };
        let found = read();
        // All sums here are multiples of a half below 2^53, hence exact in f64.
        ensure!(
            found.to_bits() == expected.to_bits(),
            "{} {} holds {found} after {iterations} iterations, expected {expected}",
            self.library,
            self.form,
        );
        Ok(())
    }
}

impl Named for Entrant {
    fn name(&self) -> (&'static str, &'static str) {
        (self.library, self.form)
    }

    fn role(&self) -> Role {
        self.role
    }
}
