//! A contest: all entrants of one kind, round by round in turn.

use anyhow::Result;

use super::entrant::{Entrant, Role};
use super::statistic::Summary;
use super::timing::{Measured, Timed};
use crate::report::{Row, progress};

/// How often disturbed measurements of one entrant are made again, over all rounds.
///
/// On a machine that is busy all the time more of them only take longer.
const RETRIES: usize = 3;

/// How thoroughly to measure.
#[derive(Clone, Debug)]
pub(crate) struct Plan {
    /// Numbers of threads, ascending and distinct.
    pub(crate) threads: Vec<usize>,
    /// Rounds per number of threads.
    pub(crate) rounds: usize,
    /// Least wall time of one measurement, in nanoseconds.
    pub(crate) target_nanos: f64,
    /// Text that a kind, a library or a form must contain.
    pub(crate) filter: Option<String>,
}

impl Plan {
    /// Returns whether the filter lets the text through.
    pub(crate) fn wants(&self, text: &str) -> bool {
        self.filter
            .as_deref()
            .is_none_or(|filter| text.contains(filter))
    }
}

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
    /// A filter on a peer keeps this library and the floors: without them there
    /// is no ratio and nothing to subtract.
    ///
    /// # Errors
    ///
    /// When an entrant did not record what its loop recorded.
    pub(crate) fn run(mut self, plan: &Plan) -> Result<Vec<Row>> {
        if !plan.wants(self.kind) {
            let chosen =
                |entrant: &Entrant| plan.wants(&format!("{} {}", entrant.library, entrant.form));
            if !self.entrants.iter().any(chosen) {
                return Ok(Vec::new());
            }
            self.entrants
                .retain(|entrant| entrant.role != Role::Peer || chosen(entrant));
        }
        let mut timed: Vec<Timed> = self.entrants.into_iter().map(Timed::new).collect();
        let mut rows = Vec::new();
        for &threads in &plan.threads {
            rows.extend(rounds(self.kind, &mut timed, threads, plan));
        }
        for entrant in &timed {
            entrant.check()?;
        }
        Ok(rows)
    }
}

fn rounds(kind: &'static str, timed: &mut [Timed], threads: usize, plan: &Plan) -> Vec<Row> {
    progress(&format!("{kind}: {threads} threads, calibrating"));
    let iterations: Vec<u64> = timed
        .iter_mut()
        .map(|entrant| entrant.calibrate(threads, plan.target_nanos))
        .collect();
    let mut nanos = vec![Vec::with_capacity(plan.rounds); timed.len()];
    let mut disturbed = vec![0; timed.len()];
    let mut retries = vec![RETRIES; timed.len()];
    for round in 0..plan.rounds {
        progress(&format!(
            "{kind}: {threads} threads, round {} of {}",
            round + 1,
            plan.rounds
        ));
        for step in 0..timed.len() {
            // Rotated, so that nobody always runs after the same neighbour.
            let index = (step + round) % timed.len();
            let measured = undisturbed(
                &mut timed[index],
                threads,
                iterations[index],
                &mut retries[index],
            );
            nanos[index].push(measured.nanos);
            disturbed[index] += usize::from(measured.disturbed);
        }
    }
    let summaries: Vec<Summary> = nanos.into_iter().map(Summary::of).collect();
    let generator = timed
        .iter()
        .position(|entrant| entrant.entrant.role == Role::Generator)
        .map(|index| summaries[index].median);
    timed
        .iter()
        .zip(summaries)
        .zip(disturbed)
        .map(|((entrant, summary), disturbed)| {
            let entrant = &entrant.entrant;
            Row::new(kind, entrant.library, entrant.form, summary)
                .role(entrant.role)
                .threads(threads)
                .disturbed(disturbed)
                .without(generator.filter(|_| entrant.role != Role::Generator))
        })
        .collect()
}

fn undisturbed(
    timed: &mut Timed,
    threads: usize,
    iterations: u64,
    retries: &mut usize,
) -> Measured {
    let mut measured = timed.measure(threads, iterations);
    while measured.disturbed && *retries > 0 {
        *retries -= 1;
        measured = timed.measure(threads, iterations);
    }
    measured
}
