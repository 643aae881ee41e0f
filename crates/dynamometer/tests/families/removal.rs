//! What removal leaves: handles that record on, and cells that start at zero.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::thread;

use dynamometer::{Clock, Container, Value};

use crate::key::Side;
use crate::page::{count, count_now, series, total};

#[test]
fn a_removed_series_begins_anew_from_zero_with_a_new_date() {
    let clock = Clock::manual(std::time::Duration::from_secs(1000));
    let container = Container::with_clock("app", clock.clone());
    let family = container.counter("x_total").vec(&["a"]);
    let created = || {
        let snapshot = container.get_metrics();
        let samples = snapshot.family("app_x_total").map(|family| {
            let samples = family.samples();
            samples
                .map(|sample| (sample.labels.to_string(), sample.created))
                .collect::<Vec<_>>()
        });
        samples.unwrap_or_default()
    };
    family.with_label_values(&["1"]).inc_by(5);
    clock.advance(std::time::Duration::from_secs(10));
    family.with_label_values(&["2"]).inc_by(7);
    clock.advance(std::time::Duration::from_secs(10));
    let one = ("{a=\"1\"}".to_owned(), Some(1000.0));
    let two = ("{a=\"2\"}".to_owned(), Some(1010.0));
    assert_eq!(created(), [one, two.clone()]);
    assert!(family.remove(&["1"]));
    assert!(!family.remove(&["1"]), "it is not there any more");
    assert_eq!(
        created(),
        std::slice::from_ref(&two),
        "each keeps its own date"
    );
    family.with_label_values(&["1"]).inc();
    assert_eq!(count_now(&container, "app_x_total", &[("a", "1")]), Some(1));
    assert_eq!(created(), [two, ("{a=\"1\"}".to_owned(), Some(1020.0))]);
}

#[test]
fn a_handle_on_a_removed_series_records_on_and_nobody_sees_it() {
    let container = Container::new("app");
    let family = container.counter("x_total").vec(&["a"]);
    let old = family.with_label_values(&["1"]).keep();
    old.inc_by(5);
    assert!(family.remove(&["1"]));
    old.inc_by(5);
    assert_eq!(old.get_value(), 10);
    family.with_label_values(&["1"]).inc();
    old.inc_by(5);
    let new = family.with_label_values(&["1"]).keep();
    assert_eq!((old.get_value(), new.get_value()), (15, 1));
    assert_eq!(count_now(&container, "app_x_total", &[("a", "1")]), Some(1));
    drop(old);
    // The next to come take the cells that were given back.
    for at in 0..100 {
        let value = at.to_string();
        assert_eq!(
            family.with_label_values(&[&value]).get_value(),
            u64::from(at == 1)
        );
    }
}

#[test]
fn handles_outlive_family_and_container_and_leave_clean_cells() {
    for round in 0..50_u32 {
        let container = Container::new("app");
        let counters = container.counter("c_total").vec(&["a"]);
        let queues = container.up_down_counter("q").vec(&["a"]);
        let gauges = container.gauge("g").vec(&["a"]);
        let histograms = container.histogram("h").buckets(&[1.0]).vec(&["a"]);
        let amounts = container.float_counter("f_total").vec(&["a"]);
        let typed = container.counter("t_total").keyed::<Side>();
        let value = &[round.to_string()];
        let counter = counters.with_label_values(value).keep();
        let queue = queues.with_label_values(value).keep();
        let gauge = gauges.with_label_values(value).keep();
        let histogram = histograms.with_label_values(value).keep();
        let amount = amounts.with_label_values(value).keep();
        let side = typed.with(&Side(true)).keep();
        let in_flight = queues.with_label_values(value).in_flight();
        let timer = histograms.with_label_values(value).start_timer();
        let owned = counters.owned(&["owned"]);
        // From zero, whatever was in the cells in the round before.
        assert_eq!(
            (counter.get_value(), side.get_value(), owned.get_value()),
            (0, 0, 0)
        );
        assert_eq!(
            (queue.get_value(), histogram.get_value().counts()),
            (1, &[0, 0][..])
        );
        assert_eq!(
            (gauge.get_value().to_bits(), amount.get_value().to_bits()),
            (0, 0)
        );
        let snapshot = container.get_metrics();
        drop((
            container, counters, queues, gauges, histograms, amounts, typed,
        ));

        counter.inc_by(u64::MAX);
        queue.add(-7);
        gauge.set(f64::NAN);
        histogram.observe(9.0);
        amount.inc_by(1e300);
        side.inc();
        owned.inc_by(3);
        drop(in_flight);
        timer.discard();
        assert_eq!((counter.get_value(), queue.get_value()), (u64::MAX, -7));
        assert_eq!((histogram.get_value().count(), side.get_value()), (1, 1));
        assert!(gauge.get_value().is_nan() && amount.get_value() > 1e299);
        assert_eq!(owned.get_value(), 3);
        let then = snapshot.value("app_q", &[("a", &value[0])]);
        assert_eq!(then, Some(Value::Signed(1)), "a snapshot is what was then");
    }
}

#[test]
fn clearing_takes_the_series_of_all_scopes_and_no_other_family() {
    let container = Container::new("app");
    let scope = container.scope("", &[("s", "1")]);
    let family = container.counter("x_total").vec(&["a"]);
    let other = scope.counter("x_total").vec(&["a"]);
    let typed = container.gauge("g").keyed::<Side>();
    let _ = container.counter("x_total").label("single", "1").build();
    let kept = other.with_label_values(&["1"]).keep();
    for value in ["1", "2", "3"] {
        family.with_label_values(&[value]).inc();
    }
    typed.with(&Side(false)).set(1.0);
    family.clear();
    family.clear();
    kept.inc();
    assert_eq!(series(&container, "app_x_total"), 0);
    assert_eq!(series(&container, "app_g"), 2);
    typed.clear();
    assert_eq!(series(&container, "app_g"), 0);
    typed.with(&Side(true)).set(2.0);
    let value = container.get_metrics();
    assert_eq!(
        value.value("app_g", &[("side", "right")]),
        Some(Value::Float(2.0))
    );
    assert_eq!(series(&container, "app_g"), 1);
    other.with_label_values(&["1"]).inc_by(4);
    assert_eq!(
        count_now(&container, "app_x_total", &[("a", "1"), ("s", "1")]),
        Some(4)
    );
}

#[test]
fn a_look_up_that_is_held_while_its_series_is_removed_records_on() {
    let container = Container::new("app");
    let family = container.counter("x_total").vec(&["a"]);
    let looked = family.with_label_values(&["1"]);
    drop(looked);
    let looked = family.with_label_values(&["1"]);
    assert!(family.remove(&["1"]));
    for _ in 0..10 {
        let _ = container.get_metrics();
        family.with_label_values(&["1"]).inc();
        assert!(family.remove(&["1"]));
    }
    looked.inc_by(3);
    let kept = looked.keep();
    drop(looked);
    kept.inc();
    assert_eq!(kept.get_value(), 4);
    assert_eq!(series(&container, "app_x_total"), 0);
}

#[test]
fn a_snapshot_that_is_held_keeps_its_values_and_nobody_waiting() {
    let container = Container::new("app");
    let family = container.counter("x_total").vec(&["a"]);
    for at in 0..100_u64 {
        family.with_label_values(&[at.to_string()]).inc_by(at);
    }
    let held = container.get_metrics();
    let text = dynamometer::text::to_string(&held);
    for _ in 0..3 {
        for at in 0..100_u64 {
            family.with_label_values(&[at.to_string()]).inc();
        }
        family.clear();
        assert_eq!(series(&container, "app_x_total"), 0);
        for at in 50..150_u64 {
            family.with_label_values(&[at.to_string()]).inc();
        }
        assert_eq!(total(&container.get_metrics(), "app_x_total"), 100);
    }
    assert_eq!(dynamometer::text::to_string(&held), text);
    drop((container, family));
    assert_eq!(count(&held, "app_x_total", &[("a", "99")]), Some(99));
}

#[test]
fn no_count_of_a_series_that_stays_is_lost_while_others_are_removed() {
    const EACH: u64 = 30_000;
    const STAYING: [&str; 4] = ["get", "put", "post", "delete"];
    let container = Container::new("app");
    let family = container.counter("x_total").vec(&["a"]);
    let typed = container.counter("t_total").keyed::<Side>();
    let done = AtomicBool::new(false);
    let scrapes = AtomicU64::new(0);
    thread::scope(|scope| {
        let recording: Vec<_> = (0..4_usize)
            .map(|thread| {
                let (family, typed) = (&family, &typed);
                scope.spawn(move || {
                    for at in 0..EACH {
                        family.with_label_values(&[STAYING[thread]]).inc();
                        family.with_label_values(&[STAYING[at as usize % 4]]).inc();
                        family
                            .with_label_values(&[format!("gone {}", at % 32)])
                            .inc();
                        typed.with(&Side(true)).inc();
                        typed.with(&Side(false)).inc();
                    }
                })
            })
            .collect();
        let removing = scope.spawn(|| {
            while !done.load(Ordering::Relaxed) {
                for at in 0..32 {
                    family.remove(&[format!("gone {at}")]);
                }
                typed.remove(&Side(false));
            }
        });
        let scraping = scope.spawn(|| {
            let mut last = [0; 4];
            while !done.load(Ordering::Relaxed) {
                let snapshot = container.get_metrics();
                for (value, last) in STAYING.into_iter().zip(&mut last) {
                    let now = count(&snapshot, "app_x_total", &[("a", value)]).unwrap_or(0);
                    assert!(now >= *last, "{value} fell from {last} to {now}");
                    *last = now;
                }
                scrapes.fetch_add(1, Ordering::Relaxed);
            }
        });
        for thread in recording {
            thread.join().expect("it does not panic");
        }
        done.store(true, Ordering::Relaxed);
        removing.join().expect("it does not panic");
        scraping.join().expect("it does not panic");
    });
    assert!(scrapes.into_inner() > 0);
    let snapshot = container.get_metrics();
    for value in STAYING {
        // One thread's own, and a quarter of all.
        let counted = count(&snapshot, "app_x_total", &[("a", value)]);
        assert_eq!(counted, Some(EACH + EACH), "{value}");
    }
    assert_eq!(
        count(&snapshot, "app_t_total", &[("side", "right")]),
        Some(4 * EACH)
    );
}
