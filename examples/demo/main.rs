//! A small component under live traffic, with its metrics on the terminal and
//! on `/metrics`.
//!
//! `cargo xtask demo` runs it.

mod args;
mod component;
mod live;
mod once;
mod table;
mod tokenizer;
mod traffic;

use std::process::ExitCode;

use clap::Parser;

fn main() -> ExitCode {
    let args = args::Args::parse();
    let outcome = if args.once {
        once::run(&args)
    } else {
        live::run(&args)
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            anstream::eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}
