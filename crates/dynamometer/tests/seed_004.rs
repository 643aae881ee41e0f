//! The vector snippets of the developer guide, with a container for the metrics
//! of an endpoint and of a component.

#![allow(
    clippy::uninlined_format_args,
    clippy::needless_raw_string_hashes,
    reason = "kept as the guide has it"
)]

use dynamometer::{Container, Error, ErrorKind};

#[test]
fn vector_metrics_with_dynamic_labels() -> Result<(), Error> {
    let endpoint = Container::new("dynamo_component").scope("", &[("dynamo_endpoint", "generate")]);
    let component =
        Container::new("dynamo_component").scope("", &[("dynamo_component", "backend")]);

    // Counter with labels
    let requests_by_model = endpoint.create_countervec(
        "requests_by_model",
        "Requests by model type",
        &["model_type", "model_size"],
        &[], // no constant labels
    )?;

    // Increment with specific labels
    requests_by_model.with_label_values(&["llama", "7b"]).inc();
    requests_by_model.with_label_values(&["gpt", "13b"]).inc();

    // Gauge with labels
    let memory_by_gpu = component.create_gaugevec(
        "gpu_memory_bytes",
        "GPU memory usage by device",
        &["gpu_id", "memory_type"],
        &[], // no constant labels
    )?;

    memory_by_gpu
        .with_label_values(&["0", "allocated"])
        .set(8192.0);
    memory_by_gpu
        .with_label_values(&["0", "cached"])
        .set(4096.0);

    assert_eq!(
        endpoint.export_prometheus(),
        r#"# HELP dynamo_component_requests_by_model Requests by model type
# TYPE dynamo_component_requests_by_model counter
dynamo_component_requests_by_model{dynamo_endpoint="generate",model_size="7b",model_type="llama"} 1
dynamo_component_requests_by_model{dynamo_endpoint="generate",model_size="13b",model_type="gpt"} 1
"#
    );
    assert_eq!(
        component.export_prometheus(),
        r#"# HELP dynamo_component_gpu_memory_bytes GPU memory usage by device
# TYPE dynamo_component_gpu_memory_bytes gauge
dynamo_component_gpu_memory_bytes{dynamo_component="backend",gpu_id="0",memory_type="allocated"} 8192
dynamo_component_gpu_memory_bytes{dynamo_component="backend",gpu_id="0",memory_type="cached"} 4096
"#
    );
    Ok(())
}

#[test]
fn vector_metrics_with_constant_labels() -> Result<(), Error> {
    let endpoint = Container::new("dynamo_component").scope("", &[("dynamo_endpoint", "ep")]);

    // Create a counter vector for dynamic labeling
    let counter_vec = endpoint.create_countervec(
        "responses",
        "HTTP responses",
        &["status_code", "method"],
        &[("service", "api")],
    )?;

    // Use with dynamic labels
    counter_vec.with_label_values(&["200", "GET"]).inc();
    counter_vec.with_label_values(&["404", "POST"]).inc();

    let page = endpoint.export_prometheus();
    for line in [
        r#"dynamo_component_responses{dynamo_endpoint="ep",method="GET",service="api",status_code="200"} 1"#,
        r#"dynamo_component_responses{dynamo_endpoint="ep",method="POST",service="api",status_code="404"} 1"#,
    ] {
        assert!(
            page.lines().any(|written| written == line),
            "{line} is missing in\n{page}"
        );
    }
    Ok(())
}

#[test]
fn whole_numbers_have_the_same_counters_and_gauges() -> Result<(), Error> {
    let endpoint = Container::new("app");
    let tokens = endpoint.create_intcountervec("tokens", "Tokens.", &["kind"], &[("v", "1")])?;
    tokens.with_label_values(&["input"]).inc_by(u64::MAX);
    let workers = endpoint.create_intgaugevec("workers", "Workers.", &["model"], &[("v", "1")])?;
    workers.with_label_values(&["llama"]).set(-3.0);
    let page = endpoint.export_prometheus();
    assert!(
        page.contains("app_tokens{kind=\"input\",v=\"1\"} 18446744073709551615\n"),
        "{page}"
    );
    assert!(
        page.contains("app_workers{model=\"llama\",v=\"1\"} -3\n"),
        "{page}"
    );
    Ok(())
}

#[test]
fn a_vector_that_can_not_be_is_a_typed_error() {
    let endpoint = Container::new("app");
    let refused = |names: &[&str], labels: &[(&str, &str)]| {
        let made = endpoint.create_countervec("x", "", names, labels);
        made.err().map(|error| error.kind())
    };
    assert_eq!(refused(&["a", "a"], &[]), Some(ErrorKind::DuplicateLabel));
    assert_eq!(
        refused(&["a"], &[("a", "1")]),
        Some(ErrorKind::DuplicateLabel)
    );
    assert_eq!(refused(&["le"], &[]), Some(ErrorKind::ReservedLabel));
    assert_eq!(refused(&["a"], &[]), None);
    let gauges = [
        endpoint.create_gaugevec("x", "", &["a"], &[]),
        endpoint.create_intgaugevec("x", "", &["a"], &[]),
    ];
    for gauge in gauges {
        assert_eq!(
            gauge.err().map(|error| error.kind()),
            Some(ErrorKind::KindMismatch)
        );
    }
    let same = endpoint.create_intcountervec("x", "", &["b"], &[]);
    assert_eq!(
        same.err().map(|error| error.kind()),
        Some(ErrorKind::LabelsMismatch)
    );
}
