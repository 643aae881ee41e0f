//! Attaching and removing sources.

use std::sync::{Arc, Weak};
use std::time::Duration;

use dynamometer::{Clock, Container, ErrorKind, Snapshot, SourceError};

use crate::page::{PATIENCE, counted, duration, gauge, up, value};

#[test]
fn families_of_a_source_stand_on_the_page_of_every_scope_as_they_are() {
    let container = Container::new("app");
    let scope = container.scope("deep", &[("model", "small")]);
    scope
        .source("attach_as_they_are", || vec![gauge("queue", "a", 3.0)])
        .timeout(PATIENCE)
        .attach();
    container.gauge("own").build().set(1.0);
    for page in [container.get_metrics(), scope.get_metrics()] {
        assert_eq!(value(&page, "queue", "a"), Some(3.0));
        assert_eq!(page.series(), 2);
    }
    let text = container.export_prometheus();
    assert!(
        text.contains("# TYPE queue gauge\nqueue{from=\"a\"} 3\n"),
        "{text}"
    );
}

#[test]
fn labels_of_a_source_are_added_to_its_series() {
    let container = Container::new("app");
    let read = || vec![gauge("queue", "a", 3.0)];
    let source = container.source("attach_labels", read);
    source
        .label("host", "h1")
        .labels(&[("rack-no", "7")])
        .timeout(PATIENCE)
        .attach();
    let page = container.get_metrics();
    let labels = [("from", "a"), ("host", "h1"), ("rack_no", "7")];
    assert!(page.value("queue", &labels).is_some(), "{page:?}");
}

#[test]
fn a_series_that_has_an_added_label_already_is_left_out() {
    let container = Container::new("app");
    let read = || vec![gauge("queue", "a", 3.0)];
    container
        .source("attach_clash", read)
        .label("from", "me")
        .timeout(PATIENCE)
        .attach();
    assert_eq!(container.get_metrics().series(), 0);
    assert_eq!(up("attach_clash"), Some(1.0));
}

#[test]
fn a_source_needs_a_name_of_its_own_in_the_process() {
    let (one, other) = (Container::new("one"), Container::new("other"));
    let read = Vec::new;
    let kind = |container: &Container, name| {
        let attached = container.source(name, read).try_attach();
        attached.map_err(|error| error.kind())
    };
    assert_eq!(kind(&one, ""), Err(ErrorKind::InvalidName));
    assert_eq!(kind(&one, "attach_unique"), Ok(()));
    assert_eq!(kind(&other, "attach_unique"), Err(ErrorKind::SourceInUse));
    assert!(!other.remove_source("attach_unique"), "it is not there");
    drop(one);
    assert_eq!(kind(&other, "attach_unique"), Ok(()));
}

#[test]
fn wrong_labels_of_a_source_are_refused_and_leave_its_name_free() {
    let container = Container::new("app");
    let read = Vec::new;
    let refused = |label| {
        let source = container.source("attach_refused", read).labels(label);
        source.try_owned().unwrap_err().kind()
    };
    assert_eq!(refused(&[("__a", "")]), ErrorKind::ReservedLabel);
    assert_eq!(refused(&[("a", ""), ("a", "")]), ErrorKind::DuplicateLabel);
    assert_eq!(refused(&[("", "")]), ErrorKind::InvalidLabel);
    assert!(
        container
            .source("attach_refused", read)
            .try_attach()
            .is_ok()
    );
}

#[test]
fn a_source_that_can_not_be_attached_is_counted() {
    let container = Container::new("app");
    let before = counted("dynamometer_registration_errors_total", "source_in_use");
    let _first = container
        .source("attach_counted", Vec::new)
        .timeout(PATIENCE)
        .owned();
    container
        .source("attach_counted", || vec![gauge("a", "a", 1.0)])
        .timeout(PATIENCE)
        .attach();
    let refused = container
        .source("attach_counted", Vec::new)
        .timeout(PATIENCE)
        .owned();
    drop(refused);
    let after = counted("dynamometer_registration_errors_total", "source_in_use");
    assert!(after >= before + 2.0);
    let _ = container.get_metrics();
    assert_eq!(
        up("attach_counted"),
        Some(1.0),
        "the first one is still there"
    );
}

#[test]
fn a_removed_source_leaves_the_page_and_its_self_metrics() {
    let container = Container::new("app");
    let read = || vec![gauge("queue", "a", 3.0)];
    container
        .source("attach_removed", read)
        .timeout(PATIENCE)
        .attach();
    let _ = container.get_metrics();
    assert_eq!(up("attach_removed"), Some(1.0));
    assert!(duration("attach_removed").is_some());
    assert!(container.scope("deep", &[]).remove_source("attach_removed"));
    assert_eq!(container.get_metrics().series(), 0);
    assert_eq!(
        (up("attach_removed"), duration("attach_removed")),
        (None, None)
    );
    assert!(!container.remove_source("attach_removed"));
    container
        .source("attach_removed", read)
        .timeout(PATIENCE)
        .attach();
    assert_eq!(container.get_metrics().series(), 1);
}

#[test]
fn a_source_goes_with_who_owns_it() {
    let container = Container::new("app");
    let read = || vec![gauge("queue", "a", 3.0)];
    let owned = container
        .source("attach_owned", read)
        .timeout(PATIENCE)
        .owned();
    assert_eq!(container.get_metrics().series(), 1);
    drop(owned);
    assert_eq!(container.get_metrics().series(), 0);
    assert_eq!(up("attach_owned"), None);
}

#[test]
fn a_source_goes_with_the_owned_scope_around_it() {
    let container = Container::new("app");
    let read = || vec![gauge("queue", "a", 3.0)];
    let outer = container.owned_scope("outer", &[]);
    let inner = outer.owned_scope("inner", &[]);
    let late = inner.scope("late", &[]);
    outer
        .source("attach_outer", read)
        .timeout(PATIENCE)
        .attach();
    inner
        .scope("deep", &[])
        .source("attach_inner", Vec::new)
        .timeout(PATIENCE)
        .attach();
    drop(inner);
    assert_eq!((up("attach_inner"), up("attach_outer")), (None, Some(0.0)));
    late.source("attach_late", || vec![gauge("late", "a", 1.0)])
        .timeout(PATIENCE)
        .attach();
    assert_eq!(up("attach_late"), None, "nobody would remove it later");
    assert_eq!(container.get_metrics().series(), 1);
    drop(outer);
    assert_eq!(container.get_metrics().series(), 0);
    assert_eq!(up("attach_outer"), None);
}

#[test]
fn a_source_of_a_scope_within_goes_with_the_outer_one() {
    let container = Container::new("app");
    let outer = container.owned_scope("outer", &[]);
    let inner = outer.owned_scope("inner", &[]);
    inner
        .source("attach_within", || vec![gauge("queue", "a", 3.0)])
        .timeout(PATIENCE)
        .attach();
    drop(outer);
    assert_eq!(container.get_metrics().series(), 0);
    assert_eq!(up("attach_within"), None);
    drop(inner);
}

#[test]
fn a_source_and_all_it_holds_go_with_the_container() {
    let alive = Arc::new(());
    let weak: Weak<()> = Arc::downgrade(&alive);
    let container = Container::new("app");
    let read = move || {
        let _ = &alive;
        Vec::new()
    };
    container
        .source("attach_dropped", read)
        .timeout(PATIENCE)
        .attach();
    let _ = container.get_metrics();
    drop(container);
    dynamometer_testkit::eventually!(PATIENCE, weak.upgrade().is_none());
    assert_eq!(up("attach_dropped"), None);
}

#[test]
fn the_duration_of_a_read_follows_the_containers_clock() {
    let clock = Clock::manual(Duration::from_secs(1_700_000_000));
    let container = Container::with_clock("app", clock.clone());
    let read = move || -> Result<Snapshot, SourceError> {
        clock.advance(Duration::from_millis(250));
        Ok(Snapshot::default())
    };
    container
        .source("attach_timed", read)
        .timeout(PATIENCE)
        .attach();
    assert_eq!(up("attach_timed"), Some(0.0), "not read yet");
    let _ = container.get_metrics();
    assert_eq!(up("attach_timed"), Some(1.0));
    assert_eq!(duration("attach_timed"), Some(0.25));
}
