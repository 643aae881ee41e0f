//! What the code registers by itself is what the catalogue says.

use dynamometer::catalogue::{self, ALL};
use dynamometer::{BaseComponentMetrics, Container, Snapshot, self_metrics};

/// Fails for each family that the catalogue lacks or describes otherwise.
fn assert_catalogued(snapshot: &Snapshot, prefix: &str) -> Vec<&'static str> {
    let names = snapshot.families().iter().map(|family| {
        let desc = family.desc();
        let name = desc.name().strip_prefix(prefix).unwrap_or(desc.name());
        let metric = catalogue::find(name).unwrap_or_else(|| panic!("{name} is not catalogued"));
        assert_eq!(desc.kind(), metric.kind, "{name}");
        assert_eq!(desc.help_text(), metric.help, "{name}");
        let labels = family.samples().flat_map(|sample| sample.labels.iter());
        for (label, _) in labels {
            assert!(
                metric.labels.contains(&label),
                "{name} has no label {label}"
            );
        }
        metric.name
    });
    names.collect()
}

/// Fails unless the families are those of the groups, no more and no fewer.
fn assert_are_groups(snapshot: &Snapshot, prefix: &str, groups: &[&str]) {
    let mut registered = assert_catalogued(snapshot, prefix);
    let listed = ALL.iter().filter(|metric| groups.contains(&metric.group));
    let mut listed: Vec<_> = listed.map(|metric| metric.name).collect();
    registered.sort_unstable();
    listed.sort_unstable();
    assert_eq!(registered, listed);
}

#[test]
fn the_base_metrics_of_a_component_are_those_of_the_catalogue() {
    let base = BaseComponentMetrics::over(Container::new("app"));
    let groups: &[&str] = if cfg!(target_os = "linux") {
        &["base", "process"]
    } else {
        &["base"]
    };
    assert_are_groups(&base.container.get_metrics(), "app_", groups);
}

#[test]
#[cfg(target_os = "linux")]
fn the_process_metrics_are_those_of_the_catalogue() {
    let container = Container::new("app");
    let _ = dynamometer::ProcessCollector::new(&container);
    assert_are_groups(&container.get_metrics(), "", &["process"]);
}

#[test]
#[cfg(feature = "tokio")]
fn the_metrics_of_a_runtime_are_those_of_the_catalogue() {
    let runtime = tokio::runtime::Builder::new_current_thread().build();
    let container = Container::new("app");
    let _ = dynamometer::TokioCollector::new(&container, runtime.unwrap().handle());
    assert_are_groups(&container.get_metrics(), "", &["tokio"]);
}

#[test]
fn the_librarys_own_metrics_are_in_the_catalogue() {
    let registered = assert_catalogued(&self_metrics().get_metrics(), "");
    assert!(registered.contains(&catalogue::self_metrics::REGISTRATION_ERRORS_TOTAL));
}

#[test]
fn names_are_listed_once_and_found() {
    let mut names: Vec<_> = ALL.iter().map(|metric| metric.name).collect();
    let count = names.len();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), count);
    assert!(names.iter().all(|name| catalogue::find(name).is_some()));
    assert_eq!(catalogue::find("no_such_metric"), None);
}

#[test]
fn buckets_of_the_catalogue_make_a_histogram() {
    let container = Container::new("");
    for metric in ALL.iter().filter(|metric| !metric.buckets.is_empty()) {
        let histogram = container.histogram(metric.name).buckets(metric.buckets);
        assert!(histogram.try_build().is_ok(), "{}", metric.name);
    }
}
