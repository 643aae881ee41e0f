//! Totals that are set, for counters that mirror others.

use std::time::Duration;

use dynamometer::{Clock, Container, Snapshot, Value};

/// When the one series of a family began.
fn created(snapshot: &Snapshot, name: &str) -> f64 {
    let family = snapshot.family(name).expect("it is there");
    let created = family.samples().next().and_then(|sample| sample.created);
    created.expect("it is known")
}

#[test]
fn a_total_that_grows_keeps_its_beginning_and_one_that_falls_begins_anew() {
    let clock = Clock::manual(Duration::from_secs(1000));
    let container = Container::with_clock("app", clock.clone());
    let counter = container.counter("c_total").build();
    let amount = container.float_counter("f_total").vec(&["a"]);
    let began = |name: &str| created(&container.get_metrics(), name);
    let set = |total: u64| {
        counter.set_total(total);
        amount
            .with_label_values(&["1"])
            .set_total(total as f64 / 4.0);
        clock.advance(Duration::from_secs(5));
    };
    for total in [10, 10, 15, u64::MAX] {
        set(total);
        assert_eq!(counter.get_value(), total);
        assert_eq!(
            began("app_c_total").to_bits(),
            1000_f64.to_bits(),
            "{total}"
        );
        assert_eq!(
            began("app_f_total").to_bits(),
            1000_f64.to_bits(),
            "{total}"
        );
    }
    let held = container.get_metrics();
    set(3);
    assert!(began("app_c_total") > 1000.0, "{}", began("app_c_total"));
    assert!(began("app_f_total") > 1000.0, "{}", began("app_f_total"));
    assert_eq!(
        created(&held, "app_c_total").to_bits(),
        1000_f64.to_bits(),
        "it was then"
    );
    let snapshot = container.get_metrics();
    assert_eq!(snapshot.value("app_c_total", &[]), Some(Value::Unsigned(3)));
    assert_eq!(
        snapshot.value("app_f_total", &[("a", "1")]),
        Some(Value::Float(0.75))
    );
    let restarted = began("app_c_total");
    set(4);
    assert_eq!(began("app_c_total").to_bits(), restarted.to_bits());
}

#[test]
fn only_the_series_that_fell_begins_anew() {
    let clock = Clock::manual(Duration::from_secs(1000));
    let container = Container::with_clock("app", clock);
    let family = container.counter("c_total").alias("d_total").vec(&["a"]);
    for (at, value) in ["1", "2", "3"].into_iter().enumerate() {
        family.with_label_values(&[value]).set_total(9 + at as u64);
    }
    family.with_label_values(&["2"]).set_total(1);
    let snapshot = container.get_metrics();
    for name in ["app_c_total", "app_d_total"] {
        let samples = snapshot.family(name).expect("it is there").samples();
        let anew: Vec<_> = samples
            .map(|sample| sample.created.expect("it is known") > 1000.0)
            .collect();
        assert_eq!(anew, [false, true, false], "{name}");
    }
    // The next on these labels has a beginning of its own.
    assert!(family.remove(&["2"]));
    family.with_label_values(&["2"]).inc();
    let snapshot = container.get_metrics();
    let samples = snapshot
        .family("app_c_total")
        .expect("it is there")
        .samples();
    assert!(
        samples
            .map(|sample| sample.created)
            .all(|created| created == Some(1000.0))
    );
}

#[test]
fn records_are_added_to_a_total_that_was_set() {
    let container = Container::new("app");
    let counter = container.counter("c_total").build();
    counter.inc_by(7);
    std::thread::scope(|scope| {
        scope.spawn(|| counter.inc_by(5));
    });
    counter.set_total(100);
    counter.inc();
    assert_eq!(counter.get_value(), 101);
    counter.set_total(0);
    counter.inc();
    let amount = container.float_counter("f_total").build();
    amount.inc_by(1024.0);
    amount.set_total(0.5);
    amount.inc_by(0.25);
    amount.set_total(f64::NAN);
    amount.set_total(-1.0);
    let snapshot = container.get_metrics();
    assert_eq!(snapshot.value("app_c_total", &[]), Some(Value::Unsigned(1)));
    assert_eq!(snapshot.value("app_f_total", &[]), Some(Value::Float(0.75)));
}
