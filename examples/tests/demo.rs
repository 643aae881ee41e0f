//! The demo as a person or a script runs it.

use std::process::{Command, Output};

fn demo(arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_demo"));
    command.args(arguments).output().expect("the demo runs")
}

#[test]
fn once_prints_the_exposition_and_exits_with_zero() {
    let output = demo(&["--once", "--requests", "200"]);
    let page = String::from_utf8_lossy(&output.stdout);
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    assert!(
        page.contains("# TYPE demo_request_duration_seconds histogram"),
        "{page}"
    );
    assert!(
        page.contains("\ndemo_request_duration_seconds_count 200\n"),
        "{page}"
    );
    assert!(
        page.contains("\ndemo_requests_total{status=\"error\"} 10\n"),
        "{page}"
    );
    assert!(page.contains("demo_build_info{version="), "{page}");
}

#[test]
fn a_pipe_gets_a_plain_table_and_the_url() {
    let output = demo(&["--seconds", "1", "--threads", "2"]);
    let text = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success());
    assert!(text.starts_with("metrics at http://127.0.0.1:"), "{text}");
    assert!(text.contains("demo_inflight_requests"), "{text}");
    assert!(!text.contains('\x1b'), "no colours in a pipe");
}

#[test]
fn a_port_that_is_taken_is_said_and_exits_with_one() {
    let taken = std::net::TcpListener::bind("127.0.0.1:0").expect("a free port");
    let port = taken.local_addr().expect("an address").port().to_string();
    let output = demo(&["--once", "--port", &port]);
    assert_eq!(output.status.code(), Some(1));
    let message = String::from_utf8_lossy(&output.stderr);
    assert!(message.contains("is taken"), "{message}");
}

#[test]
fn a_wrong_flag_exits_with_two() {
    assert_eq!(demo(&["--no-such-flag"]).status.code(), Some(2));
}

#[test]
fn empty_variables_mean_the_defaults() {
    let output = Command::new(env!("CARGO_BIN_EXE_demo"))
        .arg("--once")
        .env("DYN_SYSTEM_HOST", "")
        .env("DYN_SYSTEM_PORT", "")
        .output()
        .expect("the demo runs");
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
}

#[test]
fn a_host_that_is_nowhere_is_said_once() {
    let output = demo(&["--once", "--host", "no such host"]);
    assert_eq!(output.status.code(), Some(1));
    let message = String::from_utf8_lossy(&output.stderr);
    assert_eq!(message.matches("lookup").count(), 1, "{message}");
}

#[test]
fn an_unknown_backend_is_named() {
    let output = Command::new(env!("CARGO_BIN_EXE_demo"))
        .arg("--once")
        .env("DYN_METRICS_BACKEND", "graphite")
        .output()
        .expect("the demo runs");
    assert_eq!(output.status.code(), Some(1));
    let message = String::from_utf8_lossy(&output.stderr);
    assert!(
        message.contains("unknown backend \"graphite\""),
        "{message}"
    );
}

#[test]
fn a_limit_that_can_not_be_used_is_named_with_its_variable() {
    for (name, value, expected) in [
        (
            "DYN_SYSTEM_MAX_CONNECTIONS",
            "0",
            "a number of connections above 0",
        ),
        (
            "DYN_SYSTEM_IDLE_TIMEOUT",
            "abc",
            "a number of seconds above 0",
        ),
        (
            "DYN_SYSTEM_REQUEST_TIMEOUT",
            "-1",
            "a number of seconds above 0",
        ),
        (
            "DYN_SYSTEM_RESPONSE_TIMEOUT",
            "0",
            "a number of seconds above 0",
        ),
        ("DYN_SYSTEM_COMPRESSION", "perhaps", "true or false"),
        ("DYN_SYSTEM_CREATED", "perhaps", "true or false"),
    ] {
        let output = Command::new(env!("CARGO_BIN_EXE_demo"))
            .arg("--once")
            .env(name, value)
            .output()
            .expect("the demo runs");
        assert_eq!(output.status.code(), Some(1), "{name}");
        let message = String::from_utf8_lossy(&output.stderr);
        let said = format!("{name} is {value:?}, expected {expected}");
        assert!(message.contains(&said), "{message}");
    }
}
