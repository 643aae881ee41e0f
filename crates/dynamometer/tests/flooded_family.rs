//! A family that is asked for a million series. Alone in its process, whose memory
//! it measures.

use std::fmt::Write as _;

use dynamometer::{Container, Snapshot, Value, self_metrics};

fn count(snapshot: &Snapshot, name: &str, labels: &[(&str, &str)]) -> u64 {
    match snapshot.value(name, labels) {
        Some(Value::Unsigned(count)) => count,
        other => panic!("{name} is {other:?}"),
    }
}

/// Bytes of memory that this process has in use.
#[cfg(target_os = "linux")]
fn resident() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").expect("procfs is mounted");
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    let kib = line.and_then(|line| line.split_ascii_whitespace().next());
    kib.and_then(|kib| kib.parse::<u64>().ok())
        .expect("it is in KiB")
        << 10
}

#[cfg(not(target_os = "linux"))]
fn resident() -> u64 {
    0
}

#[test]
fn a_million_label_sets_against_a_limit_of_a_thousand_are_a_thousand_series_and_one() {
    const NAME: &str = "flood_million_total";
    const SETS: u64 = 1_000_000;
    let container = Container::new("");
    let family = container.counter(NAME).limit(1000).vec(&["session"]);
    for at in 0..2000_u64 {
        family.with_label_values(&[at.to_string()]).inc();
    }
    let before = resident();
    let mut text = String::new();
    for at in 2000..SETS {
        text.clear();
        let _ = write!(text, "{at}");
        family.with_label_values(&[&text]).inc();
    }
    let grown = resident().saturating_sub(before);
    // A series for each label set would take 100 MB.
    assert!(grown < 10 << 20, "{grown} bytes more");
    // Those that are in are found as before.
    for at in 0..1000_u64 {
        family.with_label_values(&[at.to_string()]).inc();
    }
    let snapshot = container.get_metrics();
    let family = snapshot.family(NAME).expect("it is there");
    assert_eq!(family.len(), 1001);
    let total: f64 = family.samples().map(|sample| sample.value.as_f64()).sum();
    assert!((total - (SETS + 1000) as f64).abs() < 0.5, "{total}");
    assert_eq!(count(&snapshot, NAME, &[("overflow", "true")]), SETS - 1000);
    let overflows = "dynamometer_cardinality_overflow_total";
    let overflows = count(
        &self_metrics().get_metrics(),
        overflows,
        &[("family", NAME)],
    );
    assert_eq!(overflows, SETS - 1000);
}
