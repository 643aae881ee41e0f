//! Series that leave with whoever owns them.

use std::thread;

use dynamometer::Container;

use crate::key::Side;
use crate::page::{count_now, labels, parse, series, total};

#[test]
fn a_series_with_several_owners_leaves_with_the_last() {
    let container = Container::new("app");
    let family = container.counter("x_total").vec(&["a"]);
    let first = family.owned(&["1"]);
    let second = family.owned(&["1"]);
    let third = container.counter("x_total").label("a", "1").owned();
    let handle = family.with_label_values(&["1"]).keep();
    first.inc();
    second.inc();
    third.inc();
    drop((first, third));
    assert_eq!(count_now(&container, "app_x_total", &[("a", "1")]), Some(3));
    drop(second);
    assert_eq!(series(&container, "app_x_total"), 0);
    handle.inc();
    assert_eq!(handle.get_value(), 4);
    assert_eq!(family.with_label_values(&["1"]).get_value(), 0);
    assert_eq!(
        series(&container, "app_x_total"),
        1,
        "a look-up owns nothing"
    );
}

#[test]
fn an_owner_of_a_series_that_was_removed_takes_its_successor_not_with_it() {
    let container = Container::new("app");
    let family = container.counter("x_total").vec(&["a"]);
    let old = family.owned(&["1"]);
    assert!(family.remove(&["1"]));
    family.with_label_values(&["1"]).inc();
    let new = family.owned(&["1"]);
    old.inc();
    drop(old);
    assert_eq!(count_now(&container, "app_x_total", &[("a", "1")]), Some(1));
    family.clear();
    drop(new);
    drop(family.owned(&["1"]));
    assert_eq!(series(&container, "app_x_total"), 0);
}

#[test]
fn a_typed_key_leaves_with_its_owner_and_comes_back_from_zero() {
    let container = Container::new("app");
    let family = container.gauge("x").keyed::<Side>();
    let owned = family.owned(&Side(true));
    owned.set(5.0);
    assert_eq!(series(&container, "app_x"), 2);
    drop(owned);
    assert_eq!(series(&container, "app_x"), 1);
    assert_eq!(family.with(&Side(true)).get_value().to_bits(), 0);
}

#[test]
fn owners_on_many_threads_leave_nothing_behind() {
    let container = Container::new("app");
    let family = container.up_down_counter("x").vec(&["a"]);
    thread::scope(|scope| {
        for thread in 0..4_usize {
            let (family, container) = (&family, &container);
            scope.spawn(move || {
                for at in 0..2000 {
                    let owned = family.owned(&[((at + thread) % 3).to_string()]);
                    let in_flight = owned.in_flight();
                    assert!(owned.get_value() >= 1);
                    if at % 64 == 0 {
                        let _ = container.get_metrics();
                    }
                    drop(in_flight);
                }
            });
        }
    });
    assert_eq!(series(&container, "app_x"), 0);
}

#[test]
fn an_owned_scope_takes_its_series_in_all_families_and_of_all_scopes_in_it() {
    let container = Container::new("app");
    let before = container
        .counter("x_total")
        .label("conn", "1")
        .label("a", "0")
        .build();
    let family = container.counter("x_total").vec(&["a"]);
    family.with_label_values(&["1"]).inc();

    let owned = container.owned_scope("", &[("conn", "1")]);
    let nested = owned.scope("deep", &[("stream", "2")]);
    owned.counter("x_total").label("a", "0").build().inc();
    let own = owned.counter("x_total").vec(&["a"]);
    own.with_label_values(&["1"]).inc();
    let kept = own.with_label_values(&["2"]).keep();
    nested.histogram("h").build().observe(1.0);
    nested
        .gauge("g")
        .vec(&["b"])
        .with_label_values(&["1"])
        .set(1.0);
    let owner = own.owned(&["3"]);
    assert_eq!(container.get_metrics().series(), 7);

    drop(owned);
    let lines = parse(&container.export_prometheus());
    let line = |pairs: &[(&str, &str)]| ("app_x_total".to_owned(), labels(pairs));
    let left = [line(&[("a", "1")]), line(&[("a", "0"), ("conn", "1")])];
    assert_eq!(lines.into_keys().collect::<Vec<_>>(), {
        let mut left = left.to_vec();
        left.sort();
        left
    });
    assert_eq!(
        before.get_value(),
        1,
        "it was there before, and is the same"
    );
    kept.inc();
    drop(owner);
    assert_eq!(kept.get_value(), 1);
    assert_eq!(container.get_metrics().series(), 2);
}

#[test]
fn typed_keys_of_an_owned_scope_leave_with_it() {
    let container = Container::new("app");
    let owned = container.owned_scope("", &[("conn", "1")]);
    let family = owned.counter("x_total").keyed::<Side>();
    family.with(&Side(true)).inc();
    assert_eq!(series(&container, "app_x_total"), 2);
    drop(owned);
    assert_eq!(series(&container, "app_x_total"), 0);
}

#[test]
fn the_overflow_series_of_an_owned_scope_leaves_with_it() {
    let container = Container::new("app");
    let owned = container.owned_scope("", &[("conn", "1")]);
    let family = owned.counter("x_total").limit(1).vec(&["a"]);
    family.with_label_values(&["1"]).inc();
    family.with_label_values(&["2"]).inc();
    drop(owned);
    assert_eq!(series(&container, "app_x_total"), 0);
}

#[test]
fn an_owned_scope_takes_the_owned_scopes_in_it_with_it() {
    let container = Container::new("app");
    let outer = container.owned_scope("", &[("conn", "1")]);
    let inner = outer.owned_scope("", &[("stream", "2")]);
    outer.counter("x_total").build().inc();
    inner.counter("x_total").build().inc();
    let other = outer.owned_scope("", &[("stream", "3")]);
    other.counter("x_total").build().inc();
    drop(other);
    assert_eq!(series(&container, "app_x_total"), 2);
    drop(outer);
    assert_eq!(series(&container, "app_x_total"), 0);
    drop(inner);
}

#[test]
fn what_is_made_through_an_owned_scope_that_is_gone_is_on_no_page() {
    let container = Container::new("app");
    let owned = container.owned_scope("", &[("conn", "1")]);
    let family = owned.counter("x_total").vec(&["a"]);
    let typed = owned.gauge("g").keyed::<Side>();
    let copy = owned.scope("", &[]);
    let there = container
        .counter("x_total")
        .label("a", "0")
        .label("conn", "1")
        .build();
    drop(owned);
    typed.clear();
    for _ in 0..2 {
        family.with_label_values(&["1"]).inc();
        family.with_label_values(&["0"]).inc();
        typed.with(&Side(true)).set(1.0);
        let late = copy.counter("late_total").build();
        late.inc();
        assert_eq!(late.get_value(), 1, "it is a working handle");
    }
    assert_eq!(total(&container.get_metrics(), "app_x_total"), 2);
    assert_eq!(there.get_value(), 2, "what others made is found");
    assert_eq!(container.get_metrics().series(), 1);
}

#[test]
fn no_series_is_left_by_threads_that_record_while_their_scope_is_dropped() {
    let container = Container::new("app");
    for round in 0..200 {
        let owned = container.owned_scope("", &[("conn", &round.to_string())]);
        let family = owned.counter("x_total").vec(&["a"]);
        thread::scope(|scope| {
            for thread in 0..2 {
                let family = &family;
                scope.spawn(move || {
                    for at in 0..20 {
                        family
                            .with_label_values(&[(at * 2 + thread).to_string()])
                            .inc();
                    }
                });
            }
            thread::yield_now();
            drop(owned);
        });
        assert_eq!(series(&container, "app_x_total"), 0, "round {round}");
    }
}
