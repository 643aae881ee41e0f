//! The goals, as data, and the judging of rows by them.
//!
//! They come from the project's performance page. Bounds in nanoseconds hold on
//! the machine they were set on; bounds against a peer hold on any.

use std::collections::HashMap;

use serde::Serialize;

use crate::harness::Role;
use crate::report::Row;

/// What a number must not exceed.
#[derive(Clone, Copy, Debug)]
enum Bound {
    /// A number in the row's unit.
    AtMost(f64),
    /// A multiple of a peer's number in the same run.
    TimesPeer {
        factor: f64,
        library: &'static str,
        form: &'static str,
    },
}

/// A bound on one of this library's rows.
#[derive(Clone, Copy, Debug)]
struct Goal {
    kind: &'static str,
    /// `None` for the form that ratios refer to.
    form: Option<&'static str>,
    /// `None` for rows that have no number of threads.
    threads: Option<usize>,
    bound: Bound,
}

const fn record(kind: &'static str, threads: usize, bound: Bound) -> Goal {
    Goal {
        kind,
        form: None,
        threads: Some(threads),
        bound,
    }
}

const fn other(kind: &'static str, bound: Bound) -> Goal {
    Goal {
        kind,
        form: None,
        threads: None,
        bound,
    }
}

const fn form(kind: &'static str, form: &'static str, bound: Bound) -> Goal {
    Goal {
        kind,
        form: Some(form),
        threads: None,
        bound,
    }
}

const fn record_form(kind: &'static str, form: &'static str, bound: Bound) -> Goal {
    Goal {
        kind,
        form: Some(form),
        threads: Some(1),
        bound,
    }
}

const fn int_counter(factor: f64) -> Bound {
    Bound::TimesPeer {
        factor,
        library: "prometheus",
        form: "IntCounter",
    }
}

const fn plain_counter(factor: f64) -> Bound {
    Bound::TimesPeer {
        factor,
        library: "dynamometer",
        form: "Counter",
    }
}

const fn alone(factor: f64) -> Bound {
    Bound::TimesPeer {
        factor,
        library: "dynamometer",
        form: "inc, no scrape",
    }
}

const GOALS: &[Goal] = &[
    record("counter", 1, Bound::AtMost(1.0)),
    record("counter", 1, int_counter(0.2)),
    record("counter", 2, Bound::AtMost(1.2)),
    // Twenty times faster.
    record("counter", 2, int_counter(0.05)),
    record("boxed-counter", 1, Bound::AtMost(2.0)),
    record("up-down", 1, Bound::AtMost(1.0)),
    record("gauge-set", 1, Bound::AtMost(1.2)),
    record("histogram-11", 1, Bound::AtMost(5.0)),
    record("histogram-11", 2, Bound::AtMost(6.0)),
    record("histogram-exponential", 1, Bound::AtMost(3.5)),
    record("histogram-exponential", 2, Bound::AtMost(4.0)),
    record("labels-2", 1, Bound::AtMost(15.0)),
    record("labels-2", 2, Bound::AtMost(18.0)),
    record("labels-typed", 1, Bound::AtMost(3.0)),
    record("labels-typed", 2, Bound::AtMost(4.0)),
    // The same code, so equal but for noise.
    record("labels-kept", 1, plain_counter(1.2)),
    record("labels-kept", 2, plain_counter(1.2)),
    record("cpp-counter", 1, Bound::AtMost(1.0)),
    record("cpp-counter", 1, plain_counter(1.3)),
    record_form("cpp-counter", "in a loaded library", Bound::AtMost(3.0)),
    record("cpp-histogram-18", 1, Bound::AtMost(5.0)),
    record("cpp-create", 1, Bound::AtMost(2_000.0)),
    other("create-10k", Bound::AtMost(2_000.0)),
    other("create-100k", Bound::AtMost(2_000.0)),
    other("create-1m", Bound::AtMost(3.0)),
    other("series-memory", Bound::AtMost(250.0)),
    other("memory", Bound::AtMost(100.0)),
    other("memory-thp", Bound::AtMost(100.0)),
    other("idle", Bound::AtMost(0.0)),
    form("text-100k", "text, in pieces", Bound::AtMost(25.0)),
    other("protobuf-100k", Bound::AtMost(40.0)),
    form("parse-text", "Scanner", Bound::AtMost(80.0)),
    form("parse-text", "KnownSeries", Bound::AtMost(45.0)),
    other("scrape-100k", Bound::AtMost(10.0)),
    // No slower than noise.
    other("scraped-inc", alone(1.1)),
];

impl Goal {
    fn judges(&self, row: &Row) -> bool {
        let is_meant = match self.form {
            None => row.role == Role::Ours,
            Some(form) => row.role == Role::Another && row.form == form,
        };
        is_meant && self.kind == row.kind && self.threads == row.threads
    }
}

/// Whether a goal is met.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub(crate) struct Verdict {
    /// The bound in words, such as "1 ns" or "0.2 x prometheus `IntCounter`".
    pub(crate) bound: String,
    pub(crate) met: bool,
}

/// Fills in the ratios to this library and the verdicts.
///
/// A goal against a peer that was filtered out is not judged.
pub(crate) fn judge(rows: &mut [Row]) {
    let costs: HashMap<_, f64> = rows
        .iter()
        .map(|row| ((row.kind, row.threads, row.library, row.form), row.cost()))
        .collect();
    let ours: HashMap<_, f64> = rows
        .iter()
        .filter(|row| row.role == Role::Ours)
        .map(|row| ((row.kind, row.threads), row.cost()))
        .collect();
    for row in rows {
        row.ratio = ours
            .get(&(row.kind, row.threads))
            .filter(|&&ours| ours > 0.0)
            .map(|ours| row.cost() / ours);
        let goals = GOALS.iter().filter(|goal| goal.judges(row));
        row.verdicts = goals
            .filter_map(|goal| match goal.bound {
                Bound::AtMost(most) => Some(Verdict {
                    bound: format!("{most} {}", row.unit),
                    met: row.cost() <= most,
                }),
                Bound::TimesPeer {
                    factor,
                    library,
                    form,
                } => {
                    let peer = costs.get(&(row.kind, row.threads, library, form))?;
                    Some(Verdict {
                        bound: format!("{factor} x {library} {form}"),
                        met: row.cost() <= factor * peer,
                    })
                }
            })
            .collect();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::harness::Summary;

    fn counter(library: &'static str, form: &'static str, role: Role, nanos: f64) -> Row {
        Row::new("counter", library, form, Summary::single(nanos))
            .role(role)
            .threads(1)
    }

    #[test]
    fn ours_is_judged_by_number_and_by_peer() {
        let mut rows = [
            counter("dynamometer", "Counter", Role::Ours, 0.5),
            counter("prometheus", "IntCounter", Role::Peer, 2.0),
        ];
        judge(&mut rows);
        assert_eq!(rows[1].ratio, Some(4.0));
        let met: Vec<_> = rows[0].verdicts.iter().map(|verdict| verdict.met).collect();
        assert_eq!(met, [true, false]);
        assert!(rows[1].verdicts.is_empty());
    }

    #[test]
    fn another_form_is_judged_by_its_own_goals() {
        let row = |form, role, nanos| {
            Row::new("parse-text", "dynamometer", form, Summary::single(nanos)).role(role)
        };
        let mut rows = [
            row("text", Role::Ours, 100.0),
            row("Scanner", Role::Another, 50.0),
        ];
        judge(&mut rows);
        assert!(rows[0].verdicts.is_empty());
        assert_eq!(rows[1].ratio, Some(0.5));
        assert_eq!(
            rows[1].verdicts,
            [Verdict {
                bound: "80 ns".to_owned(),
                met: true
            }]
        );
    }

    #[test]
    fn goal_against_an_absent_peer_is_not_judged() {
        let mut rows = [counter("dynamometer", "Counter", Role::Ours, 1.5)];
        judge(&mut rows);
        assert_eq!(
            rows[0].verdicts,
            [Verdict {
                bound: "1 ns".to_owned(),
                met: false
            }]
        );
    }
}
