//! Collectors of a container: called before each snapshot, and free to fail.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Weak};

use dynamometer::{Collector, Container, Counter};

use crate::page::{count, self_metric, series};

/// Runs a closure.
struct Calls<F>(F);

impl<F: Fn() + Send + Sync> Collector for Calls<F> {
    fn collect(&self) {
        (self.0)();
    }
}

#[test]
fn a_collector_is_called_once_before_each_snapshot_of_any_scope() {
    let container = Container::new("app");
    let counter = container.counter("calls_total").build();
    container.add_collector(Calls(move || counter.inc()));
    let scope = container.scope("deep", &[("a", "1")]);
    for call in 1..=3 {
        assert_eq!(
            count(&container.get_metrics(), "app_calls_total", &[]),
            Some(call * 2 - 1)
        );
        assert!(
            scope
                .export_prometheus()
                .contains(&format!("app_calls_total {}\n", call * 2))
        );
    }
}

// The only collector of this program that panics.
#[test]
fn a_collector_that_panics_is_counted_and_takes_nobody_else_down() {
    let panics = || {
        self_metric(
            "dynamometer_dropped_samples_total",
            ("reason", "collector_panic"),
        )
    };
    let container = Container::new("app");
    let counter = |name: &str| -> Counter { container.counter(name).build() };
    let (first, last) = (counter("first_total"), counter("last_total"));
    container.add_collector(Calls(move || first.inc()));
    container.add_collector(Calls(|| panic!("on purpose")));
    container.add_collector(Calls(move || last.inc()));
    let before = panics();
    for call in 1..=2 {
        let snapshot = container.get_metrics();
        assert_eq!(count(&snapshot, "app_first_total", &[]), Some(call));
        assert_eq!(count(&snapshot, "app_last_total", &[]), Some(call));
        assert_eq!(panics(), before + call);
    }
}

#[test]
fn a_collector_may_register_look_up_and_remove() {
    let container = Container::new("app");
    let inside = container.clone();
    let calls = AtomicU64::new(0);
    container.add_collector(Calls(move || {
        let call = calls.fetch_add(1, Ordering::Relaxed);
        inside.counter("calls_total").build().inc();
        let family = inside.gauge("last").vec(&["call"]);
        family.clear();
        family.with_label_values(&[call.to_string()]).set(1.0);
        let owned = inside.owned_scope("gone", &[]);
        owned.counter("x_total").build().inc();
    }));
    for call in 0..3_u64 {
        let snapshot = container.get_metrics();
        assert_eq!(count(&snapshot, "app_calls_total", &[]), Some(call + 1));
        assert!(
            snapshot
                .value("app_last", &[("call", &call.to_string())])
                .is_some()
        );
        assert_eq!(
            snapshot.family("app_last").map(dynamometer::Family::len),
            Some(1)
        );
        assert_eq!(snapshot.series(), 2);
    }
}

#[test]
fn a_collector_may_add_another_that_is_called_from_then_on() {
    let container = Container::new("app");
    let (inside, added) = (container.clone(), AtomicU64::new(0));
    container.add_collector(Calls(move || {
        if added.fetch_add(1, Ordering::Relaxed) == 0 {
            let counter = inside.counter("second_total").build();
            inside.add_collector(Calls(move || counter.inc()));
        }
    }));
    let _ = container.get_metrics();
    let _ = container.get_metrics();
    assert_eq!(
        count(&container.get_metrics(), "app_second_total", &[]),
        Some(2)
    );
}

#[test]
fn a_collector_that_holds_no_container_goes_with_it() {
    let alive = Arc::new(());
    let weak: Weak<()> = Arc::downgrade(&alive);
    let container = Container::new("app");
    let scope = container.scope("x", &[]);
    container.add_collector(Calls(move || _ = &alive));
    drop(container);
    assert_eq!(series(&scope, "app_x"), 0);
    assert!(weak.upgrade().is_some(), "a scope is the container");
    drop(scope);
    assert!(weak.upgrade().is_none());
}
