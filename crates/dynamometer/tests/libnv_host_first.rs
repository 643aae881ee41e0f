//! C++ that comes after the host reports into its container.
//!
//! One test in its own file: a process has one host.
#![allow(unsafe_code, reason = "calls a C++ library")]
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod cxx;

use std::thread;

use dynamometer::{Container, ErrorKind, libnv};

#[test]
fn threads_of_both_languages_are_on_the_page_of_the_host() {
    let container = Container::new("app").scope("", &[("region", "eu")]);
    let published = container.publish_to_libnv("app").unwrap();
    let again = container.publish_to_libnv("app").unwrap_err();
    assert_eq!(again.kind(), ErrorKind::Backend, "{again}");

    let plugin = cxx::load();
    let shared = container.counter("shared_total").help("Of both.").build();
    thread::scope(|scope| {
        // SAFETY: the plug-in's functions may be called from any thread.
        scope.spawn(|| unsafe { (plugin.handle)(3, 1000) });
        for _ in 0..2 {
            scope.spawn(|| (0..1000).for_each(|_| shared.inc()));
            scope.spawn(|| {
                for _ in 0..100 {
                    // SAFETY: as above.
                    unsafe { (plugin.count_as)(c"shared_total".as_ptr(), 10) };
                }
            });
        }
        for _ in 0..50 {
            let page = container.get_metrics();
            let in_flight = page.value("app_plugin_in_flight", &[("region", "eu")]);
            let in_flight = in_flight.map_or(0.0, dynamometer::Value::as_f64);
            // A reader that is held up between the two halves sees more than there are.
            assert!(in_flight >= 0.0, "{in_flight}");
        }
    });

    assert_eq!(shared.get_value(), 4000);
    let page = container.export_prometheus();
    for line in [
        "# HELP app_plugin_requests_total Requests handled.\n# TYPE app_plugin_requests_total counter\n",
        "app_plugin_requests_total{region=\"eu\"} 3000\n",
        "app_plugin_busy_seconds_total{region=\"eu\"} 1500\n",
        "app_plugin_in_flight{region=\"eu\"} 0\n",
        "app_plugin_depth{region=\"eu\"} 7\n",
        "app_plugin_size_bytes_bucket{region=\"eu\",le=\"1.0\"} 1500\n",
        "app_plugin_size_bytes_count{region=\"eu\"} 3000\n",
        "app_plugin_size_bytes_sum{region=\"eu\"} 8250\n",
        "app_shared_total{region=\"eu\"} 4000\n",
    ] {
        assert!(page.contains(line), "{line} is not in\n{page}");
    }

    let refused = container.gauge("shared_total").try_build().unwrap_err();
    let message = "\"app_shared_total\" can not be a gauge too";
    assert!(refused.to_string().starts_with(message), "{refused}");
    let message = std::ffi::CString::new(message).unwrap();
    // SAFETY: as above.
    let is_refused = unsafe { (plugin.is_refused)(c"shared_total".as_ptr(), message.as_ptr()) };
    assert!(is_refused, "in the same words");

    let doctor = libnv::doctor().unwrap();
    assert!(doctor.is_hosted);
    assert_eq!(
        (
            &*doctor.cells_language,
            &*doctor.host_language,
            &*doctor.host_backend
        ),
        ("rust", "rust", "prometheus")
    );
    assert_eq!(doctor.copies.len(), 2, "{doctor}");
    assert!(doctor.slabs >= 1, "{doctor}");

    drop(published);
    assert!(!libnv::doctor().unwrap().is_hosted);
    let page = container.export_prometheus();
    assert!(
        page.contains("app_plugin_requests_total{region=\"eu\"} 3000\n"),
        "{page}"
    );
}
