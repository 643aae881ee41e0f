//! What is known of a read in the parent does not hold up the child of a fork.
//!
//! One test in its own file: the standard library holds a lock of the process while
//! a thread starts or ends, and the child of a fork at that moment can start none.
// Miri has no fork.
#![cfg(not(miri))]
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

#[path = "../../dynamometer-cells/tests/child/mod.rs"]
mod child;

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, channel};
use std::sync::{Arc, Barrier, Mutex};
use std::thread;
use std::time::Duration;

use dynamometer::{Container, Desc, Family, Kind, LabelSet, Value, Values, self_metrics};
use dynamometer_testkit::eventually;

use crate::child::in_child;

/// Forks among busy threads: enough that some come while a lock is held.
const FORKS: usize = 100;

/// How long a child waits for what it knows to come.
const PATIENCE: Duration = Duration::from_secs(30);

/// A source that hangs in the parent until the test ends, and nowhere else.
struct HangsHere {
    parent: u32,
    end: Mutex<Receiver<()>>,
}

impl HangsHere {
    fn read(&self) -> Vec<Family> {
        if std::process::id() == self.parent {
            let _ = self.end.lock().unwrap().recv();
        }
        let labels = Arc::new(vec![LabelSet::empty()]);
        let desc = Desc::new("from_source", Kind::Gauge);
        vec![Family::new(desc, labels, Values::Float(vec![1.0]))]
    }
}

fn up() -> Option<f64> {
    let page = self_metrics().get_metrics();
    let up = page.value("dynamometer_source_up", &[("source", "hangs")]);
    up.map(Value::as_f64)
}

#[test]
fn a_child_of_a_fork_reads_anew_what_hangs_in_the_parent() {
    let container = Container::new("app");
    let requests = container.counter("requests_total").build();
    let (end, ended) = channel();
    let source = HangsHere {
        parent: std::process::id(),
        end: Mutex::new(ended),
    };
    let source = container.source("hangs", move || source.read());
    source.timeout(Duration::from_millis(5)).attach();
    assert_eq!(container.get_metrics().series(), 1);
    assert_eq!(up(), Some(0.0));

    let is_over = AtomicBool::new(false);
    let is_ready = Barrier::new(4);
    thread::scope(|scope| {
        for name in ["a", "b", "c"] {
            let (container, requests) = (&container, &requests);
            let (is_over, is_ready) = (&is_over, &is_ready);
            scope.spawn(move || {
                is_ready.wait();
                while !is_over.load(Ordering::Relaxed) {
                    requests.inc();
                    assert_eq!(container.get_metrics().series(), 1, "it still hangs");
                    drop(Container::new(name).source(name, Vec::new).owned());
                }
            });
        }
        is_ready.wait();
        for _ in 0..FORKS {
            in_child(|| {
                // A slow start may take longer than the timeout, but not each time.
                eventually!(PATIENCE, {
                    let page = container.get_metrics();
                    page.value("from_source", &[]) == Some(Value::Float(1.0))
                });
                assert_eq!(up(), Some(1.0));
                drop(container.source("new", Vec::new).try_owned().unwrap());
            });
        }
        is_over.store(true, Ordering::Relaxed);
    });
    drop(end);
}
