//! With libnv's backend the registry of C++ is that of both languages.
//!
//! One test in its own file: a process has one host.
#![allow(unsafe_code, reason = "calls a C++ library")]
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod cxx;

use std::thread;

use dynamometer::{Backend, BaseComponentMetrics, libnv};

#[test]
fn a_component_of_libnv_shows_what_both_languages_count() {
    let plugin = cxx::load();
    // SAFETY: a function of the plug-in.
    unsafe { (plugin.handle)(2, 500) };
    let base = BaseComponentMetrics::new_libnv("worker", "worker");
    assert_eq!(base.backends(), [Backend::Libnv]);
    let requests = base
        .container
        .create_counter("requests_total", "Requests handled.", &[]);
    let sessions = base.native().counter("sessions_total").vec(&["kind"]);
    thread::scope(|scope| {
        // SAFETY: the plug-in's functions may be called from any thread.
        scope.spawn(|| unsafe { (plugin.handle)(2, 500) });
        scope.spawn(|| (0..1000).for_each(|_| requests.inc()));
        scope.spawn(|| {
            for at in 0..1000 {
                let kind = if at % 2 == 0 { "a" } else { "b" };
                sessions.with_label_values(&[kind]).inc();
            }
        });
        // SAFETY: as above.
        scope.spawn(|| unsafe { (plugin.count_as)(c"worker_requests_total".as_ptr(), 7) });
    });
    assert_eq!(requests.get_value(), 1007);
    let page = base.container.export_prometheus();
    for line in [
        "plugin_requests_total 2000\n",
        "plugin_depth 7\n",
        "plugin_size_bytes_count 2000\n",
        "worker_requests_total 1007\n",
        "worker_sessions_total{kind=\"a\"} 500\n",
        "worker_sessions_total{kind=\"b\"} 500\n",
        "process_start_time_seconds ",
    ] {
        assert!(page.contains(line), "{line} is not in\n{page}");
    }
    assert!(sessions.remove(&["a"]));
    let page = base.container.export_prometheus();
    assert!(!page.contains("kind=\"a\""), "{page}");
    sessions.with_label_values(&["a"]).inc();
    let page = base.container.export_prometheus();
    assert!(
        page.contains("worker_sessions_total{kind=\"a\"} 1\n"),
        "{page}"
    );

    let doctor = libnv::doctor().unwrap();
    assert_eq!(
        (&*doctor.host_language, &*doctor.host_backend),
        ("c++", "libnv")
    );
    let second = BaseComponentMetrics::new_libnv("other", "other");
    assert_eq!(
        second.backends(),
        [Backend::Libnv],
        "the first stays the process's"
    );
}
