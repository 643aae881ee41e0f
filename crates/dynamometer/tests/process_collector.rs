//! The standard metrics of a process.
#![cfg(target_os = "linux")]
#![expect(clippy::float_cmp, reason = "the values compared are whole")]

use std::hint::black_box;
use std::sync::{Arc, Barrier};
use std::{fs, thread};

use dynamometer::catalogue::process;
use dynamometer::{Collector, Container, ProcessCollector, Value};

/// A metric without labels, whatever its type.
fn value(container: &Container, name: &str) -> f64 {
    match container.get_metrics().value(name, &[]) {
        Some(Value::Float(value)) => value,
        Some(Value::Unsigned(value)) => value as f64,
        other => panic!("{name} is {other:?}"),
    }
}

/// The value that a collector of its own counts now.
fn counted_now(name: &str) -> f64 {
    let container = Container::new("");
    let _ = ProcessCollector::new(&container);
    value(&container, name)
}

/// The number after `key` in a file of `/proc/self`.
fn number_after(key: &str, file: &str) -> f64 {
    let text = fs::read_to_string(format!("/proc/self/{file}")).expect("/proc is there");
    let line = text.lines().find_map(|line| line.strip_prefix(key));
    let number = line.and_then(|line| line.split_ascii_whitespace().next());
    let number = number.and_then(|number| number.parse().ok());
    number.unwrap_or_else(|| panic!("no number after {key:?} in {text}"))
}

#[test]
fn names_are_whole_under_a_prefix_and_labels() {
    let container = Container::new("app").scope("http", &[("port", "8000")]);
    let _ = ProcessCollector::new(&container);
    let snapshot = container.get_metrics();
    let names = snapshot.families().iter().map(|f| f.desc().name());
    assert_eq!(
        names.filter(|name| !name.starts_with("process_")).count(),
        0
    );
    assert!(value(&container, process::THREADS) >= 1.0);
}

#[test]
fn cpu_seconds_grow_with_work() {
    let container = Container::new("app");
    let collector = ProcessCollector::new(&container);
    let before = value(&container, process::CPU_SECONDS_TOTAL);
    assert!(before > 0.0);
    black_box((0..1_000_000_u64).fold(0, |sum, n| black_box(sum ^ n)));
    collector.collect();
    assert!(value(&container, process::CPU_SECONDS_TOTAL) > before);
}

#[test]
fn memory_is_what_the_kernel_says() {
    let container = Container::new("app");
    let collector = ProcessCollector::new(&container);
    // The first one reserves address space for the cells it writes to.
    collector.collect();
    let names = [
        (process::RESIDENT_MEMORY_BYTES, "VmRSS:"),
        (process::VIRTUAL_MEMORY_BYTES, "VmSize:"),
    ];
    for (name, key) in names {
        let ratio = value(&container, name) / (number_after(key, "status") * 1024.0);
        assert!((0.5..2.0).contains(&ratio), "{name}: {ratio}");
    }
}

#[test]
fn limits_are_the_soft_ones() {
    let container = Container::new("app");
    let _ = ProcessCollector::new(&container);
    let expected = number_after("Max open files", "limits");
    assert_eq!(value(&container, process::MAX_FDS), expected);
    assert!(value(&container, process::VIRTUAL_MEMORY_MAX_BYTES) > 0.0);
}

#[test]
fn threads_are_counted_while_they_live() {
    const THREADS: usize = 5;
    let container = Container::new("app");
    let collector = ProcessCollector::new(&container);
    let barrier = Barrier::new(THREADS + 1);
    thread::scope(|scope| {
        for _ in 0..THREADS {
            scope.spawn(|| barrier.wait());
        }
        collector.collect();
        assert!(value(&container, process::THREADS) > THREADS as f64);
        barrier.wait();
    });
}

#[test]
fn every_container_counts_the_whole_process() {
    let containers = [Container::new("one"), Container::new("two")];
    let collectors = containers.each_ref().map(ProcessCollector::new);
    for name in [
        process::CPU_SECONDS_TOTAL,
        process::NETWORK_RECEIVE_BYTES_TOTAL,
        process::NETWORK_TRANSMIT_BYTES_TOTAL,
    ] {
        let before = counted_now(name);
        collectors.iter().for_each(Collector::collect);
        let after = counted_now(name);
        for container in &containers {
            let value = value(container, name);
            assert!((before..=after).contains(&value), "{name}: {value}");
        }
    }
}

#[test]
fn concurrent_collects_of_several_collectors_count_nothing_twice() {
    let container = Container::new("app");
    let first = ProcessCollector::new(&container);
    let second = ProcessCollector::new(&container);
    let before = counted_now(process::CPU_SECONDS_TOTAL);
    thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                for _ in 0..200 {
                    first.collect();
                    second.collect();
                }
            });
        }
    });
    first.collect();
    let counted = value(&container, process::CPU_SECONDS_TOTAL);
    let after = counted_now(process::CPU_SECONDS_TOTAL);
    assert!(
        (before..=after).contains(&counted),
        "{counted} is not in {before}..={after}"
    );
}

#[test]
fn a_shared_collector_is_a_collector() {
    let container = Container::new("app");
    let shared: Arc<dyn Collector> = Arc::new(ProcessCollector::new(&container));
    let before = value(&container, process::CPU_SECONDS_TOTAL);
    Collector::collect(&shared);
    assert!(value(&container, process::CPU_SECONDS_TOTAL) > before);
}
