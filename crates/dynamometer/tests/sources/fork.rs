//! A read that is under way in the parent does not exist in the child.
// Miri has no fork.
#![cfg(not(miri))]

use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

use dynamometer::{Container, Family};

use crate::child::in_child;
use crate::page::{Gated, PATIENCE, SHORT, gauge, up, value};

#[test]
fn a_child_of_a_fork_reads_anew_what_hangs_in_the_parent() {
    let container = Container::new("app");
    let requests = container.counter("requests_total").build();
    let (gated, gate) = Gated::new("x");
    let parent = std::process::id();
    let read = move || -> Vec<Family> {
        if std::process::id() == parent {
            let _ = dynamometer::Source::read(&gated);
        }
        vec![gauge("x", "child", 1.0)]
    };
    container.source("fork_hangs", read).timeout(SHORT).attach();
    let _ = container.get_metrics();
    gate.begun.recv().unwrap();
    assert_eq!(up("fork_hangs"), Some(0.0));
    in_child(|| {
        requests.inc();
        // The first may be too slow for the short timeout; one of them is not.
        dynamometer_testkit::eventually!(PATIENCE, {
            value(&container.get_metrics(), "x", "child") == Some(1.0)
        });
        assert_eq!(up("fork_hangs"), Some(1.0));
    });
    assert_eq!(container.get_metrics().series(), 1, "here it still hangs");
    gate.go_on.send(1.0).unwrap();
}

/// Forks among busy threads: enough that some come while a lock is held.
const FORKS: usize = 100;

#[test]
fn forks_among_snapshots_and_their_reads_leave_nothing_locked() {
    let container = Container::new("app");
    for name in ["fork_busy_one", "fork_busy_other"] {
        let read = move || vec![gauge(name, "a", 1.0)];
        container.source(name, read).timeout(PATIENCE).attach();
    }
    let is_over = AtomicBool::new(false);
    thread::scope(|scope| {
        for _ in 0..3 {
            scope.spawn(|| {
                while !is_over.load(Ordering::Relaxed) {
                    assert_eq!(container.get_metrics().series(), 2);
                    let brief = container.source("fork_brief", Vec::new).try_owned();
                    drop(brief);
                }
            });
        }
        for _ in 0..FORKS {
            in_child(|| {
                for _ in 0..2 {
                    assert!(container.get_metrics().series() >= 2);
                }
                assert_eq!(up("fork_busy_one"), Some(1.0));
                let own = container.source("fork_own", Vec::new).owned();
                drop(own);
            });
        }
        is_over.store(true, Ordering::Relaxed);
    });
}
