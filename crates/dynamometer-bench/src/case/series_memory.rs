//! Memory of many series with four labels.

use anyhow::{Context as _, Result, ensure};
use serde::{Deserialize, Serialize};

use crate::child::{self, Role as Child};
use crate::harness::{Plan, Role, Summary};
use crate::labelled::{Held, dynamometer, measured, metrics, prometheus, prometheus_client};
use crate::procfs;
use crate::report::{Row, progress};

const FAMILIES: usize = 100;
const WORKERS: usize = 1_000;
const SERIES: usize = FAMILIES * WORKERS;

/// The names of the labels.
pub(crate) const LABELS: [&str; 4] = [
    "dynamo_namespace",
    "dynamo_component",
    "dynamo_endpoint",
    "worker_id",
];

/// A worker: the values of the four labels.
#[derive(Debug)]
pub(crate) struct Worker(String);

impl Worker {
    /// Returns the values in the order of the labels.
    pub(crate) fn values(&self) -> [&str; 4] {
        ["default", "backend", "generate", &self.0]
    }
}

/// The libraries, with their forms, the children and what those create.
const LIBRARIES: [(&str, &str, Child); 5] = [
    ("dynamometer", "CounterVec", Child::SeriesDynamometer),
    ("prometheus", "IntCounterVec", Child::SeriesPrometheus),
    ("prometheus-client", "Family", Child::SeriesPrometheusClient),
    ("measured", "CounterVec, ParaCord", Child::SeriesMeasured),
    ("metrics", "counter!", Child::SeriesMetrics),
];

/// What a child saw before and after it created the series.
#[derive(Clone, Copy, Debug, Deserialize, Serialize)]
struct Growth {
    before_kib: u64,
    after_kib: u64,
}

/// Measures each library in a child of this process.
///
/// # Errors
///
/// When a child fails.
pub(crate) fn run(plan: &Plan) -> Result<Vec<Row>> {
    if !plan.wants("series-memory") {
        return Ok(Vec::new());
    }
    let mut rows = Vec::new();
    for (library, form, child) in LIBRARIES {
        let mut bytes = Vec::new();
        // As for the memory of threads: three rounds suffice.
        for round in 0..plan.rounds.min(3) {
            progress(&format!("series-memory: {library}, round {}", round + 1));
            bytes.push(bytes_per_series(child)?);
        }
        let is_ours = child == Child::SeriesDynamometer;
        let role = if is_ours { Role::Ours } else { Role::Peer };
        let row = Row::new("series-memory", library, form, Summary::of(bytes));
        rows.push(row.role(role).unit("B"));
    }
    Ok(rows)
}

fn bytes_per_series(role: Child) -> Result<f64> {
    let output = child::output(role)?;
    let growth: Growth = serde_json::from_str(&output)
        .with_context(|| format!("cannot read a child's {output:?}"))?;
    let kib = growth.after_kib as f64 - growth.before_kib as f64;
    Ok(kib * 1024.0 / SERIES as f64)
}

/// The child: creates the series, records once in each, and prints what the
/// process grew by.
///
/// # Errors
///
/// When the library does not hold them.
pub(crate) fn child(role: Child) -> Result<String> {
    let hold: fn(&[String], &[Worker]) -> Held = match role {
        Child::SeriesPrometheus => prometheus::hold,
        Child::SeriesPrometheusClient => prometheus_client::hold,
        Child::SeriesMeasured => measured::hold,
        Child::SeriesMetrics => metrics::hold,
        _ => dynamometer::hold,
    };
    let families: Vec<String> = (0..FAMILIES).map(|i| format!("held_{i:03}")).collect();
    let workers: Vec<Worker> = (0..WORKERS)
        .map(|p| Worker(format!("75878848882530{p:05}")))
        .collect();
    let before_kib = procfs::resident_kib()?;
    let held = hold(&families, &workers);
    let after_kib = procfs::resident_kib()?;
    let text = held();
    let is_recorded = |line: &&str| line.contains("worker_id=") && line.ends_with(" 1");
    let recorded = text.lines().filter(is_recorded).count();
    ensure!(
        recorded == SERIES,
        "{recorded} series hold a record, expected {SERIES}"
    );
    Ok(serde_json::to_string(&Growth {
        before_kib,
        after_kib,
    })?)
}
