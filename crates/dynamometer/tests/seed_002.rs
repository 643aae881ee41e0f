//! The example of the component metrics proposal, unchanged but for the derive.

#![allow(
    missing_docs,
    missing_debug_implementations,
    reason = "kept as the proposal has it"
)]
#![allow(clippy::uninlined_format_args, reason = "kept as the proposal has it")]
#![allow(clippy::doc_markdown, reason = "kept as the proposal has it")]

use dynamometer::{BaseComponentMetrics, MetricCounter, MetricGauge, Metrics};

#[derive(Metrics)]
pub struct DynamoHTTPMetrics {
    // BaseComponentMetrics, MetricCounter, MetricGauge are part of the framework
    pub base: BaseComponentMetrics,
    pub http_requests_count: Box<dyn MetricCounter>,
    pub http_requests_ms: Box<dyn MetricGauge>,
}

impl DynamoHTTPMetrics {
    /// Create a new DynamoHTTPMetrics instance using the parent's new_prometheus
    pub fn new(prefix: &str) -> Self {
        let base = BaseComponentMetrics::new_prometheus(prefix);
        let request_counter = base.container.create_counter(
            "requests_total",
            "Total number of requests",
            &[("service", "api"), ("version", "v1")],
        );

        let response_time_gauge = base.container.create_gauge(
            "response_time_seconds",
            "Response time in seconds",
            &[("service", "api"), ("version", "v1")],
        );

        DynamoHTTPMetrics {
            base,
            http_requests_count: request_counter,
            http_requests_ms: response_time_gauge,
        }
    }
}

#[test]
fn test_component_metrics_struct() {
    println!("=== Testing ServiceMetrics Struct with Prometheus Backend ===");

    // Create a new ServiceMetrics instance
    let metrics = DynamoHTTPMetrics::new("MyHTTP");

    println!("Created ServiceMetrics with Prometheus backend");
    println!("Initial metrics:");
    metrics.print_metrics();

    // Simulate some API requests using direct access to public fields
    println!("\n--- Simulating API Requests (Direct Access) ---");

    // Record individual requests directly
    metrics.http_requests_count.inc(); // Request 1

    // Record batch of requests directly
    metrics.http_requests_count.inc_by(5); // 5 more requests

    // Set response times directly
    metrics.http_requests_ms.set(0.15); // 150ms
    metrics.http_requests_ms.inc(0.05); // Add 50ms

    println!("\nFinal metrics after simulation:");
    metrics.print_metrics();

    // Export to Prometheus format (for HTTP service)
    println!("\n--- Prometheus Format Export ---");
    let prometheus_output = metrics.base.container.export_prometheus();
    println!("{}", prometheus_output);

    assert_eq!(metrics.base.backends(), [dynamometer::Backend::Prometheus]);

    // The expected output that the proposal shows, with the prefix it passes.
    for line in [
        "# HELP MyHTTP_requests_total Total number of requests",
        "# TYPE MyHTTP_requests_total counter",
        r#"MyHTTP_requests_total{service="api",version="v1"} 6"#,
        "# HELP MyHTTP_response_time_seconds Response time in seconds",
        "# TYPE MyHTTP_response_time_seconds gauge",
        r#"MyHTTP_response_time_seconds{service="api",version="v1"} 0.2"#,
    ] {
        assert!(
            prometheus_output.lines().any(|written| written == line),
            "{line} is missing"
        );
    }
}
