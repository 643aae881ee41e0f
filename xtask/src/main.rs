//! The one door to building, checking and showing dynamometer.
//!
//! `cargo xtask --help` lists the commands. This file only wires them; each
//! command has a file or a folder of its own name.

#![forbid(unsafe_code)]

mod asan;
mod bench;
mod cli;
mod clock;
mod completions;
mod console;
mod cpp;
mod demo;
mod disk;
mod env;
mod fuzz;
mod generate;
mod layers;
mod loom;
mod miri;
mod place;
mod process;
mod python;
mod rustc;
mod servers;
mod stage;
mod test;
mod workspace;

use std::process::ExitCode;

fn main() -> ExitCode {
    cli::run()
}
