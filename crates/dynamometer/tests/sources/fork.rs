//! A read that is under way in the parent does not exist in the child.
// Miri has no fork.
#![cfg(not(miri))]

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
