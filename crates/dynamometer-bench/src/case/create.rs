//! Creating series: nanoseconds per new one.

use anyhow::{Result, ensure};

use crate::clock::Stopwatch;
use crate::harness::{Plan, Role, Summary};
use crate::peer::{dynamometer, prometheus, prometheus_client};
use crate::report::{Row, progress};

/// The values of the two labels of a series.
pub(crate) type Pair = (String, String);

/// A family of counters with two labels that holds its series.
pub(crate) trait Family {
    /// Creates the series of each pair. This is what is timed.
    fn create(&self, pairs: &[Pair]);

    /// Returns how many series there are.
    fn series(&self) -> usize;
}

/// One library's part in the contest.
pub(crate) struct Creator {
    library: &'static str,
    form: &'static str,
    role: Role,
    start: fn() -> Box<dyn Family>,
}

impl Creator {
    /// Returns the part of a library whose empty family `start` returns.
    pub(crate) fn new(
        library: &'static str,
        form: &'static str,
        role: Role,
        start: fn() -> Box<dyn Family>,
    ) -> Self {
        Self {
            library,
            form,
            role,
            start,
        }
    }

    fn nanos_per_series(&self, pairs: &[Pair]) -> Result<f64> {
        let family = (self.start)();
        let watch = Stopwatch::start();
        family.create(pairs);
        let nanos = watch.nanos();
        ensure!(
            family.series() == pairs.len(),
            "{} holds {} series of {}",
            self.library,
            family.series(),
            pairs.len()
        );
        Ok(nanos / pairs.len() as f64)
    }
}

/// Measures the creation of ten thousand and of a hundred thousand series.
///
/// # Errors
///
/// When a library does not hold the series that it was told to create.
pub(crate) fn run(plan: &Plan) -> Result<Vec<Row>> {
    let mut rows = Vec::new();
    for (kind, count) in [("create-10k", 10_000), ("create-100k", 100_000)] {
        if plan.wants(kind) {
            rows.extend(contest(kind, &pairs(count), plan.rounds)?);
        }
    }
    Ok(rows)
}

fn contest(kind: &'static str, pairs: &[Pair], rounds: usize) -> Result<Vec<Row>> {
    let creators = [
        dynamometer::creator(),
        prometheus::creator(),
        prometheus_client::creator(),
    ];
    let mut nanos = vec![Vec::with_capacity(rounds); creators.len()];
    for round in 0..rounds {
        progress(&format!("{kind}: round {} of {rounds}", round + 1));
        for step in 0..creators.len() {
            let index = (step + round) % creators.len();
            nanos[index].push(creators[index].nanos_per_series(pairs)?);
        }
    }
    Ok(creators
        .iter()
        .zip(nanos)
        .map(|(creator, nanos)| {
            Row::new(kind, creator.library, creator.form, Summary::of(nanos)).role(creator.role)
        })
        .collect())
}

fn pairs(count: usize) -> Vec<Pair> {
    (0..count)
        .map(|i| (format!("method_{}", i % 8), format!("/api/v1/items/{i:06}")))
        .collect()
}
