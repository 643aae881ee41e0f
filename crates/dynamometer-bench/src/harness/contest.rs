//! A contest: all entrants of one kind, round by round in turn.

use anyhow::Result;

use super::entrant::{Entrant, Role};
use super::measured::{RETRIES, summarise, undisturbed};
use super::plan::Plan;
use super::timing::Timed;
use super::turns::in_turns;
use crate::report::{Row, progress};

/// All entrants that record the same thing.
pub(crate) struct Contest {
    kind: &'static str,
    entrants: Vec<Entrant>,
}

impl Contest {
    /// Returns the contest of the given kind.
    pub(crate) fn new(kind: &'static str, entrants: Vec<Entrant>) -> Self {
        Self { kind, entrants }
    }

    /// Measures every entrant the plan wants and returns its rows.
    ///
    /// # Errors
    ///
    /// When an entrant did not record what its loop recorded.
    pub(crate) fn run(self, plan: &Plan) -> Result<Vec<Row>> {
        let entrants = plan.choose(self.kind, self.entrants);
        let mut timed: Vec<Timed> = entrants.into_iter().map(Timed::new).collect();
        let mut rows = Vec::new();
        if timed.is_empty() {
            return Ok(rows);
        }
        for &threads in &plan.threads {
            rows.extend(rounds(self.kind, &mut timed, threads, plan)?);
        }
        for entrant in &timed {
            entrant.check()?;
        }
        Ok(rows)
    }
}

/// An entrant with how it is measured on one number of threads.
struct Seat<'a> {
    timed: &'a mut Timed,
    iterations: u64,
    retries: usize,
}

fn rounds(
    kind: &'static str,
    timed: &mut [Timed],
    threads: usize,
    plan: &Plan,
) -> Result<Vec<Row>> {
    let title = format!("{kind}: {threads} threads");
    progress(&format!("{title}, calibrating"));
    let seat = |timed| {
        let timed: &mut Timed = timed;
        Seat {
            iterations: timed.calibrate(threads, plan.target_nanos),
            timed,
            retries: RETRIES,
        }
    };
    let mut seats: Vec<Seat> = timed.iter_mut().map(seat).collect();
    let found = in_turns(&title, &mut seats, plan.rounds, |seat| {
        let (timed, iterations) = (&mut seat.timed, seat.iterations);
        undisturbed(&mut seat.retries, || Ok(timed.measure(threads, iterations)))
    })?;
    let summaries: Vec<_> = found.iter().map(|rounds| summarise(rounds)).collect();
    let generator = timed
        .iter()
        .position(|entrant| entrant.entrant.role == Role::Generator)
        .map(|index| summaries[index].0.median);
    let row = |(entrant, (summary, disturbed)): (&Timed, _)| {
        let entrant = &entrant.entrant;
        Row::new(kind, entrant.library, entrant.form, summary)
            .role(entrant.role)
            .threads(threads)
            .disturbed(disturbed)
            .without(generator.filter(|_| entrant.role != Role::Generator))
    };
    Ok(timed.iter().zip(summaries).map(row).collect())
}
