//! Exemplars: examples of what was recorded, kept beside the values.

use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;

use dynamometer::{Clock, Container, Exemplar, Value, self_metrics};

fn exemplars(container: &Container, name: &str) -> Vec<Exemplar> {
    let snapshot = container.get_metrics();
    let family = snapshot.family(name).expect("it is there");
    let sample = family.samples().next().expect("it has a series");
    sample.exemplars.to_vec()
}

fn dropped(reason: &str) -> f64 {
    let snapshot = self_metrics().get_metrics();
    let labels = [("reason", reason)];
    let value = snapshot.value("dynamometer_dropped_samples_total", &labels);
    value.map_or(0.0, Value::as_f64)
}

#[test]
fn each_bucket_keeps_the_last_exemplar_with_its_time() {
    let clock = Clock::manual(Duration::from_secs(1_700_000_000));
    let container = Container::with_clock("", clock.clone());
    let latency = container
        .histogram("latency_seconds")
        .buckets(&[0.1, 1.0])
        .exemplars()
        .build();
    latency.observe_with_exemplar(0.05, &[("trace_id", "first")]);
    clock.advance(Duration::from_millis(1500));
    latency.observe_with_exemplar(0.06, &[("trace_id", "second"), ("span_id", "7")]);
    latency.observe_with_exemplar(5.0, &[("trace_id", "slow")]);
    latency.observe(0.5);
    let kept = exemplars(&container, "latency_seconds");
    assert_eq!(kept.len(), 2);
    assert_eq!(
        kept[0].labels().to_string(),
        r#"{span_id="7",trace_id="second"}"#
    );
    assert_eq!(
        (kept[0].value(), kept[0].timestamp()),
        (0.06, Some(1_700_000_001.5))
    );
    assert_eq!(kept[1].labels().get("trace_id").as_deref(), Some("slow"));
    assert_eq!(latency.get_value().count(), 4);
}

#[test]
fn a_counter_keeps_the_last_one() {
    let container = Container::new("");
    let tokens = container.counter("tokens_total").exemplars().build();
    tokens.inc_by_with_exemplar(3, &[("trace_id", "a")]);
    tokens.inc_by_with_exemplar(4, &[("trace_id", "b")]);
    let kept = exemplars(&container, "tokens_total");
    assert_eq!(kept.len(), 1);
    assert_eq!((kept[0].value(), tokens.get_value()), (4.0, 7));
}

#[test]
fn the_value_counts_where_its_exemplar_is_dropped() {
    let container = Container::new("");
    let plain = container.counter("plain_total").build();
    let latency = container
        .exponential_histogram("latency_seconds")
        .exemplars()
        .build();
    let (unwanted, long) = (dropped("exemplar_unwanted"), dropped("exemplar_too_long"));
    plain.inc_by_with_exemplar(2, &[("trace_id", "a")]);
    latency.observe_with_exemplar(1.0, &[("trace_id", &"x".repeat(200))]);
    latency.observe_with_exemplar(f64::NAN, &[("trace_id", "a")]);
    assert!(dropped("exemplar_unwanted") > unwanted);
    assert!(dropped("exemplar_too_long") > long);
    assert_eq!((plain.get_value(), latency.get_value().count()), (2, 1));
    assert!(exemplars(&container, "plain_total").is_empty());
    assert!(exemplars(&container, "latency_seconds").is_empty());
}

#[test]
fn what_is_read_was_written_whole_by_one_thread() {
    let container = Container::new("");
    let latency = container
        .histogram("latency_seconds")
        .buckets(&[1000.0])
        .exemplars()
        .build();
    let done = AtomicBool::new(false);
    thread::scope(|scope| {
        for thread in 1..=3_u32 {
            let (latency, done) = (&latency, &done);
            scope.spawn(move || {
                let id = thread.to_string().repeat(20);
                while !done.load(Ordering::Relaxed) {
                    latency.observe_with_exemplar(f64::from(thread), &[("trace_id", &id)]);
                }
            });
        }
        for _ in 0..2000 {
            for exemplar in exemplars(&container, "latency_seconds") {
                let expected = exemplar.value().to_string().repeat(20);
                assert_eq!(
                    exemplar.labels().get("trace_id").as_deref(),
                    Some(&*expected)
                );
            }
        }
        done.store(true, Ordering::Relaxed);
    });
}
