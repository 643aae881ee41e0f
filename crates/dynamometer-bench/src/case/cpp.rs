//! What libnv costs C++, beside prometheus-cpp and beside this library's own counter.

use anyhow::Result;

use crate::cpp::{self, Found};
use crate::harness::{Contest, Named, Plan, Role, Summary};
use crate::peer::dynamometer;
use crate::report::Row;

/// A bench of the C++ program.
#[derive(Clone, Copy)]
struct Bench {
    library: &'static str,
    form: &'static str,
    role: Role,
    /// Its name there.
    name: &'static str,
    /// The bench of what is not the library's cost.
    without: Option<&'static str>,
}

/// The benches of one kind.
struct Kind {
    name: &'static str,
    threads: usize,
    /// Records per iteration.
    records: f64,
    benches: &'static [Bench],
}

const fn ours(form: &'static str, name: &'static str) -> Bench {
    Bench {
        library: "libnv",
        form,
        role: Role::Ours,
        name,
        without: None,
    }
}

const fn theirs(form: &'static str, name: &'static str) -> Bench {
    Bench {
        library: "prometheus-cpp",
        role: Role::Peer,
        ..ours(form, name)
    }
}

const fn another(form: &'static str, name: &'static str) -> Bench {
    Bench {
        role: Role::Another,
        ..ours(form, name)
    }
}

const fn floor(form: &'static str, name: &'static str) -> Bench {
    Bench {
        library: "loop",
        role: Role::Floor,
        ..ours(form, name)
    }
}

impl Bench {
    const fn without(self, name: &'static str) -> Self {
        Self {
            without: Some(name),
            ..self
        }
    }

    /// Returns the times per record, and the least of them without what is subtracted.
    fn times(&self, found: &Found, records: f64) -> Result<(Summary, f64)> {
        let times = found.times(self.name)?.over(records);
        let subtracted = match self.without {
            None => 0.0,
            Some(name) => found.times(name)?.over(records).min,
        };
        Ok((times, (times.min - subtracted).max(0.0)))
    }
}

impl Named for Bench {
    fn name(&self) -> (&'static str, &'static str) {
        (self.library, self.form)
    }

    fn role(&self) -> Role {
        self.role
    }
}

/// The kind whose table has this library's own counter too.
const COUNTER: &str = "cpp-counter";

const VALUES: &str = "record/values";

const NAMES: &str = "series/names";

const KINDS: [Kind; 12] = [
    Kind {
        name: COUNTER,
        threads: 1,
        records: 1.0,
        benches: &[
            floor("empty", "record/nothing"),
            ours("Counter", "record/counter/libnv"),
            another("in a linked library", "library/linked/counter").without("library/linked/call"),
            another("in a loaded library", "library/loaded/counter").without("library/loaded/call"),
            another(
                "in a late-bound library",
                "library/loaded_late_bind/counter",
            )
            .without("library/loaded_late_bind/call"),
            theirs("Counter", "record/counter/prometheus_cpp"),
        ],
    },
    Kind {
        name: COUNTER,
        threads: 2,
        records: 1.0,
        benches: &[
            ours("Counter", "record/counter_2_threads/libnv"),
            theirs("Counter", "record/counter_2_threads/prometheus_cpp"),
        ],
    },
    Kind {
        name: "cpp-counter-16",
        threads: 1,
        records: 1.0,
        benches: &[ours("Counter", "record/counter_16_in_turn/libnv")],
    },
    Kind {
        name: "cpp-float-counter",
        threads: 1,
        records: 1.0,
        benches: &[
            ours("FloatCounter", "record/float_counter/libnv"),
            theirs("Counter", "record/float_counter/prometheus_cpp"),
        ],
    },
    Kind {
        name: "cpp-up-down",
        threads: 1,
        records: 2.0,
        benches: &[
            ours("UpDownCounter", "record/up_down_pair/libnv"),
            theirs("Gauge", "record/up_down_pair/prometheus_cpp"),
        ],
    },
    Kind {
        name: "cpp-gauge-set",
        threads: 1,
        records: 1.0,
        benches: &[
            ours("Gauge", "record/gauge_set/libnv"),
            theirs("Gauge", "record/gauge_set/prometheus_cpp"),
        ],
    },
    Kind {
        name: "cpp-gauge-add",
        threads: 1,
        records: 1.0,
        benches: &[
            ours("Gauge", "record/gauge_add/libnv"),
            theirs("Gauge", "record/gauge_add/prometheus_cpp"),
        ],
    },
    Kind {
        name: "cpp-histogram-18",
        threads: 1,
        records: 1.0,
        benches: &[
            floor("value generator", VALUES),
            ours("Histogram", "record/histogram_18/libnv").without(VALUES),
            another("ExponentialHistogram", "record/exponential/libnv").without(VALUES),
            another(
                "in a loaded library, call and all",
                "library/loaded/histogram_18",
            )
            .without(VALUES),
            theirs("Histogram", "record/histogram_18/prometheus_cpp").without(VALUES),
        ],
    },
    Kind {
        name: "cpp-histogram-18",
        threads: 2,
        records: 1.0,
        benches: &[
            ours("Histogram", "record/histogram_18_2_threads/libnv").without(VALUES),
            theirs("Histogram", "record/histogram_18_2_threads/prometheus_cpp").without(VALUES),
        ],
    },
    Kind {
        name: "cpp-create",
        threads: 1,
        records: 1.0,
        benches: &[
            floor("names", NAMES),
            ours("new series", "series/create/libnv").without(NAMES),
            theirs("new series", "series/create/prometheus_cpp").without(NAMES),
        ],
    },
    Kind {
        name: "cpp-declare",
        threads: 1,
        records: 1.0,
        benches: &[
            ours("new family", "series/declare/libnv").without(NAMES),
            theirs("new family", "series/declare/prometheus_cpp").without(NAMES),
        ],
    },
    Kind {
        name: "cpp-labels-2",
        threads: 1,
        records: 1.0,
        benches: &[
            ours("look-up and inc", "series/look_up_2_labels/libnv"),
            theirs("look-up and inc", "series/look_up_2_labels/prometheus_cpp"),
        ],
    },
];

/// Measures every bench of the C++ program that the plan wants.
///
/// Its runs are short and many, so the goals judge the least of them.
///
/// # Errors
///
/// When the program cannot be built here, or one of its benches is gone.
pub(crate) fn run(plan: &Plan) -> Result<Vec<Row>> {
    let chosen: Vec<_> = KINDS
        .iter()
        .map(|kind| (kind, plan.choose(kind.name, kind.benches.to_vec())))
        .filter(|(_, benches)| !benches.is_empty())
        .collect();
    let mut rows = Vec::new();
    if chosen.is_empty() {
        return Ok(rows);
    }
    let found = cpp::measure()?;
    for (kind, benches) in chosen {
        for bench in benches {
            let (times, least) = bench.times(&found, kind.records)?;
            rows.push(
                Row::new(kind.name, bench.library, bench.form, times)
                    .role(bench.role)
                    .threads(kind.threads)
                    .at_its_least(least),
            );
        }
        if kind.name == COUNTER {
            rows.extend(in_rust(plan, kind.threads)?);
        }
    }
    Ok(rows)
}

/// Measures this library's own counter in the same minute.
fn in_rust(plan: &Plan, threads: usize) -> Result<Vec<Row>> {
    let plan = Plan {
        threads: vec![threads],
        filter: None,
        ..plan.clone()
    };
    let rows = Contest::new(COUNTER, vec![dynamometer::counter()]).run(&plan)?;
    let beside = |row: Row| {
        let least = row.summary.min;
        row.role(Role::Another).at_its_least(least)
    };
    Ok(rows.into_iter().map(beside).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_bench_is_one_of_the_program() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../cpp/libnv/bench");
        let mut sources = String::new();
        for entry in std::fs::read_dir(folder).unwrap() {
            sources += &std::fs::read_to_string(entry.unwrap().path()).unwrap();
        }
        // Those in libraries are named piece by piece.
        let benches = KINDS.iter().flat_map(|kind| kind.benches);
        for bench in benches.filter(|bench| !bench.name.starts_with("library/")) {
            for name in [Some(bench.name), bench.without].into_iter().flatten() {
                assert!(sources.contains(&format!("\"{name}\"")), "{name}");
            }
        }
    }
}
