//! Debian's Prometheus scrapes every format, and finds the same in each.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::time::Duration;

use dynamometer::Container;
use dynamometer_status::StatusServer;
use dynamometer_testkit::eventually;
use serde_json::Value;

use crate::server::Prometheus;

/// How long scrapes may take to be seen.
const PATIENCE: Duration = Duration::from_mins(1);

const FORMATS: [&str; 3] = ["text", "openmetrics", "protobuf"];

/// A series without what says how it was scraped, and its value as Prometheus has it.
type Series = BTreeMap<String, String>;

fn record_every_kind(container: &Container) {
    let labels = [("path", "a\\b \"c\"\nd,e=}"), ("model", "größe 🙂")];
    let counter = container
        .counter("requests_total")
        .labels(&labels)
        .exemplars()
        .build();
    counter.inc_by_with_exemplar(7, &[("trace_id", "abc")]);
    container.counter("unsuffixed").build().inc_by(1 << 53);
    container
        .float_counter("busy_seconds_total")
        .build()
        .inc_by(0.1 + 0.2);
    container.up_down_counter("inflight").build().dec();
    for (name, value) in [
        ("negative_infinity", f64::NEG_INFINITY),
        ("smallest", f64::MIN_POSITIVE),
        ("largest", f64::MAX),
        ("tenth", 0.1),
    ] {
        container.gauge(name).build().set(value);
    }
    let latency = container
        .histogram("latency_seconds")
        .help("Time \\ \"taken\"\nto answer.")
        .buckets(&[0.001, 0.25, 1.0, 10.0, 1e6])
        .exemplars()
        .build();
    for value in [0.0005, 0.3, 7.0, 1e9] {
        latency.observe_with_exemplar(value, &[("trace_id", "def")]);
    }
    let fall = container
        .histogram("change")
        .buckets(&[-1.0, 0.0, 1.0])
        .build();
    fall.observe(-5.0);
    container.gauge("clash").build().set(1.0);
    container.counter("clash_total").build().inc();
    container
        .info("build")
        .labels(&[("version", "1.2")])
        .build();
    let states = container
        .state_set("connection", &["open", "closed"])
        .build();
    states.set_only("open");
}

fn jobs(address: &str) -> String {
    let mut jobs = String::new();
    for format in FORMATS {
        let params = format!("params: {{format: [{format}]}}");
        let targets = format!("static_configs: [{{targets: ['{address}']}}]");
        writeln!(jobs, "- {{job_name: {format}, {params}, {targets}}}")
            .expect("a string takes all");
    }
    jobs
}

/// What one job holds of the application's own metrics.
fn series(prometheus: &Prometheus, job: &str) -> Series {
    let results = prometheus.query_all(&format!(r#"{{job="{job}",__name__=~"app_.*"}}"#));
    let one = |result: Value| {
        let mut labels: BTreeMap<String, String> =
            serde_json::from_value(result["metric"].clone()).expect("labels are texts");
        labels.retain(|name, _| !matches!(name.as_str(), "job" | "instance"));
        (format!("{labels:?}"), result["value"][1].to_string())
    };
    results.into_iter().map(one).collect()
}

#[test]
fn prometheus_finds_the_same_series_with_the_same_values_in_every_format() {
    let container = Container::new("app");
    record_every_kind(&container);
    let server = StatusServer::builder()
        .container(container)
        .host("127.0.0.1")
        .port(0);
    let server = server.start().expect("a free port");
    let address = server.addr().expect("it listens").to_string();
    let prometheus = Prometheus::start_with(&jobs(&address), &[]);
    eventually!(
        PATIENCE,
        FORMATS
            .iter()
            .all(|job| { prometheus.query(&format!("up{{job=\"{job}\"}}")) == Some(1.0) })
    );
    let [text, openmetrics, protobuf] = FORMATS.map(|job| series(&prometheus, job));
    assert_eq!(text.len(), 27, "{text:#?}");
    assert_eq!(text, openmetrics);
    assert_eq!(text, protobuf);
    // Each was what it was asked to be.
    let kinds = |job: &str| {
        let path = format!("/api/v1/targets/metadata?match_target=%7Bjob=%22{job}%22%7D");
        let entries = prometheus.get(&path)["data"]
            .as_array()
            .cloned()
            .unwrap_or_default();
        let kind = |metric: &str| {
            let entry = entries.iter().find(|entry| entry["metric"] == metric)?;
            Some(entry["type"].as_str()?.to_owned())
        };
        [
            kind("app_build_info"),
            kind("app_build"),
            kind("app_connection"),
            kind("app_unsuffixed"),
        ]
    };
    let some = |kind: &str| Some(kind.to_owned());
    assert_eq!(
        kinds("text"),
        [some("gauge"), None, some("gauge"), some("counter")]
    );
    assert_eq!(
        kinds("openmetrics"),
        [None, some("info"), some("stateset"), some("unknown")]
    );
    assert_eq!(
        kinds("protobuf"),
        [some("gauge"), None, some("gauge"), some("counter")]
    );
}

#[test]
fn prometheus_reads_exponential_buckets_from_protobuf_as_a_native_histogram() {
    let container = Container::new("app");
    let latency = container.exponential_histogram("latency_seconds").build();
    for millis in 1..=1000 {
        latency.observe(f64::from(millis) / 1000.0);
    }
    container.exponential_histogram("empty_seconds").build();
    let server = StatusServer::builder()
        .container(container)
        .host("127.0.0.1")
        .port(0);
    let server = server.start().expect("a free port");
    let address = server.addr().expect("it listens").to_string();
    // With this feature Prometheus asks for protobuf by itself.
    let jobs = format!("- {{job_name: native, static_configs: [{{targets: ['{address}']}}]}}\n");
    let prometheus = Prometheus::start_with(&jobs, &["--enable-feature=native-histograms"]);
    eventually!(
        PATIENCE,
        prometheus.query("histogram_count(app_latency_seconds)") == Some(1000.0)
    );
    let sum = prometheus.query("histogram_sum(app_latency_seconds)");
    assert!(sum.is_some_and(|sum| (sum - 500.5).abs() < 1e-6), "{sum:?}");
    for quantile in [0.1, 0.5, 0.99] {
        let query = format!("histogram_quantile({quantile}, app_latency_seconds)");
        let found = prometheus.query(&query).expect("there are buckets");
        assert!((found / quantile - 1.0).abs() < 0.05, "{quantile}: {found}");
    }
    assert_eq!(
        prometheus.query("histogram_count(app_empty_seconds)"),
        Some(0.0)
    );
}
