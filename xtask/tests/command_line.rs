//! What a user of `cargo xtask` sees: help, colours, exit codes.

#![forbid(unsafe_code)]

use std::process::{Command, Output};

fn xtask(args: &[&str]) -> Output {
    let program = env!("CARGO_BIN_EXE_xtask");
    Command::new(program)
        .args(args)
        .output()
        .expect("cargo has built the program")
}

#[test]
fn help_of_every_command_that_takes_something_has_examples() {
    for command in [
        "test", "gen", "servers", "python", "fuzz", "demo", "bench", "loom", "miri",
    ] {
        let help = String::from_utf8(xtask(&[command, "--help"]).stdout).unwrap();
        assert!(help.contains("Examples:\n  "), "{command}: {help}");
    }
}

#[test]
fn a_wrong_command_line_exits_with_2() {
    assert_eq!(xtask(&["tset"]).status.code(), Some(2));
    assert_eq!(xtask(&["test", "--only", "fromat"]).status.code(), Some(2));
}

#[test]
fn a_failure_exits_with_1_and_says_what_to_do_without_colours() {
    let empty = tempfile::tempdir().unwrap();
    let mut servers = Command::new(env!("CARGO_BIN_EXE_xtask"));
    let output = servers
        .arg("servers")
        .env("DYN_TEST_SERVERS", empty.path())
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(1));
    let text = String::from_utf8(output.stderr).unwrap();
    assert!(
        text.starts_with("error: DYN_TEST_SERVERS is set to"),
        "{text:?}"
    );
}

#[test]
fn listing_stages_runs_none_of_them() {
    let output = xtask(&["test", "--list", "--only", "miri", "format"]);
    let text = String::from_utf8(output.stdout).unwrap();
    let stages: Vec<&str> = text
        .lines()
        .filter_map(|line| line.split(' ').next())
        .collect();
    assert_eq!(stages, ["format", "miri"]);
}
