//! The metrics of a tokio runtime.
#![expect(clippy::float_cmp, reason = "the values compared are whole")]

use std::future::pending;
use std::thread;
use std::time::Duration;

use dynamometer::catalogue::tokio as names;
use dynamometer::{Collector, Container, TokioCollector, Value};
use dynamometer_testkit::eventually;
use tokio::runtime::{Builder, Runtime};

const PATIENCE: Duration = Duration::from_secs(30);

fn current_thread(name: &str) -> Runtime {
    let built = Builder::new_current_thread().name(name).build();
    built.expect("a runtime needs no resource but memory")
}

fn value(container: &Container, name: &str, labels: &[(&str, &str)]) -> f64 {
    match container.get_metrics().value(name, labels) {
        Some(Value::Float(value)) => value,
        Some(Value::Unsigned(value)) => value as f64,
        other => panic!("{name} is {other:?}"),
    }
}

#[test]
fn alive_tasks_are_those_spawned_and_pending() {
    let runtime = current_thread("r");
    let container = Container::new("app");
    let collector = TokioCollector::new(&container, runtime.handle());
    let alive = || {
        collector.collect();
        value(&container, names::ALIVE_TASKS, &[("runtime", "r")])
    };
    assert_eq!(alive(), 0.0);
    let tasks: Vec<_> = (0..7).map(|_| runtime.spawn(pending::<()>())).collect();
    assert_eq!(alive(), 7.0);
    for task in tasks {
        task.abort();
        let _ = runtime.block_on(task);
    }
    assert_eq!(alive(), 0.0);
}

#[test]
fn the_global_queue_holds_what_no_worker_has_taken() {
    let runtime = current_thread("r");
    let container = Container::new("app");
    let collector = TokioCollector::new(&container, runtime.handle());
    let waiting = || {
        collector.collect();
        value(&container, names::GLOBAL_QUEUE_DEPTH, &[("runtime", "r")])
    };
    let tasks: Vec<_> = (0..3).map(|_| runtime.spawn(async {})).collect();
    assert_eq!(waiting(), 3.0);
    for task in tasks {
        runtime.block_on(task).unwrap();
    }
    assert_eq!(waiting(), 0.0);
}

#[test]
fn workers_are_as_configured_and_park_when_idle() {
    let builder = &mut Builder::new_multi_thread();
    let runtime = builder.name("pool").worker_threads(3).build().unwrap();
    let container = Container::new("app").scope("http", &[("port", "8000")]);
    let collector = TokioCollector::new(&container, runtime.handle());
    let pool = ("runtime", "pool");
    assert_eq!(value(&container, names::WORKERS, &[pool]), 3.0);
    for worker in ["0", "1", "2"] {
        let labels = [pool, ("worker", worker)];
        eventually!(PATIENCE, {
            collector.collect();
            value(&container, names::WORKER_PARKS_TOTAL, &labels) > 0.0
                && value(&container, names::WORKER_PARKED, &labels) == 1.0
        });
    }
}

#[test]
fn concurrent_collects_count_a_workers_time_once() {
    let runtime = current_thread("r");
    let container = Container::new("app");
    let collector = TokioCollector::new(&container, runtime.handle());
    let labels = [("runtime", "r"), ("worker", "0")];
    eventually!(PATIENCE, {
        runtime.block_on(runtime.spawn(async {})).unwrap();
        runtime.metrics().worker_total_busy_duration(0) > Duration::ZERO
    });
    thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| (0..100).for_each(|_| collector.collect()));
        }
    });
    let metrics = runtime.metrics();
    let busy = metrics.worker_total_busy_duration(0).as_secs_f64();
    let counted = value(&container, names::WORKER_BUSY_SECONDS_TOTAL, &labels);
    assert!((counted - busy).abs() < 1e-9, "{counted} of {busy}");
    let parks = value(&container, names::WORKER_PARKS_TOTAL, &labels);
    assert_eq!(parks, metrics.worker_park_count(0) as f64);
}

#[test]
fn runtimes_without_a_name_are_told_apart() {
    let container = Container::new("app");
    let runtimes = [(); 2].map(|()| Builder::new_current_thread().build().unwrap());
    let _task = runtimes[1].spawn(pending::<()>());
    for (runtime, tasks) in runtimes.iter().zip([0.0, 1.0]) {
        let _ = TokioCollector::new(&container, runtime.handle());
        let id = runtime.handle().id().to_string();
        let labels = [("runtime", id.as_str())];
        assert_eq!(value(&container, names::ALIVE_TASKS, &labels), tasks);
    }
}

#[test]
fn a_collector_outlives_its_runtime_and_does_not_keep_it_running() {
    struct Dropped(std::sync::mpsc::Sender<()>);
    impl Drop for Dropped {
        fn drop(&mut self) {
            let _ = self.0.send(());
        }
    }

    let builder = &mut Builder::new_multi_thread();
    let runtime = builder.name("gone").worker_threads(2).build().unwrap();
    let container = Container::new("app");
    let collector = TokioCollector::new(&container, runtime.handle());
    let (sender, dropped) = std::sync::mpsc::channel();
    let guard = Dropped(sender);
    runtime.spawn(async move {
        let _guard = guard;
        pending::<()>().await;
    });
    drop(runtime);
    assert!(dropped.recv_timeout(PATIENCE).is_ok());
    collector.collect();
    let gone = [("runtime", "gone")];
    assert_eq!(value(&container, names::ALIVE_TASKS, &gone), 0.0);
    assert_eq!(value(&container, names::WORKERS, &gone), 2.0);
}
