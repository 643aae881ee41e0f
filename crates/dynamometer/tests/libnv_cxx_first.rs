//! What C++ counted before there was a host is on its page.
//!
//! One test in its own file: a process has one host.
#![allow(unsafe_code, reason = "calls a C++ library")]
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod cxx;

use dynamometer::{Container, libnv};

#[test]
fn what_cxx_counted_before_the_host_came_moves_there_and_counts_on() {
    let plugin = cxx::load();
    // SAFETY: a function of the plug-in.
    unsafe { (plugin.handle)(2, 500) };
    // SAFETY: as above.
    unsafe { (plugin.count_as)(c"shared_total".as_ptr(), 5) };

    let container = Container::new("app");
    let shared = container.counter("shared_total").help("Of both.").build();
    shared.inc_by(2);
    let published = container.publish_to_libnv("app").unwrap();
    let page = container.export_prometheus();
    for line in ["app_plugin_requests_total 1000\n", "app_shared_total 7\n"] {
        assert!(page.contains(line), "{line} is not in\n{page}");
    }
    // SAFETY: as above.
    unsafe { (plugin.handle)(2, 500) };
    // SAFETY: as above.
    unsafe { (plugin.count_as)(c"shared_total".as_ptr(), 5) };
    assert_eq!(shared.get_value(), 12);

    let page = container.export_prometheus();
    for line in [
        "app_plugin_requests_total 2000\n",
        "app_plugin_busy_seconds_total 1000\n",
        "app_plugin_in_flight 0\n",
        "app_plugin_size_bytes_count 2000\n",
        "app_shared_total 12\n",
    ] {
        assert!(page.contains(line), "{line} is not in\n{page}");
    }

    drop(published);
    let next = Container::new("next");
    let _published = next.publish_to_libnv("next").unwrap();
    assert_eq!(libnv::doctor().unwrap().service_name, "next");
    // SAFETY: as above.
    unsafe { (plugin.handle)(1, 100) };
    // SAFETY: as above.
    unsafe { (plugin.count_as)(c"shared_total".as_ptr(), 3) };
    let page = container.export_prometheus();
    assert!(
        page.contains("app_plugin_requests_total 2100\n"),
        "handles stay:\n{page}"
    );
    let page = next.export_prometheus();
    assert!(
        page.contains("next_shared_total 3\n"),
        "new ones go there:\n{page}"
    );
}
