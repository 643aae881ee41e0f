//! A process that has no descriptors left; alone, for the limit is the process's.
#![allow(clippy::unwrap_used, reason = "a test says enough by its name")]

use std::fs::File;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::Duration;

use dynamometer_status::{Limits, StatusServer};
use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};

/// Descriptors that the process may have; few enough to be spent quickly.
const DESCRIPTORS: u64 = 100;

#[test]
fn a_server_without_descriptors_closes_idle_connections_for_new_ones() {
    let mut limits = Limits::default();
    limits.idle = Duration::from_hours(1);
    let server = StatusServer::builder()
        .host("127.0.0.1")
        .port(0)
        .limits(limits)
        .start()
        .unwrap();
    let connect = || TcpStream::connect(server.addr().unwrap()).unwrap();
    let few = Rlimit {
        current: Some(DESCRIPTORS),
        ..getrlimit(Resource::Nofile)
    };
    setrlimit(Resource::Nofile, few).unwrap();

    let mut idle = connect();
    idle.write_all(b"GET / HTTP/1.1\r\nhost: x\r\n\r\n")
        .unwrap();
    idle.read_exact(&mut [0; 15]).unwrap();
    let mut spent: Vec<File> = std::iter::from_fn(|| File::open("/dev/null").ok()).collect();
    assert!(spent.len() > 20, "{}", spent.len());
    // The one descriptor that is free now is the client's; the server has none for
    // its end.
    spent.pop();
    let mut last = connect();
    last.write_all(b"GET / HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n")
        .unwrap();
    let mut answer = String::new();
    last.read_to_string(&mut answer).unwrap();
    assert!(answer.starts_with("HTTP/1.1 200 OK\r\n"), "{answer}");
    server.shutdown();
}
