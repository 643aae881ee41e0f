//! Snapshots that are taken at the same time share one read.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Barrier};
use std::thread;

use dynamometer::{Container, Family};

use crate::page::{Gated, PATIENCE, gauge, value};

#[test]
fn snapshots_at_the_same_time_share_what_one_read_returns() {
    const SNAPSHOTS: usize = 4;
    let container = Container::new("app");
    let (source, gate) = Gated::new("x");
    container
        .source("sharing", source)
        .timeout(PATIENCE)
        .attach();
    thread::scope(|scope| {
        let take = || scope.spawn(|| value(&container.get_metrics(), "x", "gate"));
        let first = take();
        gate.begun.recv().unwrap();
        // Each of these joins the read, or begins one after it.
        let others: Vec<_> = (1..SNAPSHOTS).map(|_| take()).collect();
        for value in 1..=SNAPSHOTS {
            gate.go_on.send(value as f64).unwrap();
        }
        assert_eq!(first.join().unwrap(), Some(1.0));
        for other in others {
            assert!(other.join().unwrap().is_some());
        }
    });
}

#[test]
fn a_source_is_never_read_twice_at_once() {
    const THREADS: usize = 8;
    let container = Container::new("app");
    let (inside, most) = (AtomicUsize::new(0), Arc::new(AtomicUsize::new(0)));
    let highest = Arc::clone(&most);
    let read = move || -> Vec<Family> {
        let now = inside.fetch_add(1, Ordering::SeqCst) + 1;
        highest.fetch_max(now, Ordering::SeqCst);
        thread::yield_now();
        inside.fetch_sub(1, Ordering::SeqCst);
        vec![gauge("x", "a", 1.0)]
    };
    container
        .source("sharing_once", read)
        .timeout(PATIENCE)
        .attach();
    let barrier = Barrier::new(THREADS);
    thread::scope(|scope| {
        for _ in 0..THREADS {
            scope.spawn(|| {
                for _ in 0..50 {
                    barrier.wait();
                    let page = container.get_metrics();
                    assert_eq!(value(&page, "x", "a"), Some(1.0));
                }
            });
        }
    });
    assert_eq!(most.load(Ordering::SeqCst), 1);
}
