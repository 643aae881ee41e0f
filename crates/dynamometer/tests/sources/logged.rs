//! What is logged of a source: a change of its state, and a clash, once each.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, OnceLock};

use dynamometer::{Container, Family, SourceError};
use dynamometer_testkit::eventually;
use log::{Log, Metadata, Record};

use crate::page::{PATIENCE, gauge};

/// Keeps what is logged, for all tests of this program.
#[derive(Default)]
struct Kept(Mutex<Vec<String>>);

impl Log for Kept {
    fn enabled(&self, _: &Metadata<'_>) -> bool {
        true
    }

    fn log(&self, record: &Record<'_>) {
        let line = format!("{} {}", record.level(), record.args());
        self.0.lock().unwrap().push(line);
    }

    fn flush(&self) {}
}

/// The lines about one source, in their order.
fn logged_of(source: &str) -> Vec<String> {
    let source = format!("source {source:?}");
    let all = kept().0.lock().unwrap();
    all.iter()
        .filter(|line| line.contains(&source))
        .cloned()
        .collect()
}

fn kept() -> &'static Kept {
    static KEPT: OnceLock<Kept> = OnceLock::new();
    KEPT.get_or_init(Kept::default)
}

fn start() {
    // The second test of a program finds it set.
    let _ = log::set_logger(kept());
    log::set_max_level(log::LevelFilter::Info);
}

#[test]
fn a_source_that_goes_down_or_up_is_logged_once_with_its_reason() {
    start();
    let container = Container::new("app");
    let works = Arc::new(AtomicBool::new(false));
    let read = {
        let works = Arc::clone(&works);
        move || -> Result<Vec<Family>, SourceError> {
            let works = works.load(Ordering::Relaxed);
            if works {
                Ok(Vec::new())
            } else {
                Err("it is closed".into())
            }
        }
    };
    container
        .source("logged_state", read)
        .timeout(PATIENCE)
        .attach();
    let down = "WARN source \"logged_state\" is down: it is closed";
    let up = "INFO source \"logged_state\" is up again";
    let lines = [down, up, down];
    for (is_up, told) in [
        (false, 1),
        (false, 1),
        (true, 2),
        (true, 2),
        (false, 3),
        (false, 3),
    ] {
        works.store(is_up, Ordering::Relaxed);
        let _ = container.get_metrics();
        // The thread that reads tells it, maybe after the page is there.
        eventually!(PATIENCE, logged_of("logged_state") == lines[..told]);
    }
}

#[test]
fn a_panic_is_logged_with_what_it_says() {
    start();
    let container = Container::new("app");
    let read = || -> Vec<Family> { panic!("no {}", "queue") };
    container
        .source("logged_panic", read)
        .timeout(PATIENCE)
        .attach();
    let _ = container.get_metrics();
    let down = "WARN source \"logged_panic\" is down: it panicked: no queue";
    eventually!(PATIENCE, logged_of("logged_panic") == [down]);
}

#[test]
fn a_clash_is_logged_once_however_often_the_page_is_read() {
    start();
    let container = Container::new("app");
    container.counter("x").build();
    let read = || vec![gauge("app_x", "a", 1.0), gauge("no name", "a", 1.0)];
    container
        .source("logged_clash", read)
        .timeout(PATIENCE)
        .attach();
    for _ in 0..3 {
        let _ = container.get_metrics();
    }
    let lines = [
        "WARN source \"logged_clash\": \"no name\" can not be a name, left out",
        "WARN source \"logged_clash\": app_x is a counter and would be a gauge too, left out",
    ];
    assert_eq!(logged_of("logged_clash"), lines);
}
