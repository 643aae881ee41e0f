//! The sanitisers: their vectors, which every language reads, and what holds for
//! any text at all.

use dynamometer::{
    Error, build_component_metric_name, sanitize_prometheus_label, sanitize_prometheus_name,
};
use dynamometer_testkit::{Expected, SCENARIOS, Sanitiser, load_vectors};
use proptest::prelude::*;

fn apply(function: Sanitiser, input: &str) -> Result<String, Error> {
    match function {
        Sanitiser::Name => sanitize_prometheus_name(input),
        Sanitiser::Label => sanitize_prometheus_label(input),
        Sanitiser::ComponentMetricName => build_component_metric_name(input),
        other => panic!("{other:?} is not known here"),
    }
}

/// `[a-zA-Z_:][a-zA-Z0-9_:]*`, by
/// <https://prometheus.io/docs/concepts/data_model/#metric-names-and-labels>.
fn is_metric_name(name: &str) -> bool {
    let is_first = |char: char| char.is_ascii_alphabetic() || char == '_' || char == ':';
    name.starts_with(is_first) && name.chars().all(|c| is_first(c) || c.is_ascii_digit())
}

/// `[a-zA-Z_][a-zA-Z0-9_]*`, and not one that Prometheus keeps for itself.
fn is_label_name(name: &str) -> bool {
    is_metric_name(name) && !name.contains(':') && !name.starts_with("__")
}

#[test]
fn every_vector_holds() {
    let vectors = load_vectors(SCENARIOS).unwrap_or_else(|error| panic!("{error}"));
    for vector in &vectors {
        let found = match apply(vector.function, &vector.input) {
            Ok(output) => Expected::Output(output),
            Err(error) => Expected::Error(error.kind()),
        };
        assert_eq!(found, vector.expected, "{vector:?}");
    }
    for function in [
        Sanitiser::Name,
        Sanitiser::Label,
        Sanitiser::ComponentMetricName,
    ] {
        let of_function = vectors.iter().filter(|vector| vector.function == function);
        assert!(of_function.count() > 10, "{function:?} has few vectors");
    }
}

/// Any text, and texts of the few characters that the rules speak of.
fn texts() -> impl Strategy<Value = String> {
    prop_oneof![any::<String>(), "[_:@0-9a-c é]{0,8}", "_{0,6}[0-9a]?_{0,3}"]
}

proptest! {
    #[test]
    fn any_text_becomes_a_metric_name_or_an_error(text in texts()) {
        match sanitize_prometheus_name(&text) {
            Ok(name) => prop_assert!(is_metric_name(&name), "{name:?}"),
            Err(_) => prop_assert!(!text.contains(|c: char| c.is_ascii_alphanumeric() || c == ':')),
        }
    }

    #[test]
    fn any_text_becomes_a_label_name_or_an_error(text in texts()) {
        match sanitize_prometheus_label(&text) {
            Ok(name) => prop_assert!(is_label_name(&name), "{name:?}"),
            Err(_) => prop_assert!(!text.contains(|c: char| c.is_ascii_alphanumeric())),
        }
    }

    #[test]
    fn a_name_that_is_clean_stays_as_it_is(text in texts()) {
        if let Ok(name) = sanitize_prometheus_name(&text) {
            prop_assert_eq!(sanitize_prometheus_name(&name), Ok(name.clone()));
        }
        if let Ok(label) = sanitize_prometheus_label(&text) {
            prop_assert_eq!(sanitize_prometheus_label(&label), Ok(label.clone()));
        }
        if is_metric_name(&text) && text.contains(|c: char| c != '_') {
            prop_assert_eq!(sanitize_prometheus_name(&text), Ok(text.clone()));
        }
    }

    #[test]
    fn a_component_metric_is_its_prefix_and_the_clean_name(text in texts()) {
        let expected = sanitize_prometheus_name(&text).map(|name| format!("dynamo_component_{name}"));
        prop_assert_eq!(build_component_metric_name(&text), expected);
    }
}
