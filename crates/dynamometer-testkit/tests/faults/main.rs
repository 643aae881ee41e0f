//! Containers that are wrong on purpose: the kit finds every one of them.
//!
//! Each is the facade's container with one fault, so that nothing else differs.

mod container;
mod extended;
mod family;
mod fault;
mod handle;

use std::sync::Arc;

use dynamometer::Container;
use dynamometer_testkit::{
    Capability, Factory, Outcome, Report, SCENARIOS, ScenarioSet, Subject, run,
};

use crate::container::Faulty;
use crate::extended::FaultyExtended;
use crate::fault::Fault;

fn run_with(fault: Fault) -> Report {
    let scenarios = ScenarioSet::load(SCENARIOS).unwrap_or_else(|error| panic!("{error}"));
    let factory = Factory::new("faulty", Capability::ALL, |prefix| {
        let container = Container::new(prefix);
        Subject::new(Arc::new(Faulty::new(container.clone(), fault)))
            .with_extended(Arc::new(FaultyExtended { container, fault }))
    });
    run(&factory, &scenarios)
}

/// Asserts that the scenario fails, and that what it says holds `text`.
#[track_caller]
fn assert_found(fault: Fault, scenario: &str, text: &str) {
    let report = run_with(fault);
    let found = report.failed().find(|failed| failed.scenario == scenario);
    let found = found.unwrap_or_else(|| panic!("{scenario:?} passes with {fault:?}\n{report}"));
    let Outcome::Failed(failure) = &found.outcome else {
        panic!("{found}");
    };
    assert!(failure.to_string().contains(text), "{found}");
    assert!(
        report.passed().count() > report.failed().count(),
        "one fault must not hide everything else:\n{report}"
    );
}

#[test]
fn without_a_fault_everything_passes() {
    let report = run_with(Fault::None);
    report.assert_passed();
    assert_eq!(report.skipped().count(), 0);
}

#[test]
fn a_lost_increment_is_found() {
    let scenario = "inc adds one and inc_by adds the amount";
    assert_found(
        Fault::LosesEverySecondIncrement,
        scenario,
        "expected: 6\n  found:    1",
    );
}

#[test]
fn an_exclusive_bound_is_found() {
    let scenario = "a value equal to a bound belongs to that bound's bucket";
    assert_found(
        Fault::ExclusiveBounds,
        scenario,
        "found:    [(0.5, 0), (1.0, 1)",
    );
}

#[test]
fn an_observed_nan_is_found() {
    assert_found(Fault::ObservesNan, "NaN is not an observation", "(inf, 7)");
}

#[test]
fn a_gauge_that_refuses_nan_is_found() {
    let scenario = "NaN is kept until the next value is set";
    assert_found(Fault::RefusesNan, scenario, "expected: NaN\n  found:    0");
}

#[test]
fn counts_of_other_threads_that_are_lost_are_found() {
    let scenario = "a counter is the sum over all threads";
    assert_found(
        Fault::ForgetsOtherThreads,
        scenario,
        "expected: 12001\n  found:    1",
    );
}

#[test]
fn a_second_series_of_the_same_labels_is_found() {
    let scenario = "asking twice for a counter gives the same cells";
    assert_found(
        Fault::NewCellsEachTime,
        scenario,
        "expected: 3\n  found:    1",
    );
}

#[test]
fn an_accepted_reserved_label_is_found() {
    let scenario = "label names that the formats use themselves are refused";
    assert_found(
        Fault::AcceptsReservedLabels,
        scenario,
        "expected: reserved_label\n  found:    a handle",
    );
}

#[test]
fn the_wrong_kind_of_error_is_found() {
    let scenario = "no bounds at all are refused";
    assert_found(
        Fault::CallsEverythingInvalidName,
        scenario,
        "found:    invalid_name: ",
    );
}

#[test]
fn a_name_that_is_not_sanitised_the_same_way_is_found() {
    let scenario = "names that differ in case are different";
    assert_found(Fault::LowersNames, scenario, "once the line app_X_total 0");
}

#[test]
fn a_refused_metric_on_the_page_is_found() {
    let scenario = "a refused counter counts all the same and is on no page";
    assert_found(Fault::ServesRefused, scenario, "still 0 series");
}

#[test]
fn a_refused_handle_that_does_not_work_is_found() {
    let scenario = "a refused counter counts all the same and is on no page";
    assert_found(Fault::DeadRefused, scenario, "expected: 3\n  found:    0");
}

#[test]
fn reading_that_changes_the_page_is_found() {
    let scenario = "reading a counter does not change it";
    assert_found(
        Fault::CountsReads,
        scenario,
        "the same page when it is read again",
    );
}

#[test]
fn help_that_is_not_escaped_is_found() {
    let scenario = "backslashes and line feeds in help are escaped and quotes are not";
    assert_found(Fault::UnescapedHelp, scenario, "# HELP app_x");
}

#[test]
fn a_panic_fails_its_scenario_only() {
    let scenario = "an empty label value is a value";
    assert_found(
        Fault::PanicsOnEmptyLabel,
        scenario,
        "found:    a panic: empty label value",
    );
}

#[test]
fn an_accepted_negative_amount_is_found() {
    let scenario = "negative amounts and NaN are dropped";
    assert_found(Fault::AddsNegativeAmounts, scenario, "expected: 4\n");
}

#[test]
fn a_count_that_can_not_fall_is_found() {
    let scenario = "what comes and goes is added up";
    assert_found(Fault::NeverFalls, scenario, "expected: 2\n  found:    5");
}

#[test]
fn an_ignored_unit_is_found() {
    assert_found(
        Fault::IgnoresUnits,
        "the unit is appended to the name",
        "app_latency_seconds",
    );
}

#[test]
fn a_scope_without_its_labels_is_found() {
    let scenario = "a scope puts its prefix and its labels on what is created in it";
    assert_found(Fault::ForgetsScopeLabels, scenario, "port");
}

#[test]
fn values_that_run_into_each_other_are_found() {
    let scenario = "values end where they end";
    assert_found(
        Fault::JoinsLabelValues,
        scenario,
        "expected: 1\n  found:    3",
    );
}

#[test]
fn a_series_that_stays_when_it_is_removed_is_found() {
    let scenario = "a removed series leaves the page and begins again from 0";
    assert_found(Fault::RemovesNothing, scenario, "no app_x_total");
}
