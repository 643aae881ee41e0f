//! What a shutdown does to connections.

use std::io::{Read, Write};
use std::thread;
use std::time::Duration;

use dynamometer_status::Limits;

use crate::support::{connect, gated, local, rest_text};

const REQUEST: &[u8] = b"GET /metrics HTTP/1.1\r\nhost: x\r\n\r\n";

fn patient() -> Limits {
    let mut limits = Limits::default();
    limits.shutdown = Duration::from_hours(1);
    limits
}

#[test]
fn idle_connections_and_unfinished_requests_are_closed_at_once() {
    let server = local().limits(patient()).start().unwrap();
    let (idle, mut unfinished) = (connect(&server), connect(&server));
    unfinished.write_all(&REQUEST[..10]).unwrap();
    let mut used = connect(&server);
    used.write_all(REQUEST).unwrap();
    used.read_exact(&mut [0; 100]).unwrap();
    server.shutdown();
    assert_eq!(rest_text(idle), "");
    assert_eq!(rest_text(unfinished), "");
}

#[test]
fn a_request_in_flight_is_answered() {
    let (container, mut gate) = gated();
    let server = local()
        .container(container)
        .limits(patient())
        .start()
        .unwrap();
    let mut stream = connect(&server);
    let addr = server.addr().unwrap();
    stream.write_all(REQUEST).unwrap();
    gate.wait_for_reader();
    let stopping = thread::spawn(|| server.shutdown());
    dynamometer_testkit::eventually!(Duration::from_secs(30), {
        std::net::TcpStream::connect(addr).is_err()
    });
    gate.open();
    let answer = rest_text(stream);
    assert!(answer.starts_with("HTTP/1.1 200 OK\r\n"), "{answer}");
    assert!(answer.contains("\r\nconnection: close\r\n"), "{answer}");
    stopping.join().unwrap();
}

#[test]
fn a_request_that_takes_too_long_is_cut_off() {
    let (container, gate) = gated();
    let mut limits = Limits::default();
    limits.shutdown = Duration::from_millis(10);
    let server = local().container(container).limits(limits).start().unwrap();
    let mut stream = connect(&server);
    stream.write_all(REQUEST).unwrap();
    gate.wait_for_reader();
    server.shutdown();
    assert_eq!(rest_text(stream), "");
}
