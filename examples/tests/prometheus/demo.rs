//! Debian's Prometheus scrapes the demo and answers queries about it.

use std::time::Duration;

use crate::server::{Demo, Prometheus, promtool};
use dynamometer_testkit::eventually;

/// Requests that the demo makes; the same ones in every run.
const REQUESTS: u64 = 60;

/// How long the requests and the scrape after them may take.
const PATIENCE: Duration = Duration::from_mins(1);

#[test]
fn prometheus_scrapes_the_demo_and_answers_queries_about_it() {
    let demo = Demo::start(REQUESTS);
    let prometheus = Prometheus::start(&[("demo", &demo.address)]);

    eventually!(
        PATIENCE,
        prometheus.query("sum(demo_requests_total)") == Some(REQUESTS as f64)
    );
    let value = |query| prometheus.query(query);
    assert_eq!(value(r#"demo_requests_total{status="error"}"#), Some(3.0));
    assert_eq!(value("demo_inflight_requests"), Some(0.0));
    assert_eq!(
        value("demo_request_duration_seconds_count"),
        Some(REQUESTS as f64)
    );
    assert_eq!(
        value(r#"demo_request_duration_seconds_bucket{le="+Inf"}"#),
        Some(REQUESTS as f64)
    );
    let median = value("histogram_quantile(0.5, demo_request_duration_seconds_bucket)");
    assert!(
        median.is_some_and(|median| (0.001..0.5).contains(&median)),
        "{median:?}"
    );
    assert_eq!(value(r#"up{job="demo"}"#), Some(1.0));
    let kinds = prometheus.get("/api/v1/metadata?metric=demo_request_duration_seconds");
    assert!(
        kinds.to_string().contains("\"type\":\"histogram\""),
        "{kinds}"
    );
}

#[test]
fn promtool_finds_nothing_to_say_about_the_page() {
    let demo = Demo::start(REQUESTS);
    let page = ureq::get(format!("http://{}/metrics", demo.address))
        .call()
        .expect("the demo answers")
        .into_body()
        .read_to_string()
        .expect("text");
    let (success, said) = promtool(&["check", "metrics"], &page);
    assert!(success && said.is_empty(), "{said}\n{page}");
}

#[test]
fn promtool_does_find_fault_with_a_wrong_page() {
    let (_, said) = promtool(&["check", "metrics"], "# TYPE x_total gauge\nx_total 1\n");
    assert!(!said.is_empty());
}
