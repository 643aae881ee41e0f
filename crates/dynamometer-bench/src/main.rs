//! `bench`: what records, pages and scrapes cost here, beside the peers, in one run.
//!
//! Numbers of two runs do not compare: clocks, neighbours and kernels differ.
//! So every library is measured in the same process, round by round in turn,
//! through the same loop, and each round sees the same noise. The goals that
//! the numbers must meet are data, in `goal.rs`.
//!
//! ```text
//! cargo run --release --package dynamometer-bench -- record --filter histogram
//! ```
//!
//! | file | concept |
//! |---|---|
//! | `harness/` | the loop, the timing, the rounds, the statistics |
//! | `case/` | one kind of measurement each, and who takes part in it |
//! | `peer/` | one library each: how it is set up and how it is read back |
//! | `labelled/` | one library each: how its series are looked up by labels |
//! | `encoded/` | one library each: how its series are written as a page |
//! | `parsed/` | one library each: how a page is read |
//! | `scraped/` | the status server, and who scrapes it |
//! | `cpp/` | the C++ program that measures libnv |
//! | `floor.rs`, `limit.rs` | the costs nothing can go below |
//! | `goal.rs` | the goals |
//! | `report/` | the table and the JSON |

mod case;
mod child;
mod cli;
mod clock;
mod cpp;
mod encoded;
mod floor;
mod goal;
mod harness;
mod host;
mod key;
mod labelled;
mod limit;
mod parsed;
mod peer;
mod procfs;
mod report;
mod run;
mod scraped;
mod thp;
mod value;

use std::process::ExitCode;

use clap::Parser as _;

fn main() -> ExitCode {
    run::run(&cli::Args::parse())
}
