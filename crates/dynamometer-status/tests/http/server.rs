//! Starting, serving and stopping.

use std::net::TcpListener;

use dynamometer::Container;
use dynamometer_status::{ErrorKind, StatusServer};

use crate::support::{Reading, local};

fn get(server: &StatusServer, path: &str) -> (u16, String, String) {
    let agent: ureq::Agent = ureq::Agent::config_builder()
        .http_status_as_error(false)
        .build()
        .into();
    let mut answer = agent.get(server.url(path).unwrap()).call().unwrap();
    let content_type = answer.headers()["content-type"]
        .to_str()
        .unwrap()
        .to_owned();
    (
        answer.status().as_u16(),
        content_type,
        answer.body_mut().read_to_string().unwrap(),
    )
}

#[test]
fn a_program_without_tokio_serves_its_metrics() {
    let container = Container::new("app");
    let server = local().container(container.clone()).start().unwrap();
    container
        .counter("requests_total")
        .help("Requests.")
        .build()
        .inc_by(7);
    let (status, content_type, body) = get(&server, "/metrics");
    assert_eq!(status, 200);
    assert_eq!(content_type, "text/plain; version=0.0.4; charset=utf-8");
    assert!(body.contains("\napp_requests_total 7\n"), "{body}");
    server.shutdown();
}

#[tokio::test]
async fn a_program_on_tokio_is_scraped_while_its_runtime_is_blocked() {
    let container = Container::new("app");
    container.counter("requests_total").build().inc();
    let server = local().container(container).start().unwrap();
    // A blocking client on the only thread of this runtime.
    let (status, _, body) = get(&server, "/metrics");
    assert_eq!(status, 200);
    assert!(body.contains("app_requests_total 1\n"), "{body}");
    server.shutdown();
}

#[test]
fn the_librarys_own_metrics_are_on_the_page() {
    let server = local().start().unwrap();
    let (_, _, body) = get(&server, "/metrics");
    assert!(
        body.contains("dynamometer_registration_errors_total{reason=\"invalid_name\"}"),
        "{body}"
    );
    server.shutdown();
}

#[test]
fn a_wrong_path_is_told_the_right_ones() {
    let server = local().start().unwrap();
    let (status, _, body) = get(&server, "/metricsss");
    assert_eq!(status, 404);
    assert!(body.contains("/metrics "), "{body}");
    assert_eq!(get(&server, "/").0, 200);
    server.shutdown();
}

#[test]
fn a_named_port_that_is_taken_is_an_error_that_says_what_to_do() {
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port();
    let error = local().port(port).start().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::PortTaken);
    assert!(error.to_string().contains("DYN_SYSTEM_PORT"), "{error}");
}

#[test]
fn the_default_port_gives_way_to_the_next_free_one() {
    let first = StatusServer::builder().host("127.0.0.1").start().unwrap();
    let second = StatusServer::builder().host("127.0.0.1").start().unwrap();
    assert_ne!(first.addr(), second.addr());
    assert_eq!(get(&second, "/metrics").0, 200);
    first.shutdown();
    second.shutdown();
}

#[test]
fn a_host_that_is_nowhere_is_an_error() {
    let error = local().host("no such host").start().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Host);
    let foreign = local().host("203.0.113.1").start().unwrap_err();
    assert_eq!(foreign.kind(), ErrorKind::Host);
}

#[test]
fn a_server_that_is_switched_off_listens_nowhere() {
    let server = local().enabled(false).start().unwrap();
    assert_eq!(server.addr(), None);
    assert_eq!(server.url("/metrics"), None);
    server.shutdown();
}

#[test]
fn the_server_outlives_its_handle_and_ends_with_shutdown() {
    let server = local().start().unwrap();
    let url = server.url("/metrics").unwrap();
    drop(server);
    assert_eq!(ureq::get(&url).call().unwrap().status(), 200);

    let server = local().start().unwrap();
    let addr = server.addr().unwrap();
    server.shutdown();
    assert!(
        std::net::TcpStream::connect(addr).is_err(),
        "nobody listens any more"
    );
}

#[test]
fn a_container_that_panics_or_clashes_leaves_the_rest_served() {
    let (one, other) = (Container::new("app"), Container::new("app"));
    one.counter("x_total").label("from", "one").build().inc();
    other.gauge("x_total").build().set(5.0);
    other.counter("y_total").build().inc();
    let server = local()
        .container(Reading(|| panic!("on purpose")))
        .container(one)
        .container(other)
        .start()
        .unwrap();
    let (status, _, body) = get(&server, "/metrics");
    assert_eq!(status, 200);
    assert!(body.contains("app_x_total{from=\"one\"} 1\n"), "{body}");
    assert!(body.contains("app_y_total 1\n"), "{body}");
    assert_eq!(body.matches("# TYPE app_x_total").count(), 1, "{body}");
    server.shutdown();
}
