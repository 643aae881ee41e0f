//! Sources that ask for the container that waits for them.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use dynamometer::{Container, Snapshot};

use crate::page::{PATIENCE, gauge, up, value};

#[test]
fn a_source_that_takes_a_snapshot_of_its_own_container_fails() {
    let container = Container::new("app");
    container.counter("own_total").build().inc();
    let (inside, reads) = (container.clone(), Arc::new(AtomicUsize::new(0)));
    let counted = Arc::clone(&reads);
    let read = move || -> Snapshot {
        counted.fetch_add(1, Ordering::Relaxed);
        let page = inside.get_metrics();
        assert_eq!(page.series(), 1, "it comes without sources");
        page
    };
    let owned = container
        .source("nesting_own", read)
        .timeout(PATIENCE)
        .owned();
    let page = container.get_metrics();
    assert_eq!(page.series(), 1);
    assert_eq!(up("nesting_own"), Some(0.0));
    assert_eq!(reads.load(Ordering::Relaxed), 1, "it was read once");
    drop(owned);
}

#[test]
fn a_container_may_be_the_source_of_another() {
    let (outer, inner) = (Container::new("outer"), Container::new("inner"));
    inner
        .source("nesting_inner", || vec![gauge("x", "a", 1.0)])
        .timeout(PATIENCE)
        .attach();
    inner.counter("own_total").build().inc();
    let read = move || inner.get_metrics();
    outer
        .source("nesting_outer", read)
        .timeout(PATIENCE)
        .attach();
    let page = outer.get_metrics();
    assert_eq!(value(&page, "x", "a"), Some(1.0));
    assert_eq!(page.series(), 2);
    assert_eq!(
        (up("nesting_inner"), up("nesting_outer")),
        (Some(1.0), Some(1.0))
    );
}

#[test]
fn containers_that_are_each_others_sources_end_where_they_began() {
    let (one, other) = (Container::new("one"), Container::new("other"));
    one.counter("own_total").build().inc();
    other.counter("own_total").build().inc();
    let (of_one, of_other) = (one.clone(), other.clone());
    let there = one.source("nesting_there", move || of_other.get_metrics());
    let there = there.timeout(PATIENCE).owned();
    let back = other.source("nesting_back", move || of_one.get_metrics());
    let back = back.timeout(PATIENCE).owned();

    let page = one.get_metrics();
    assert!(
        page.family("other_own_total").is_some() && page.series() == 2,
        "{page:?}"
    );
    // The way back is where the circle closes.
    assert_eq!(
        (up("nesting_there"), up("nesting_back")),
        (Some(1.0), Some(0.0))
    );
    drop((there, back));
}
