//! Scenario files that are wrong: each is refused with its place.

use std::fs;

use dynamometer_testkit::{SCENARIOS, ScenarioSet, load_vectors};

/// Loads a folder with one file, and returns the error.
fn refusal(text: &str) -> String {
    let folder = tempfile::tempdir().expect("a folder can be made");
    fs::write(folder.path().join("area.json"), text).expect("and written to");
    let error = ScenarioSet::load(folder.path()).expect_err("this must be refused");
    error.to_string()
}

/// A file of one scenario with these steps.
fn with_steps(steps: &str) -> String {
    format!(
        r#"{{"title": "t", "scenarios": [{{"name": "n", "prefix": "p", "steps": [{steps}]}}]}}"#
    )
}

#[track_caller]
fn assert_refused(text: &str, parts: &[&str]) {
    let error = refusal(text);
    for part in [&["area.json: "], parts].concat() {
        assert!(error.contains(part), "{part:?} is missing in: {error}");
    }
}

const EXPECT: &str = r#"{"expect_absent": {"name": "x"}}"#;

#[test]
fn the_projects_own_scenarios_load() {
    let set = ScenarioSet::load(SCENARIOS).unwrap_or_else(|error| panic!("{error}"));
    assert!(set.len() > 100, "{} scenarios", set.len());
    let vectors = load_vectors(SCENARIOS).unwrap_or_else(|error| panic!("{error}"));
    assert!(vectors.len() > 50, "{} vectors", vectors.len());
}

#[test]
fn a_folder_that_is_not_there_or_empty_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let empty = ScenarioSet::load(folder.path()).unwrap_err();
    assert!(
        empty
            .to_string()
            .ends_with("there is no scenario in this folder"),
        "{empty}"
    );
    assert_eq!(empty.path(), folder.path());
    assert!(ScenarioSet::load(folder.path().join("missing")).is_err());
}

#[test]
fn broken_json_is_refused_with_line_and_column() {
    assert_refused(
        "{\"title\": \"t\",\n \"scenarios\": [}",
        &["line 2 column 16"],
    );
}

#[test]
fn an_unknown_field_of_a_scenario_is_refused_with_line_and_column() {
    let text = "{\"title\": \"t\", \"scenarios\": [\n{\"nmae\": \"n\"}]}";
    assert_refused(text, &["unknown field `nmae`", "line 2 column 7"]);
}

#[test]
fn an_unknown_step_is_refused_with_its_number() {
    let text = with_steps(&format!(r#"{EXPECT}, {{"incc": "c"}}"#));
    assert_refused(
        &text,
        &["scenario \"n\": step 2: unknown step [\"incc\"]", "inc_by"],
    );
}

#[test]
fn a_step_that_does_two_things_is_refused() {
    let text = with_steps(r#"{"inc": "c", "inc_by": ["c", 2]}"#);
    assert_refused(&text, &["step 1: "]);
    let text = with_steps(r#"{"expect_value": ["c", 1], "expect_value": ["c", 2]}"#);
    assert_refused(&text, &["step 1: "]);
}

#[test]
fn an_unknown_field_of_a_step_is_refused() {
    let text = with_steps(r#"{"create": "counter", "name": "c", "hlep": "x"}"#);
    assert_refused(&text, &["step 1: unknown field `hlep`"]);
    let text = with_steps(r#"{"expect_absent": {"name": "x", "value": 1}}"#);
    assert_refused(&text, &["step 1: unknown field `value`"]);
}

#[test]
fn unknown_words_are_refused() {
    let step = |step: &str| with_steps(step);
    let kind = step(r#"{"create": "summary", "name": "s"}"#);
    assert_refused(&kind, &["unknown variant `summary`"]);
    let error = step(r#"{"create": "counter", "name": "c", "error": "oops"}"#);
    assert_refused(&error, &["unknown error kind \"oops\""]);
    let unit = step(r#"{"create": "gauge", "name": "g", "unit": "minutes"}"#);
    assert_refused(&unit, &["unknown unit \"minutes\""]);
    let number = step(r#"{"set": ["g", "Infinity"]}"#);
    assert_refused(&number, &["\"Infinity\"", "\"+Inf\""]);
    let capability = format!(
        r#"{{"title": "t", "scenarios": [{{"name": "n", "requires": ["magic"], "prefix": "", "steps": [{EXPECT}]}}]}}"#
    );
    assert_refused(&capability, &["unknown capability \"magic\""]);
}

#[test]
fn what_makes_no_sense_is_refused() {
    let buckets = with_steps(r#"{"create": "counter", "name": "c", "buckets": [1]}"#);
    assert_refused(&buckets, &["only a histogram has buckets"]);
    let limit = with_steps(r#"{"create": "counter", "name": "c", "limit": 1}"#);
    assert_refused(&limit, &["only a family"]);
    let states = with_steps(r#"{"create": "state_set", "name": "s"}"#);
    assert_refused(&states, &["a state set has states"]);
    let layout = with_steps(r#"{"create": "histogram", "name": "h", "layout": {}}"#);
    assert_refused(&layout, &["only an exponential histogram"]);
    let existing = with_steps(r#"{"create": "counter", "name": "c", "existing": true}"#);
    assert_refused(&existing, &["`existing`"]);
    let neither = with_steps(r#"{"expect_series": {"name": "x"}}"#);
    assert_refused(&neither, &["either `value` or `histogram`"]);
}

#[test]
fn threads_that_expect_something_are_refused() {
    let text = with_steps(&format!(
        r#"{{"on_threads": 2, "steps": [{{"inc": "c"}}, {EXPECT}]}}"#
    ));
    assert_refused(
        &text,
        &[
            "step 1: threads only record, look up and create",
            "expect_absent",
        ],
    );
}

#[test]
fn a_scenario_that_expects_nothing_is_refused() {
    let text = with_steps(r#"{"create": "counter", "name": "c"}"#);
    assert_refused(&text, &["scenario \"n\": expects nothing"]);
}

#[test]
fn a_capability_that_is_used_and_not_required_is_refused() {
    let text = with_steps(r#"{"expect_text": []}"#);
    assert_refused(&text, &["`requires` is []", "need [\"whole_page\"]"]);
}

#[test]
fn two_scenarios_of_one_name_are_refused() {
    let scenario = format!(r#"{{"name": "n", "prefix": "", "steps": [{EXPECT}]}}"#);
    let text = format!(r#"{{"title": "t", "scenarios": [{scenario}, {scenario}]}}"#);
    assert_refused(&text, &["two scenarios are called \"n\""]);
}
