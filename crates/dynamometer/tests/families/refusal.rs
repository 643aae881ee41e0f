//! What a declaration that is refused leaves behind: nothing.

use std::time::Duration;

use dynamometer::{Clock, Container, ErrorKind};

use crate::page::series;

#[test]
fn a_refused_declaration_sets_no_limit() {
    let container = Container::new("app");
    let family = container.counter("x_total").vec(&["a"]);
    let refused = container.counter("x_total").limit(1).try_vec(&["b"]);
    assert_eq!(
        refused.err().map(|error| error.kind()),
        Some(ErrorKind::LabelsMismatch)
    );
    for value in ["1", "2", "3"] {
        family.with_label_values(&[value]).inc();
    }
    assert_eq!(series(&container, "app_x_total"), 3);
}

#[test]
fn a_refused_declaration_adds_no_alias() {
    let container = Container::new("app");
    let family = container.counter("x_total").vec(&["a"]);
    family.with_label_values(&["1"]).inc();
    let refused = container
        .counter("x_total")
        .alias("y_total")
        .try_vec(&["b"]);
    assert_eq!(
        refused.err().map(|error| error.kind()),
        Some(ErrorKind::LabelsMismatch)
    );
    assert_eq!(series(&container, "app_y_total"), 0);
    assert!(
        container.gauge("y_total").try_build().is_ok(),
        "the name is free"
    );
}

#[test]
fn a_refused_declaration_removes_nothing_that_is_idle() {
    let clock = Clock::manual(Duration::from_secs(1000));
    let container = Container::with_clock("app", clock.clone());
    let family = container.counter("x_total").vec(&["a"]);
    family.with_label_values(&["1"]).inc();
    let hour = Duration::from_hours(1);
    let refused = container
        .counter("x_total")
        .expire_after(hour)
        .try_vec(&["b"]);
    assert_eq!(
        refused.err().map(|error| error.kind()),
        Some(ErrorKind::LabelsMismatch)
    );
    for _ in 0..5 {
        assert_eq!(series(&container, "app_x_total"), 1);
        clock.advance(hour);
    }
}
