//! `--once`: some traffic, one scrape of it, and whether the numbers are right.

use std::sync::Arc;

use anyhow::{Context, ensure};
use dynamometer_status::StatusServer;

use crate::args::Args;
use crate::component::Component;
use crate::tokenizer::Tokenizer;
use crate::traffic::{Pace, Traffic};

/// Requests made where nobody says how many.
const REQUESTS: u64 = 1000;

pub(crate) fn run(args: &Args) -> anyhow::Result<()> {
    let component = Arc::new(Component::new()?);
    let requests = args.requests.unwrap_or(REQUESTS);
    let python = args.python.as_deref();
    let python = python.map(|python| Tokenizer::start(python, Some(requests), &component));
    let tokenizer = python.transpose()?;
    let server = StatusServer::builder()
        .enabled(true)
        .shared_container(Arc::clone(&component.base.container))
        .host(&args.host)
        .port(args.port)
        .start()?;
    Traffic::start(&component, args.threads, Some(requests), Pace::Instant).finish();

    let url = server
        .url("/metrics")
        .context("the status server is switched off")?;
    let page = ureq::get(&url)
        .call()
        .with_context(|| format!("scraping {url}"))?;
    let page = page
        .into_body()
        .read_to_string()
        .with_context(|| format!("reading {url}"))?;
    server.shutdown();
    anstream::print!("{page}");

    let counted = total(&page, "demo_requests_total{");
    ensure!(
        counted == requests,
        "{requests} requests were made, the page counts {counted}"
    );
    if tokenizer.is_some() {
        let counted = total(&page, "demo_tokenizer_requests_total ");
        ensure!(
            counted == requests,
            "{requests} requests were made in Python, the page counts {counted}"
        );
    }
    ensure!(
        component.handled() == requests,
        "{requests} requests were made and not all counted"
    );
    ensure!(
        total(&page, "demo_inflight_requests ") == 0,
        "requests are still in flight"
    );
    Ok(())
}

/// The sum of the whole numbers on the lines that begin with `start`.
fn total(page: &str, start: &str) -> u64 {
    let lines = page.lines().filter(|line| line.starts_with(start));
    lines
        .filter_map(|line| line.rsplit(' ').next()?.parse::<u64>().ok())
        .sum()
}
