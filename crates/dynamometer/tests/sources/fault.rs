//! Sources that fail, hang or come back: the page goes on.

use std::io;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, mpsc};
use std::thread;

use dynamometer::{Container, Family, Snapshot, Source, SourceError, SourceErrorKind};
use dynamometer_testkit::eventually;

use crate::page::{Gated, PATIENCE, SHORT, gauge, up, value};

#[test]
fn a_source_that_panics_is_down_and_takes_nobody_else_down() {
    let container = Container::new("app");
    container.counter("own_total").build().inc();
    let panics = || -> Vec<Family> { panic!("on purpose") };
    container
        .source("fault_panics", panics)
        .timeout(PATIENCE)
        .attach();
    container
        .source("fault_beside", || vec![gauge("x", "a", 1.0)])
        .timeout(PATIENCE)
        .attach();
    for _ in 0..2 {
        assert_eq!(container.get_metrics().series(), 2);
        assert_eq!(
            (up("fault_panics"), up("fault_beside")),
            (Some(0.0), Some(1.0))
        );
    }
}

#[test]
fn a_source_that_fails_is_down_until_it_does_not() {
    let container = Container::new("app");
    let works = Arc::new(AtomicBool::new(false));
    let read = {
        let works = Arc::clone(&works);
        move || -> io::Result<Vec<Family>> {
            if works.load(Ordering::Relaxed) {
                Ok(vec![gauge("x", "a", 1.0)])
            } else {
                Err(io::Error::other("refused"))
            }
        }
    };
    container
        .source("fault_fails", read)
        .timeout(PATIENCE)
        .attach();
    for (is_up, expected) in [(false, 0.0), (true, 1.0), (false, 0.0), (true, 1.0)] {
        works.store(is_up, Ordering::Relaxed);
        assert_eq!(container.get_metrics().series(), usize::from(is_up));
        assert_eq!(up("fault_fails"), Some(expected));
    }
}

#[test]
fn a_source_that_hangs_is_down_and_not_asked_again_until_its_read_ended() {
    let container = Container::new("app");
    container.counter("own_total").build().inc();
    let (source, gate) = Gated::new("x");
    container
        .source("fault_hangs", source)
        .timeout(SHORT)
        .attach();
    for _ in 0..3 {
        assert_eq!(container.get_metrics().series(), 1, "ours is there");
        assert_eq!(up("fault_hangs"), Some(0.0));
    }
    gate.begun.recv().unwrap();
    assert!(gate.begun.try_recv().is_err(), "it was asked once");

    // Its late result is thrown away: what comes is the next read's.
    gate.go_on.send(1.0).unwrap();
    let mut seen = None;
    eventually!(PATIENCE, {
        gate.go_on.send(2.0).unwrap();
        seen = value(&container.get_metrics(), "x", "gate");
        seen.is_some()
    });
    assert_eq!(seen, Some(2.0));
    assert_eq!(up("fault_hangs"), Some(1.0));
}

#[test]
fn a_snapshot_waits_for_all_sources_at_once() {
    let container = Container::new("app");
    let (first, first_gate) = Gated::new("x");
    let (second, second_gate) = Gated::new("y");
    container
        .source("fault_first", first)
        .timeout(PATIENCE)
        .attach();
    container
        .source("fault_second", second)
        .timeout(PATIENCE)
        .attach();
    thread::scope(|scope| {
        let page = scope.spawn(|| container.get_metrics());
        // The second has begun while nobody let the first one go on.
        second_gate.begun.recv().unwrap();
        first_gate.begun.recv().unwrap();
        second_gate.go_on.send(2.0).unwrap();
        first_gate.go_on.send(1.0).unwrap();
        assert_eq!(page.join().unwrap().series(), 2);
    });
}

#[test]
fn recorders_and_registrations_go_on_while_a_source_hangs() {
    let container = Container::new("app");
    let requests = container.counter("requests_total").build();
    let (source, gate) = Gated::new("x");
    container
        .source("fault_meanwhile", source)
        .timeout(PATIENCE)
        .attach();
    thread::scope(|scope| {
        let page = scope.spawn(|| container.get_metrics());
        gate.begun.recv().unwrap();
        let recorders: Vec<_> = (0..8)
            .map(|thread| {
                let (container, requests) = (&container, &requests);
                scope.spawn(move || {
                    let of_thread = container.counter(&format!("thread_{thread}_total")).build();
                    for _ in 0..10_000 {
                        requests.inc();
                        of_thread.inc();
                    }
                })
            })
            .collect();
        for recorder in recorders {
            recorder.join().unwrap();
        }
        let other = container
            .source("fault_meanwhile_too", Vec::new)
            .timeout(PATIENCE)
            .owned();
        drop(other);
        assert!(!page.is_finished(), "it still waits for the source");
        gate.go_on.send(1.0).unwrap();
        let page = page.join().unwrap();
        assert_eq!(value(&page, "x", "gate"), Some(1.0));
    });
    assert_eq!(requests.get_value(), 80_000);
}

#[test]
fn a_source_can_be_removed_and_its_name_used_again_while_it_hangs() {
    let container = Container::new("app");
    let (source, gate) = Gated::new("x");
    container
        .source("fault_removed", source)
        .timeout(SHORT)
        .attach();
    let _ = container.get_metrics();
    gate.begun.recv().unwrap();
    assert!(container.remove_source("fault_removed"));
    assert_eq!(up("fault_removed"), None);
    container
        .source("fault_removed", || vec![gauge("x", "a", 1.0)])
        .timeout(PATIENCE)
        .attach();
    assert_eq!(container.get_metrics().series(), 1);
    gate.go_on.send(1.0).unwrap();
    assert_eq!(up("fault_removed"), Some(1.0));
}

#[test]
fn a_container_can_be_dropped_while_its_source_hangs() {
    let container = Container::new("app");
    let (source, gate) = Gated::new("x");
    let weak = Arc::downgrade(&source);
    container
        .source("fault_dropped", source)
        .timeout(SHORT)
        .attach();
    let _ = container.get_metrics();
    drop(container);
    assert_eq!(up("fault_dropped"), None);
    gate.go_on.send(1.0).unwrap();
    eventually!(PATIENCE, weak.upgrade().is_none());
}

#[test]
fn a_source_runs_on_a_thread_of_its_own_name() {
    let container = Container::new("app");
    let (told, name) = mpsc::channel();
    let read = move || -> Vec<Family> {
        let _ = told.send(thread::current().name().map(str::to_owned));
        Vec::new()
    };
    let read = std::sync::Mutex::new(read);
    container
        .source("fault_thread", move || (read.lock().unwrap())())
        .timeout(PATIENCE)
        .attach();
    let _ = container.get_metrics();
    assert_eq!(name.recv().unwrap().as_deref(), Some("dyn-source"));
}

#[test]
fn a_failure_keeps_its_kind() {
    let failed = || -> Result<Snapshot, SourceError> {
        Err(SourceError::new(
            SourceErrorKind::Format,
            "line 1 is no line",
        ))
    };
    assert_eq!(failed.read().unwrap_err().kind(), SourceErrorKind::Format);
    let failed = || -> Result<Snapshot, io::Error> { Err(io::Error::other("refused")) };
    let error = failed.read().unwrap_err();
    assert_eq!(error.kind(), SourceErrorKind::Failed);
    assert_eq!(error.to_string(), "refused");
}

#[test]
fn a_source_that_attaches_removes_and_registers_is_no_deadlock() {
    let container = Container::new("app");
    let inside = container.clone();
    let calls = AtomicU64::new(0);
    let read = move || {
        let call = calls.fetch_add(1, Ordering::Relaxed);
        inside.counter("reads_total").build().inc();
        inside
            .source("fault_inside", move || vec![gauge("x", "a", call as f64)])
            .timeout(PATIENCE)
            .attach();
        inside.remove_source("fault_inside");
        Vec::new()
    };
    let owned = container
        .source("fault_busy", read)
        .timeout(PATIENCE)
        .owned();
    let _ = container.get_metrics();
    assert_eq!(up("fault_busy"), Some(1.0));
    // The closure holds the container, which holds the closure.
    drop(owned);
}
