//! The live demo: traffic, a table that refreshes, and the page.

use std::io::IsTerminal;
use std::sync::Arc;
use std::sync::mpsc::{self, RecvTimeoutError};
use std::time::Duration;

use anyhow::Context;
use dynamometer::Clock;
use dynamometer_status::StatusServer;

use crate::args::Args;
use crate::component::Component;
use crate::table;
use crate::tokenizer::Tokenizer;
use crate::traffic::{Pace, Traffic};

/// Time between two tables.
const REFRESH: Duration = Duration::from_millis(500);

pub(crate) fn run(args: &Args) -> anyhow::Result<()> {
    let component = Arc::new(Component::new()?);
    let python = args.python.as_deref();
    let python = python.map(|python| Tokenizer::start(python, args.requests, &component));
    let tokenizer = python.transpose()?;
    let server = StatusServer::builder()
        .enabled(true)
        .shared_container(Arc::clone(&component.base.container))
        .host(&args.host)
        .port(args.port)
        .start()?;
    let url = server
        .url("/metrics")
        .context("the status server is switched off")?;
    anstream::println!("metrics at {url}");

    let (stop, stopped) = mpsc::channel();
    ctrlc::set_handler(move || {
        let _ = stop.send(());
    })
    .context("listening for Ctrl-C")?;
    let traffic = Traffic::start(&component, args.threads, args.requests, Pace::Real);
    show(
        &component,
        &url,
        args.seconds.map(Duration::from_secs),
        &stopped,
    );
    traffic.stop();
    server.shutdown();
    drop(tokenizer);
    anstream::println!("handled {} requests", component.handled());
    Ok(())
}

/// Draws the table again and again, until the time is up or someone stops it.
fn show(component: &Component, url: &str, limit: Option<Duration>, stopped: &mpsc::Receiver<()>) {
    let clock = Clock::system();
    let started = clock.now();
    let is_terminal = std::io::stdout().is_terminal();
    let mut previous = None;
    loop {
        let wait = match limit {
            Some(limit) => limit
                .saturating_sub(clock.now().saturating_sub(started))
                .min(REFRESH),
            None => REFRESH,
        };
        match stopped.recv_timeout(wait) {
            Err(RecvTimeoutError::Timeout) => {}
            Ok(()) | Err(RecvTimeoutError::Disconnected) => break,
        }
        let taken = (clock.now(), component.base.container.get_metrics());
        if is_terminal {
            let text = table::render(&taken, previous.as_ref());
            // To the top left, and clear what is below: no flicker.
            anstream::print!("\x1b[H\x1b[2J");
            anstream::println!("{text}\nmetrics at {url}   Ctrl-C to stop");
        }
        previous = Some(taken);
        if limit.is_some_and(|limit| clock.now().saturating_sub(started) >= limit) {
            break;
        }
    }
    if let Some(last) = previous.filter(|_| !is_terminal) {
        anstream::println!("{}", table::render(&last, None));
    }
}
