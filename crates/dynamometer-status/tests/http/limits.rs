//! What the server bears with from its clients, and what it does not.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::Duration;

use dynamometer_status::{ErrorKind, Limits, StatusServer};

use crate::support::{connect, exchange_text, gated, local, rest_text};

/// Idle connections that must not keep a scraper out.
const IDLE: u64 = 10_000;

fn limits(set: impl FnOnce(&mut Limits)) -> Limits {
    let mut limits = Limits::default();
    set(&mut limits);
    limits
}

fn scrape(server: &StatusServer) -> String {
    exchange_text(
        server,
        "GET /metrics HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n",
    )
}

fn assert_status(answer: &str, status: &str) {
    assert!(
        answer.starts_with(&format!("HTTP/1.1 {status}\r\n")),
        "{answer}"
    );
}

#[test]
fn ten_thousand_idle_connections_do_not_keep_a_scraper_out() {
    let allowed = raise_descriptor_limit();
    // The server's own connections, and what else a process has open.
    let idle = IDLE.min(allowed.saturating_sub(512 + 100));
    let server = local().start().unwrap();
    let idle: Vec<TcpStream> = (0..idle).map(|_| connect(&server)).collect();
    assert_status(&scrape(&server), "200 OK");
    assert_eq!(
        rest_text(idle.into_iter().next().unwrap()),
        "",
        "closed for others"
    );
    server.shutdown();
}

/// Allows as many descriptors as this process may allow itself; returns how many.
fn raise_descriptor_limit() -> u64 {
    use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
    let limit = getrlimit(Resource::Nofile);
    let raised = Rlimit {
        current: limit.maximum,
        maximum: limit.maximum,
    };
    setrlimit(Resource::Nofile, raised).unwrap();
    limit.maximum.unwrap_or(u64::MAX)
}

#[test]
fn unfinished_requests_give_way_too() {
    let few = limits(|limits| limits.connections = 2);
    let server = local().limits(few).start().unwrap();
    let mut unfinished = [(); 10].map(|()| connect(&server));
    for stream in &mut unfinished {
        let _ = stream.write_all(b"GET /metrics HTTP/1.1\r\nho");
    }
    assert_status(&scrape(&server), "200 OK");
    server.shutdown();
}

#[test]
fn a_connection_beyond_the_limit_is_told_to_come_again_while_all_are_busy() {
    let (container, mut gate) = gated();
    let one = limits(|limits| limits.connections = 1);
    let server = local().container(container).limits(one).start().unwrap();
    let mut busy = connect(&server);
    busy.write_all(b"GET /metrics HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n")
        .unwrap();
    gate.wait_for_reader();
    let refused = scrape(&server);
    assert_status(&refused, "503 Service Unavailable");
    assert!(refused.contains("\r\nretry-after: "), "{refused}");
    gate.open();
    assert_status(&rest_text(busy), "200 OK");
    server.shutdown();
}

#[test]
fn a_slow_client_is_cut_off_while_others_are_served() {
    let quick = limits(|limits| {
        limits.request = Duration::from_millis(20);
        limits.idle = Duration::from_hours(1);
    });
    let server = local().limits(quick).start().unwrap();
    let mut slow = connect(&server);
    slow.write_all(b"G").unwrap();
    let mut other = connect(&server);
    assert_eq!(slow.read(&mut [0; 1]).unwrap_or(0), 0, "cut off");
    let request = b"GET / HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n";
    other.write_all(request).unwrap();
    assert_status(&rest_text(other), "200 OK");
    server.shutdown();
}

#[test]
fn heads_that_are_too_long_are_refused() {
    let server = local().start().unwrap();
    let long = "x".repeat(17 << 10);
    let many = "x: y\r\n".repeat(65);
    let of_many = "x: y\r\n".repeat(60);
    for (request, status) in [
        (
            format!("GET / HTTP/1.1\r\nhost: {long}\r\n\r\n"),
            "431 Request Header Fields Too Large",
        ),
        (
            format!("GET / HTTP/1.1\r\n{many}\r\n"),
            "431 Request Header Fields Too Large",
        ),
        (
            format!("GET /{} HTTP/1.1\r\n\r\n", &long[..9 << 10]),
            "414 URI Too Long",
        ),
        (
            format!("GET / HTTP/1.1\r\nconnection: close\r\n{of_many}\r\n"),
            "200 OK",
        ),
    ] {
        let request = request.replace("HTTP/1.1\r\n", "HTTP/1.1\r\nconnection: close\r\n");
        assert_status(&exchange_text(&server, &request), status);
    }
    server.shutdown();
}

#[test]
fn a_body_is_ignored_unless_it_is_too_long() {
    let server = local().start().unwrap();
    let head = "GET / HTTP/1.1\r\nconnection: close\r\n";
    let fits = format!("{head}content-length: 5\r\n\r\n12345");
    assert_status(&exchange_text(&server, &fits), "200 OK");
    let announced = format!("{head}content-length: 65537\r\n\r\n");
    assert_status(&exchange_text(&server, &announced), "413 Payload Too Large");
    let chunk = format!("8000\r\n{}\r\n", "x".repeat(0x8000));
    let chunked = |count| {
        let chunks = chunk.repeat(count);
        format!("{head}transfer-encoding: chunked\r\n\r\n{chunks}0\r\n\r\n")
    };
    assert_status(&exchange_text(&server, &chunked(2)), "200 OK");
    assert_status(
        &exchange_text(&server, &chunked(3)),
        "413 Payload Too Large",
    );
    server.shutdown();
}

#[test]
fn limits_that_let_nobody_in_are_refused() {
    for (name, none) in [
        ("connections", limits(|limits| limits.connections = 0)),
        ("request", limits(|limits| limits.request = Duration::ZERO)),
    ] {
        let error = local().limits(none).start().unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Config);
        assert!(error.to_string().contains(name), "{error}");
    }
}
