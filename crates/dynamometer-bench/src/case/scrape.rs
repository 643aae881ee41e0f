//! Scrapes over loopback: milliseconds each, and what they cost who records.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc;
use std::thread;

use anyhow::{Context as _, Result, ensure};
use dynamometer::Counter;

use crate::case::encode::THREADS;
use crate::encoded::Load;
use crate::encoded::dynamometer::{counters, text_writer};
use crate::harness::{Crowd, Loop, Plan, Race, Racer, Role, Span, Summary, in_turn, in_turns};
use crate::peer::dynamometer::serve;
use crate::report::Row;
use crate::scraped::{Ask, serve_finished};

const SERIES: usize = 100_000;

/// Counters that are recorded in while they are scraped, spread over all series.
const RECORDED: usize = 16;

/// Least time of recording, in nanoseconds: several scrapes are to fall into it.
const RECORDING_NANOS: f64 = 100e6;

/// Records that tell how many are enough.
const TRIAL: u64 = 1_000_000;

/// Measures scrapes of a hundred thousand counters, and records meanwhile.
///
/// Formats and encodings that the server does not answer with are left out.
///
/// # Errors
///
/// When the server does not serve what was recorded.
pub(crate) fn run(plan: &Plan) -> Result<Vec<Row>> {
    if !plan.wants("scrape-100k") && !plan.wants("scraped-inc") {
        return Ok(Vec::new());
    }
    let load = Load::new(SERIES, &Arc::new(Crowd::gather(THREADS)));
    let (container, series) = counters(&load)?;
    let server = serve(container)?;
    let addr = server.addr().context("the status server is switched off")?;
    let mut rows = scrapes(addr, &load)?.run(plan)?;
    if plan.wants("scraped-inc") {
        rows.extend(records(addr, &series, plan)?);
    }
    server.shutdown();
    Ok(rows)
}

fn scrapes(addr: SocketAddr, load: &Load) -> Result<Race> {
    let mut racers = vec![finished(load)?];
    for ask in Ask::ALL {
        if !ask.is_served(addr)? {
            continue;
        }
        let is_plain = ask.form == Ask::PLAIN.form;
        let role = if is_plain { Role::Ours } else { Role::Another };
        racers.push(ask.racer("dynamometer", addr, load).role(role));
    }
    Ok(Race::new("scrape-100k", "ms", 1e6, racers).latency())
}

fn finished(load: &Load) -> Result<Racer> {
    let mut page = Vec::new();
    text_writer(load)?(&mut page);
    let addr = serve_finished(&page)?;
    Ok(Ask::PLAIN.racer("loopback", addr, load).role(Role::Floor))
}

fn records(addr: SocketAddr, series: &[Counter], plan: &Plan) -> Result<Vec<Row>> {
    let step = series.len() / RECORDED;
    let recorded: [Counter; RECORDED] = std::array::from_fn(|at| series[at * step].clone());
    let total = || recorded.iter().map(Counter::get_value).sum::<u64>();
    let run = in_turn(recorded.clone(), Counter::inc);
    let before = total();
    let nanos = busy_nanos(&run, TRIAL);
    #[expect(clippy::cast_sign_loss, reason = "times are not negative")]
    let trials = (RECORDING_NANOS / nanos).ceil() as u64;
    let iterations = TRIAL * trials;
    let costs = in_turns("scraped-inc", &mut [false, true], plan.rounds, |scraped| {
        let nanos = if *scraped {
            while_scraped(addr, || busy_nanos(&run, iterations))?
        } else {
            busy_nanos(&run, iterations)
        };
        Ok(nanos / iterations as f64)
    })?;
    let found = total() - before;
    let expected = TRIAL + 2 * plan.rounds as u64 * iterations;
    ensure!(found == expected, "{found} records are left of {expected}");
    let forms = [
        ("inc, no scrape", Role::Floor),
        ("inc, scraped", Role::Ours),
    ];
    let row = |((form, role), costs)| {
        Row::new("scraped-inc", "dynamometer", form, Summary::of(costs)).role(role)
    };
    Ok(forms.into_iter().zip(costs).map(row).collect())
}

/// Returns the nanoseconds that the records took on a core.
///
/// Where there are few cores, the server and its client take them from who records:
/// that is what a scrape costs the machine, not what it costs a record.
fn busy_nanos(run: &Loop, iterations: u64) -> f64 {
    let span = Span::start();
    run(iterations);
    span.end().busy_nanos()
}

/// Does something while scrapes run back to back.
fn while_scraped<T>(addr: SocketAddr, work: impl FnOnce() -> T) -> Result<T> {
    let mut client = Ask::PLAIN.client(addr)?;
    let done = AtomicBool::new(false);
    let (begin, begun) = mpsc::channel();
    thread::scope(|scope| {
        let scraper = scope.spawn(|| -> Result<()> {
            while !done.load(Ordering::Relaxed) {
                client.get()?;
                // Whoever waits for it waits once.
                let _ = begin.send(());
            }
            Ok(())
        });
        let worked = begun.recv().map(|()| work());
        done.store(true, Ordering::Relaxed);
        scraper.join().expect("a client returns its errors")?;
        worked.context("there was no scrape")
    })
}
