//! The smallest program with metrics: declare, record from threads, serve.
//!
//! Run it with `cargo run -p dynamometer-examples --bin quickstart`, and scrape
//! the address it prints. With `--once` it prints its page and ends.

use std::thread;

use dynamometer::PrometheusContainer;

fn main() -> anyhow::Result<()> {
    let container = PrometheusContainer::new("app");
    let requests = container
        .counter("requests_total")
        .help("Requests handled.")
        .build();
    let latency = container
        .histogram("latency_seconds")
        .help("Time to answer.")
        .build();

    thread::scope(|scope| {
        for worker in 1..=4 {
            let (requests, latency) = (&requests, &latency);
            scope.spawn(move || {
                requests.inc();
                latency.observe(f64::from(worker) * 0.01);
            });
        }
    });

    if std::env::args().any(|argument| argument == "--once") {
        anstream::print!("{}", container.export_prometheus());
        return Ok(());
    }
    let server = dynamometer_status::serve(container)?;
    match server.url("/metrics") {
        Some(url) => anstream::println!("metrics at {url}"),
        None => anstream::println!("no metrics: DYN_SYSTEM_ENABLED switches the server off"),
    }
    loop {
        thread::park();
    }
}
