//! Pages scraped while threads come, record in every way they can, and go.
#![allow(clippy::unwrap_used, reason = "a test says enough by its name")]

use std::cell::RefCell;
use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

use dynamometer::{Container, Counter, Histogram, InFlight, UpDownCounter};
use dynamometer_status::StatusServer;

/// Generations of threads, one after the other.
const GENERATIONS: u64 = 200;

/// Threads of one generation.
const THREADS: u64 = 8;

/// Requests that each thread handles while it runs.
const REQUESTS: u64 = 500;

/// What each thread records once more from a destructor, at its exit.
struct Farewell {
    requests: Counter,
    latency: Histogram,
    _inflight: InFlight,
}

impl Drop for Farewell {
    fn drop(&mut self) {
        self.requests.inc();
        self.latency.observe(0.5);
    }
}

thread_local! {
    static FAREWELL: RefCell<Option<Farewell>> = const { RefCell::new(None) };
}

struct Metrics {
    requests: Counter,
    latency: Histogram,
    inflight: UpDownCounter,
    queued: UpDownCounter,
}

impl Metrics {
    fn new(container: &Container) -> Self {
        Self {
            requests: container.counter("requests_total").build(),
            latency: container
                .histogram("latency_seconds")
                .buckets(&[0.1, 1.0])
                .build(),
            // Outer before inner.
            inflight: container.up_down_counter("inflight").build(),
            queued: container.up_down_counter("queued").build(),
        }
    }

    fn live(&self) {
        FAREWELL.set(Some(Farewell {
            requests: self.requests.clone(),
            latency: self.latency.clone(),
            _inflight: self.inflight.in_flight(),
        }));
        for _ in 0..REQUESTS {
            let _inflight = self.inflight.in_flight();
            drop(self.queued.in_flight());
            self.latency.observe(0.05);
            self.requests.inc();
        }
    }
}

/// The samples of a page by their names with labels.
fn scrape(url: &str) -> HashMap<String, f64> {
    let page = ureq::get(url)
        .call()
        .unwrap()
        .into_body()
        .read_to_string()
        .unwrap();
    let samples = page.lines().filter(|line| !line.starts_with('#'));
    let sample = |line: &str| {
        let (name, value) = line.rsplit_once(' ')?;
        Some((name.to_owned(), value.parse().ok()?))
    };
    samples.filter_map(sample).collect()
}

/// Scrapes until `done`; each page must be true in itself and no step back.
fn scrape_until(url: &str, done: &AtomicBool) -> u64 {
    let (mut pages, mut before) = (0, 0.0);
    while !done.load(Ordering::Acquire) {
        let page = scrape(url);
        let value = |name: &str| page[name];
        let requests = value("app_requests_total");
        assert!(requests >= before, "{requests} after {before}");
        before = requests;
        let (inflight, queued) = (value("app_inflight"), value("app_queued"));
        assert!(
            (0.0..=inflight).contains(&queued),
            "{queued} queued of {inflight} in flight"
        );
        let (count, all) = (
            value("app_latency_seconds_count"),
            value("app_latency_seconds_bucket{le=\"+Inf\"}"),
        );
        assert!(
            (count - all).abs() < 0.5,
            "{count} observations, {all} in buckets"
        );
        pages += 1;
    }
    pages
}

#[test]
fn every_page_is_true_and_the_last_one_holds_every_record() {
    let container = Container::new("app");
    let metrics = Metrics::new(&container);
    let server = StatusServer::builder()
        .container(container)
        .host("127.0.0.1")
        .port(0)
        .start()
        .unwrap();
    let url = server.url("/metrics").unwrap();
    let done = AtomicBool::new(false);
    thread::scope(|scope| {
        let scraper = scope.spawn(|| scrape_until(&url, &done));
        for _ in 0..GENERATIONS {
            thread::scope(|generation| {
                for _ in 0..THREADS {
                    generation.spawn(|| metrics.live());
                }
            });
        }
        // A scope ends before the destructors of its threads' locals do.
        dynamometer_testkit::eventually!(std::time::Duration::from_secs(30), {
            metrics.inflight.get_value() == 0
        });
        done.store(true, Ordering::Release);
        assert!(scraper.join().unwrap() > 0, "pages were scraped meanwhile");
    });
    let page = scrape(&url);
    let all = (GENERATIONS * THREADS * (REQUESTS + 1)) as f64;
    for (name, expected) in [
        ("app_requests_total", all),
        ("app_latency_seconds_count", all),
        (
            "app_latency_seconds_bucket{le=\"0.1\"}",
            all - (GENERATIONS * THREADS) as f64,
        ),
        ("app_inflight", 0.0),
        ("app_queued", 0.0),
    ] {
        assert!(
            (page[name] - expected).abs() < 0.5,
            "{name} is {}, not {expected}",
            page[name]
        );
    }
    server.shutdown();
}
