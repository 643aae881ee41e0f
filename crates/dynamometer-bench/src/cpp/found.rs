//! What Google Benchmark reports.

use std::collections::HashMap;

use anyhow::{Context as _, Result, ensure};
use serde::Deserialize;

use crate::harness::Summary;

/// The times of each bench, in nanoseconds per iteration.
#[derive(Debug)]
pub(crate) struct Found(HashMap<String, Summary>);

#[derive(Deserialize)]
struct Report {
    benchmarks: Vec<Statistic>,
}

/// One statistic of one bench.
///
/// <https://github.com/google/benchmark/blob/main/docs/user_guide.md>
#[derive(Deserialize)]
struct Statistic {
    run_name: String,
    aggregate_name: String,
    cpu_time: f64,
    time_unit: String,
}

impl Found {
    /// Reads the program's report.
    ///
    /// # Errors
    ///
    /// When it is not JSON of Google Benchmark, or not in nanoseconds.
    pub(super) fn in_json(json: &str) -> Result<Self> {
        let report: Report = serde_json::from_str(json)?;
        let mut found = HashMap::new();
        for statistic in report.benchmarks {
            let name = plain(&statistic.run_name);
            ensure!(
                statistic.time_unit == "ns",
                "{name} is in {}",
                statistic.time_unit
            );
            let time = statistic.cpu_time;
            let times = found.entry(name).or_insert(Summary::single(time));
            match statistic.aggregate_name.as_str() {
                "min" => times.min = time,
                "median" => times.median = time,
                "max" => times.max = time,
                _ => {}
            }
        }
        Ok(Self(found))
    }

    /// Returns the times of the bench.
    ///
    /// # Errors
    ///
    /// When there is no such bench.
    pub(crate) fn times(&self, name: &str) -> Result<Summary> {
        let times = self.0.get(name).copied();
        times.with_context(|| format!("the C++ program has no bench {name:?}"))
    }
}

/// Returns the name without how it was run, such as `min_time:0.005`.
fn plain(run_name: &str) -> String {
    let parts: Vec<&str> = run_name
        .split('/')
        .filter(|part| !part.contains(':'))
        .collect();
    parts.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn report(unit: &str) -> String {
        let aggregate = |name: &str, time: f64| {
            format!(
                r#"{{"name": "record/counter/libnv/min_time:0.005/repeats:40_{name}",
                "run_name": "record/counter/libnv/min_time:0.005/repeats:40",
                "aggregate_name": "{name}", "cpu_time": {time}, "time_unit": "{unit}"}}"#
            )
        };
        let all = [
            aggregate("mean", 3.0),
            aggregate("median", 2.0),
            aggregate("min", 0.5),
            aggregate("max", 9.0),
        ];
        format!(r#"{{"benchmarks": [{}]}}"#, all.join(","))
    }

    #[test]
    fn times_are_found_by_the_name_alone() {
        let found = Found::in_json(&report("ns")).unwrap();
        let times = found.times("record/counter/libnv").unwrap();
        assert_eq!((times.min, times.median, times.max), (0.5, 2.0, 9.0));
        assert!(found.times("record/counter").is_err());
    }

    #[test]
    fn other_units_are_refused() {
        let error = Found::in_json(&report("us")).unwrap_err();
        assert!(error.to_string().ends_with("is in us"), "{error}");
    }
}
