//! `DYN_METRICS_BACKEND=libnv` is all that a component needs to change.
//!
//! One test in its own file: a process has one first component.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::process::Command;

use dynamometer::{Backend, BaseComponentMetrics, env, libnv};

#[test]
fn the_variable_alone_makes_libnv_keep_the_metrics() {
    if Backend::from_env().unwrap() != [Backend::Libnv] {
        let again = Command::new(std::env::current_exe().unwrap())
            .arg("the_variable_alone_makes_libnv_keep_the_metrics")
            .env(env::BACKEND, "libnv")
            .status()
            .unwrap();
        assert!(again.success());
        return;
    }
    let base = BaseComponentMetrics::from_env("worker").unwrap();
    let requests = base
        .container
        .create_counter("requests_total", "Requests handled.", &[]);
    requests.inc_by(3);
    let page = base.container.export_prometheus();
    assert!(page.contains("worker_requests_total 3\n"), "{page}");
    let doctor = libnv::doctor().unwrap();
    let host = (
        &*doctor.host_language,
        &*doctor.host_backend,
        &*doctor.service_name,
    );
    assert_eq!(host, ("c++", "libnv", "worker"), "{doctor}");
}
