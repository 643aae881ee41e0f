//! A gauge holds what was set last, and loses no add.
#![cfg(not(loom))]
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::sync::Barrier;
use std::thread;

use dynamometer_cells::{GaugeCell, Options};

fn gauge() -> GaugeCell {
    GaugeCell::new(Options::default()).unwrap()
}

#[track_caller]
fn assert_is(gauge: &GaugeCell, value: f64) {
    assert_eq!(
        gauge.value().to_bits(),
        value.to_bits(),
        "{} is not {value}",
        gauge.value()
    );
}

#[test]
fn the_last_set_wins_whichever_thread_it_is_on() {
    let gauge = gauge();
    assert_is(&gauge, 0.0);
    for value in [1.5, -7.0, f64::INFINITY, 0.0, -0.0, 1e300] {
        let setter = gauge.clone();
        thread::spawn(move || setter.set(value)).join().unwrap();
        assert_is(&gauge, value);
    }
    gauge.set(3.0);
    assert_is(&gauge, 3.0);
}

#[test]
fn concurrent_adds_are_all_counted() {
    let (threads, adds) = (4_u32, if cfg!(miri) { 20 } else { 100_000_u32 });
    let gauge = gauge();
    gauge.set(10.0);
    let start = Barrier::new(threads as usize);
    thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                start.wait();
                for _ in 0..adds {
                    gauge.add(1.0);
                    gauge.add(-0.5);
                }
            });
        }
    });
    assert_is(&gauge, 10.0 + 0.5 * f64::from(threads * adds));
}

#[test]
fn one_of_the_values_set_at_once_is_read() {
    let gauge = gauge();
    let start = Barrier::new(4);
    thread::scope(|scope| {
        for value in 1..=4_u32 {
            let (gauge, start) = (&gauge, &start);
            scope.spawn(move || {
                start.wait();
                for _ in 0..100 {
                    gauge.set(f64::from(value));
                    let read = gauge.value();
                    assert!([1.0, 2.0, 3.0, 4.0].contains(&read), "{read}");
                }
            });
        }
    });
    assert!([1.0, 2.0, 3.0, 4.0].contains(&gauge.value()));
}

#[test]
fn two_gauges_do_not_share_a_cell() {
    let (first, second) = (gauge(), gauge());
    first.set(1.0);
    second.set(2.0);
    assert_is(&first, 1.0);
    assert_is(&second, 2.0);
    assert!(first.is_same(&first.clone()));
    assert!(!first.is_same(&second));
}

#[test]
fn a_no_op_gauge_stays_zero() {
    GaugeCell::NOOP.set(1.0);
    GaugeCell::NOOP.add(1.0);
    assert_is(&GaugeCell::NOOP, 0.0);
    assert!(!GaugeCell::NOOP.is_same(&GaugeCell::NOOP));
}
