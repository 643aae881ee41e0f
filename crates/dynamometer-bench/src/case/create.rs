//! Creating series: nanoseconds per new one, and seconds for a million.

use anyhow::{Result, ensure};

use crate::clock::Stopwatch;
use crate::harness::{Plan, Role, Summary, in_turns};
use crate::key::Pair;
use crate::labelled;
use crate::peer::{dynamometer, prometheus, prometheus_client};
use crate::report::Row;

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

    /// Returns the nanoseconds for all pairs. The family is gone afterwards.
    fn nanos(&self, pairs: &[Pair]) -> Result<f64> {
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
        Ok(nanos)
    }
}

/// How many series are created, and what is said of it.
struct Scale {
    kind: &'static str,
    series: usize,
    /// The way of this library that enters.
    ours: fn() -> Creator,
    /// More rounds than that are not run.
    most_rounds: usize,
    unit: &'static str,
    /// How many nanoseconds are one of the unit.
    nanos: f64,
}

const SCALES: [Scale; 3] = [
    Scale {
        kind: "create-10k",
        series: 10_000,
        ours: dynamometer::creator,
        most_rounds: usize::MAX,
        unit: "ns",
        nanos: 10_000.0,
    },
    Scale {
        kind: "create-100k",
        series: 100_000,
        ours: dynamometer::creator,
        most_rounds: usize::MAX,
        unit: "ns",
        nanos: 100_000.0,
    },
    Scale {
        kind: "create-1m",
        series: 1_000_000,
        ours: labelled::dynamometer::creator,
        // Half a gigabyte each, and seconds.
        most_rounds: 3,
        unit: "s",
        nanos: 1e9,
    },
];

/// Measures the creation of ten thousand series, of a hundred thousand, and of a
/// million.
///
/// # Errors
///
/// When a library does not hold the series that it was told to create.
pub(crate) fn run(plan: &Plan) -> Result<Vec<Row>> {
    let mut rows = Vec::new();
    for scale in SCALES {
        if plan.wants(scale.kind) {
            rows.extend(contest(&scale, plan.rounds.min(scale.most_rounds))?);
        }
    }
    Ok(rows)
}

fn contest(scale: &Scale, rounds: usize) -> Result<Vec<Row>> {
    let kind = scale.kind;
    let pairs = pairs(scale.series);
    let mut creators = [
        (scale.ours)(),
        prometheus::creator(),
        prometheus_client::creator(),
    ];
    let costs = in_turns(kind, &mut creators, rounds, |creator| {
        Ok(creator.nanos(&pairs)? / scale.nanos)
    })?;
    let row = |(creator, costs): (&Creator, _)| {
        Row::new(kind, creator.library, creator.form, Summary::of(costs))
            .role(creator.role)
            .unit(scale.unit)
    };
    Ok(creators.iter().zip(costs).map(row).collect())
}

fn pairs(count: usize) -> Vec<Pair> {
    (0..count)
        .map(|i| (format!("method_{}", i % 8), format!("/api/v1/items/{i:06}")))
        .collect()
}
