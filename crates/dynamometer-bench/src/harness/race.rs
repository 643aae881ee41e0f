//! A race: each does the whole of something, again and again, round by round in turn.

use std::fmt;

use anyhow::Result;

use super::entrant::Role;
use super::heap;
use super::measured::{Measured, RETRIES, summarise, undisturbed};
use super::plan::{Named, Plan};
use super::span::Span;
use super::turns::in_turns;
use crate::report::{Row, progress};

/// Nanoseconds from which on a single pass is slow.
const SLOW: f64 = 1e9;

/// Rounds of those whose single pass takes longer than a second.
const ROUNDS_OF_THE_SLOW: usize = 3;

/// Does the whole of something once: writes a page, reads one, fetches one.
pub(crate) type Pass = Box<dyn FnMut() -> Result<()>>;

/// One library's part in a race.
pub(crate) struct Racer {
    library: &'static str,
    form: &'static str,
    role: Role,
    ready: Box<dyn FnOnce() -> Result<Pass>>,
}

impl Racer {
    /// Returns a peer whose pass `ready` sets up.
    ///
    /// It also runs the pass once and checks that it did what it should: one that
    /// does nothing would shine in the table.
    pub(crate) fn new(
        library: &'static str,
        form: &'static str,
        ready: impl FnOnce() -> Result<Pass> + 'static,
    ) -> Self {
        Self {
            library,
            form,
            role: Role::Peer,
            ready: Box::new(ready),
        }
    }

    /// Sets the role. Default: a peer.
    pub(crate) fn role(mut self, role: Role) -> Self {
        self.role = role;
        self
    }
}

impl Named for Racer {
    fn name(&self) -> (&'static str, &'static str) {
        (self.library, self.form)
    }

    fn role(&self) -> Role {
        self.role
    }
}

impl fmt::Debug for Racer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.library, self.form)
    }
}

/// All who do the same thing.
#[derive(Debug)]
pub(crate) struct Race {
    kind: &'static str,
    unit: &'static str,
    nanos: f64,
    /// Whether waits for a core count.
    is_latency: bool,
    racers: Vec<Racer>,
}

impl Race {
    /// Returns the race of the given kind.
    ///
    /// A pass of that many nanoseconds is shown as one of the unit. What other
    /// processes take of the core is not charged.
    pub(crate) fn new(
        kind: &'static str,
        unit: &'static str,
        nanos: f64,
        racers: Vec<Racer>,
    ) -> Self {
        Self {
            kind,
            unit,
            nanos,
            is_latency: false,
            racers,
        }
    }

    /// Charges waits for a core too, as where other threads do the work.
    pub(crate) fn latency(self) -> Self {
        Self {
            is_latency: true,
            ..self
        }
    }

    /// Measures everyone the plan wants and returns their rows.
    ///
    /// # Errors
    ///
    /// When a racer cannot be set up, or a pass does not do what it should.
    pub(crate) fn run(self, plan: &Plan) -> Result<Vec<Row>> {
        let kind = self.kind;
        let mut runners = Vec::new();
        for racer in plan.choose(kind, self.racers) {
            progress(&format!("{kind}: setting up {racer:?}"));
            runners.push(Runner::start(racer, plan, self.is_latency)?);
        }
        let found = in_turns(kind, &mut runners, plan.rounds, Runner::round)?;
        let row = |(runner, rounds): (&Runner, Vec<Option<Measured>>)| {
            let rounds: Vec<Measured> = rounds.into_iter().flatten().collect();
            let (summary, disturbed) = summarise(&rounds);
            Row::new(kind, runner.library, runner.form, summary.over(self.nanos))
                .role(runner.role)
                .unit(self.unit)
                .disturbed(disturbed)
        };
        Ok(runners.iter().zip(found).map(row).collect())
    }
}

/// A racer on the course.
struct Runner {
    library: &'static str,
    form: &'static str,
    role: Role,
    pass: Pass,
    is_latency: bool,
    /// Passes of one measurement.
    passes: usize,
    /// Whether a pass is made before those that are timed.
    warms_up: bool,
    /// Rounds that are left.
    rounds: usize,
    retries: usize,
}

impl Runner {
    fn start(racer: Racer, plan: &Plan, is_latency: bool) -> Result<Self> {
        let mut runner = Self {
            library: racer.library,
            form: racer.form,
            role: racer.role,
            pass: (racer.ready)()?,
            is_latency,
            passes: 1,
            rounds: plan.rounds,
            retries: RETRIES,
            warms_up: false,
        };
        let nanos = runner.measure()?.nanos;
        runner.warms_up = nanos <= SLOW;
        let nanos = if runner.warms_up {
            runner.measure()?.nanos
        } else {
            nanos
        };
        #[expect(clippy::cast_sign_loss, reason = "times are not negative")]
        let passes = (plan.target_nanos / nanos).ceil() as usize;
        runner.passes = passes.max(1);
        if nanos > SLOW {
            runner.rounds = runner.rounds.min(ROUNDS_OF_THE_SLOW);
        }
        Ok(runner)
    }

    /// Measures, unless the racer has had its rounds.
    fn round(&mut self) -> Result<Option<Measured>> {
        if self.rounds == 0 {
            return Ok(None);
        }
        self.rounds -= 1;
        let mut retries = self.retries;
        let measured = undisturbed(&mut retries, || self.measure())?;
        self.retries = retries;
        Ok(Some(measured))
    }

    fn measure(&mut self) -> Result<Measured> {
        // What the one before freed, and what it threw out of the caches, is not this
        // one's cost.
        heap::settle();
        if self.warms_up {
            (self.pass)()?;
        }
        let span = Span::start();
        for _ in 0..self.passes {
            (self.pass)()?;
        }
        let spent = span.end();
        let nanos = if self.is_latency {
            spent.nanos
        } else {
            spent.busy_nanos()
        };
        Ok(Measured {
            nanos: nanos / self.passes as f64,
            disturbed: spent.is_disturbed(),
        })
    }
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;
    use std::rc::Rc;

    use anyhow::ensure;

    use super::*;

    fn plan(rounds: usize) -> Plan {
        Plan {
            threads: Vec::new(),
            rounds,
            target_nanos: 0.0,
            filter: None,
        }
    }

    #[test]
    fn each_round_is_a_pass_for_practice_and_one_that_is_timed() {
        let passes = Rc::new(Cell::new(0));
        let counted = Rc::clone(&passes);
        let ready = move || {
            let pass: Pass = Box::new(move || {
                counted.set(counted.get() + 1);
                Ok(())
            });
            Ok(pass)
        };
        let racer = Racer::new("library", "form", ready).role(Role::Ours);
        let race = Race::new("kind", "ms", 1e6, vec![racer]);
        let rows = race.run(&plan(5)).unwrap();
        assert_eq!((rows.len(), rows[0].unit), (1, "ms"));
        // One to find out that it is quick, two to find out how quick, and the rounds,
        // of which a disturbed one is run again.
        let expected = 3 + 2 * 5;
        let most = expected + 2 * RETRIES;
        assert!((expected..=most).contains(&passes.get()), "{passes:?}");
    }

    #[test]
    fn racer_that_fails_its_check_stops_the_race() {
        let racer = Racer::new("library", "form", || {
            ensure!(false, "the page is empty");
            Ok(Box::new(|| Ok(())))
        });
        let race = Race::new("kind", "ns", 1.0, vec![racer]);
        assert!(race.run(&plan(1)).is_err());
    }
}
