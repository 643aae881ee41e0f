//! Memory of many threads that each touch many series.

use std::sync::Barrier;
use std::thread;

use anyhow::{Context as _, Result, ensure};
use serde::{Deserialize, Serialize};

use crate::child::{self, Role as Child};
use crate::harness::{Plan, Role, Summary};
use crate::procfs;
use crate::report::{Row, progress};
use crate::thp;

const THREADS: usize = 1_000;
const SERIES: usize = 1_000;

/// Small, so that the stacks do not drown what is measured.
const STACK: usize = 64 * 1024;

/// What a child saw before its threads started and while they were all alive.
#[derive(Clone, Copy, Debug, Deserialize, Serialize)]
struct Growth {
    before_kib: u64,
    after_kib: u64,
}

/// Measures in children of this process, so that nothing else is in their heap.
///
/// What a child with the same threads that record nothing grows by is
/// subtracted: stacks and the threads' own bookkeeping. With `force_thp` the
/// whole system serves huge pages for a moment, and a second row says what that
/// makes of it.
///
/// # Errors
///
/// When a child fails, or when huge pages cannot be forced.
pub(crate) fn run(plan: &Plan, force_thp: bool) -> Result<Vec<Row>> {
    if !plan.wants("memory") {
        return Ok(Vec::new());
    }
    let mut rows = vec![row("memory", plan)?];
    if force_thp {
        let forced = thp::force()?;
        rows.push(row("memory-thp", plan)?);
        drop(forced);
    }
    Ok(rows)
}

fn row(kind: &'static str, plan: &Plan) -> Result<Row> {
    let mut megabytes = Vec::new();
    // A child takes a second or so and varies little: three rounds suffice.
    for round in 0..plan.rounds.min(3) {
        progress(&format!("{kind}: round {}", round + 1));
        let recording = grown_bytes(Child::MemoryRecord)?;
        let control = grown_bytes(Child::MemoryControl)?;
        megabytes.push((recording - control) / 1e6);
    }
    Ok(Row::new(
        kind,
        "dynamometer",
        "1000 threads, 1000 series",
        Summary::of(megabytes),
    )
    .role(Role::Ours)
    .unit("MB"))
}

fn grown_bytes(role: Child) -> Result<f64> {
    let output = child::output(role)?;
    let growth: Growth = serde_json::from_str(&output)
        .with_context(|| format!("cannot read a child's {output:?}"))?;
    Ok((growth.after_kib as f64 - growth.before_kib as f64) * 1024.0)
}

/// The child: starts the threads, lets each record once in each series, and
/// prints what the process grew by while all of them are alive.
///
/// # Errors
///
/// When a thread cannot start, or when the counters miss a record.
pub(crate) fn child(record: bool) -> Result<String> {
    let counters = crate::peer::dynamometer::counters(SERIES);
    let (recorded, done) = (Barrier::new(THREADS + 1), Barrier::new(THREADS + 1));
    let before_kib = procfs::resident_kib()?;
    let after_kib = thread::scope(|scope| {
        for _ in 0..THREADS {
            thread::Builder::new()
                .stack_size(STACK)
                .spawn_scoped(scope, || {
                    if record {
                        for counter in &counters {
                            counter.inc();
                        }
                    }
                    recorded.wait();
                    done.wait();
                })?;
        }
        recorded.wait();
        let after = procfs::resident_kib();
        done.wait();
        after
    })?;
    let total: u64 = counters.iter().map(dynamometer::Counter::get_value).sum();
    let expected = if record { (THREADS * SERIES) as u64 } else { 0 };
    ensure!(
        total == expected,
        "the counters hold {total}, expected {expected}"
    );
    Ok(serde_json::to_string(&Growth {
        before_kib,
        after_kib,
    })?)
}
