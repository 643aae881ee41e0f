//! The conformance scenarios, against every container of the facade.

use std::sync::Arc;

use dynamometer::{
    BaseComponentMetrics, Container, NoopContainer, PrometheusContainer, RecordingContainer,
};
use dynamometer_testkit::{
    Capability, Factory, Outcome, Report, SCENARIOS, ScenarioSet, Subject, run,
};

fn report(name: &str, capabilities: &[Capability], create: impl Fn(&str) -> Subject) -> Report {
    let scenarios = ScenarioSet::load(SCENARIOS).unwrap_or_else(|error| panic!("{error}"));
    run(&Factory::new(name, capabilities, create), &scenarios)
}

/// Asserts that nothing failed and only what needs one of `lacking` was skipped.
#[track_caller]
fn assert_conforms(report: &Report, lacking: &[Capability]) {
    report.assert_passed();
    for scenario in report.skipped() {
        let Outcome::Skipped(wanted) = &scenario.outcome else {
            continue;
        };
        assert!(
            wanted.iter().all(|wanted| lacking.contains(wanted)),
            "{scenario}"
        );
    }
}

#[test]
fn the_native_container_conforms_in_all_it_can_do() {
    let report = report("Container", Capability::ALL, |prefix| {
        Subject::native(&Container::new(prefix))
    });
    assert_conforms(&report, &[]);
}

#[test]
fn the_prometheus_container_conforms_in_all_it_can_do() {
    let report = report("PrometheusContainer", Capability::ALL, |prefix| {
        let container = PrometheusContainer::new(prefix);
        let native = Container::from(container.clone());
        Subject::new(Arc::new(container)).with_extended(Arc::new(native))
    });
    assert_conforms(&report, &[]);
}

#[test]
#[cfg(feature = "libnv")]
fn the_libnv_container_conforms_in_all_it_can_do() {
    let report = report("LibnvContainer", Capability::ALL, |prefix| {
        let container = dynamometer::LibnvContainer::new("conformance", prefix);
        let native = Container::from(container.clone());
        Subject::new(Arc::new(container)).with_extended(Arc::new(native))
    });
    assert_conforms(&report, &[]);
}

#[test]
fn the_container_of_a_component_conforms_beside_its_base_metrics() {
    // All but WholePage: the base metrics of the component are on its page.
    let capabilities = [
        Capability::FloatCounter,
        Capability::UpDownCounter,
        Capability::Unit,
        Capability::Alias,
        Capability::Family,
        Capability::Info,
        Capability::StateSet,
        Capability::ExponentialHistogram,
        Capability::Scope,
        Capability::SelfMetrics,
        Capability::Messages,
    ];
    let report = report("BaseComponentMetrics", &capabilities, |prefix| {
        let base = BaseComponentMetrics::new_prometheus(prefix);
        Subject::new(Arc::clone(&base.container)).with_extended(Arc::new(base.native().clone()))
    });
    assert_conforms(&report, &[Capability::WholePage]);
}

#[test]
fn the_recording_container_conforms_in_what_the_traits_have() {
    let capabilities = [
        Capability::WholePage,
        Capability::SelfMetrics,
        Capability::Messages,
    ];
    let report = report("RecordingContainer", &capabilities, |prefix| {
        Subject::new(Arc::new(RecordingContainer::new(prefix)))
    });
    let lacking = [
        Capability::FloatCounter,
        Capability::UpDownCounter,
        Capability::Unit,
        Capability::Alias,
        Capability::Family,
        Capability::Info,
        Capability::StateSet,
        Capability::ExponentialHistogram,
        Capability::Scope,
    ];
    assert_conforms(&report, &lacking);
}

#[test]
fn a_container_that_keeps_nothing_does_not_conform() {
    let report = report("NoopContainer", &[Capability::WholePage], |_| {
        Subject::new(Arc::new(NoopContainer))
    });
    let passed: Vec<_> = report.passed().map(|passed| &*passed.scenario).collect();
    assert_eq!(passed, ["a container with nothing in it is an empty page"]);
}
