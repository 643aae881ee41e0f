//! What an idle process with the status server costs: nothing.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::time::Duration;

use anyhow::{Context as _, Result, ensure};

use crate::child::{self, Role as Child};
use crate::clock;
use crate::harness::{Plan, Role, Summary};
use crate::peer::dynamometer::{HELP, container, serve};
use crate::procfs;
use crate::report::{Row, progress};

/// Time for the threads that a first scrape wakes to lie down again.
///
/// Short on purpose: a thread that lingers after a scrape and wakes later to end
/// is a wake-up that an idle process does not need.
const SETTLE: Duration = Duration::from_millis(500);

/// Measures the context switches of all threads of a child over `time`.
///
/// They are read from outside, so that reading them wakes nobody in the child.
/// The server answers a scrape before and after: it is there, and stays there.
///
/// # Errors
///
/// When the child does not serve, or its threads cannot be read.
pub(crate) fn run(plan: &Plan, time: Duration) -> Result<Vec<Row>> {
    if !plan.wants("idle") {
        return Ok(Vec::new());
    }
    progress(&format!("idle: {} s", time.as_secs()));
    let mut child = child::start(Child::Idle)?;
    let mut lines = BufReader::new(
        child
            .stdout
            .take()
            .context("the child's output is a pipe")?,
    );
    let mut address = String::new();
    lines.read_line(&mut address)?;
    let address = address.trim();
    scrape(address)?;
    clock::pause(SETTLE);
    let before = procfs::context_switches(child.id())?;
    clock::pause(time);
    let after = procfs::context_switches(child.id())?;
    scrape(address)?;
    // The child ends when its input does.
    drop(child.stdin.take());
    ensure!(child.wait()?.success(), "the idle child failed");
    let switches = procfs::switches_between(&before, &after);
    Ok(vec![
        Row::new(
            "idle",
            "dynamometer",
            "status server",
            Summary::single(switches as f64),
        )
        .role(Role::Ours)
        .unit("switches"),
    ])
}

/// The child: serves until its input ends, and prints where.
///
/// # Errors
///
/// When the server does not start.
pub(crate) fn child() -> Result<()> {
    let container = container();
    container.counter("served_total").help(HELP).build().inc();
    let server = serve(container)?;
    let address = server.addr().context("the status server is switched off")?;
    let mut output = std::io::stdout();
    writeln!(output, "{address}")?;
    output.flush()?;
    std::io::stdin().read_to_end(&mut Vec::new())?;
    Ok(())
}

fn scrape(address: &str) -> Result<()> {
    let mut stream =
        TcpStream::connect(address).with_context(|| format!("cannot connect to {address:?}"))?;
    stream.write_all(b"GET /metrics HTTP/1.1\r\nHost: bench\r\nConnection: close\r\n\r\n")?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer)?;
    ensure!(
        answer.starts_with("HTTP/1.1 200"),
        "the scrape was answered {answer:?}"
    );
    Ok(())
}
