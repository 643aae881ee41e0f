//! A run: the sections in order, then the report.

use std::io::Write as _;
use std::path::Path;
use std::process::ExitCode;
use std::time::Duration;

use anyhow::{Result, bail};

use crate::case::{self, cpp, create, encode, idle, memory, parse, scrape, series_memory};
use crate::child;
use crate::cli::{Args, Section};
use crate::goal;
use crate::harness::Plan;
use crate::host::Host;
use crate::report::{Look, Row, clear_progress, render, write_json};

/// Runs what the command line asks for.
pub(crate) fn run(args: &Args) -> ExitCode {
    let result = match args.child {
        Some(role) => child::act(role).map(|()| 0),
        None => measure(args),
    };
    match result {
        Ok(missed) if missed > 0 && args.strict => ExitCode::from(1),
        Ok(_) => ExitCode::SUCCESS,
        Err(error) => {
            clear_progress();
            // Nothing is left to do about an error that cannot be written.
            let _ = writeln!(anstream::stderr(), "error: {error:#}");
            ExitCode::from(2)
        }
    }
}

/// Measures, reports, and returns how many goals were missed.
fn measure(args: &Args) -> Result<usize> {
    let host = Host::here();
    let mut rows = sections(args)?;
    clear_progress();
    if rows.is_empty() {
        bail!("nothing to measure: no case or library matches the filter");
    }
    goal::judge(&mut rows);
    let missed = rows
        .iter()
        .flat_map(|row| &row.verdicts)
        .filter(|verdict| !verdict.met)
        .count();
    if args.json.as_deref() == Some(Path::new("-")) {
        show(
            &mut anstream::stderr(),
            look(&std::io::stderr()),
            &host,
            missed,
            &rows,
        )?;
    } else {
        show(
            &mut anstream::stdout(),
            look(&std::io::stdout()),
            &host,
            missed,
            &rows,
        )?;
    }
    if let Some(path) = &args.json {
        write_json(path, &host, missed, &rows)?;
    }
    Ok(missed)
}

fn sections(args: &Args) -> Result<Vec<Row>> {
    let (millis, idle_time) = if args.quick { (10, 2) } else { (50, 10) };
    let plan = Plan {
        threads: args.thread_counts(),
        rounds: usize::from(args.rounds),
        target_nanos: f64::from(millis) * 1e6,
        filter: args.filter.clone(),
    };
    if args.includes(Section::Cpp) {
        // Before minutes of measuring, not after.
        crate::cpp::ensure()?;
    }
    let mut rows = Vec::new();
    if args.includes(Section::Record) {
        rows.extend(case::record(&plan)?);
    }
    if args.includes(Section::Create) {
        rows.extend(create::run(&plan)?);
    }
    if args.includes(Section::Encode) {
        rows.extend(encode::run(&plan)?);
    }
    if args.includes(Section::Parse) {
        rows.extend(parse::run(&plan)?);
    }
    if args.includes(Section::Scrape) {
        rows.extend(scrape::run(&plan)?);
    }
    if args.includes(Section::Memory) {
        rows.extend(memory::run(&plan, args.thp)?);
        rows.extend(series_memory::run(&plan)?);
    }
    if args.includes(Section::Idle) {
        rows.extend(idle::run(&plan, Duration::from_secs(idle_time))?);
    }
    if args.includes(Section::Cpp) {
        rows.extend(cpp::run(&plan)?);
    }
    Ok(rows)
}

fn look(stream: &impl std::io::IsTerminal) -> Look {
    if stream.is_terminal() {
        Look::Terminal
    } else {
        Look::Plain
    }
}

fn show(
    output: &mut impl std::io::Write,
    look: Look,
    host: &Host,
    missed: usize,
    rows: &[Row],
) -> Result<()> {
    let Host {
        processor,
        cores,
        kernel,
        load,
        huge_pages,
    } = host;
    writeln!(
        output,
        "{processor}, {cores} cores, Linux {kernel}, load {load} before the run, huge pages \
         {huge_pages}\n"
    )?;
    writeln!(output, "{}\n", render(rows, look))?;
    if rows.iter().any(|row| row.threads.is_some()) {
        writeln!(
            output,
            "ns per record and thread, by the slowest thread; net: without the generator of \
             the values;\nratio: cost over dynamometer's, of net where there is one. With more \
             threads than\ncores a thread also waits for its turn."
        )?;
    }
    if rows.iter().any(|row| row.kind.starts_with("cpp-")) {
        writeln!(
            output,
            "cpp: net is the least of many short runs, without the call, values or names."
        )?;
    }
    let disturbed = rows.iter().map(|row| row.disturbed).sum::<usize>();
    if disturbed > 0 {
        writeln!(
            output,
            "Measurements in which other processes took the cores: {disturbed}. Those of several \
             threads\nthen say little."
        )?;
    }
    let judged = rows.iter().map(|row| row.verdicts.len()).sum::<usize>();
    writeln!(output, "{} of {judged} goals met.", judged - missed)?;
    Ok(())
}
