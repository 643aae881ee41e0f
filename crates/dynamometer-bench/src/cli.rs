//! The command line.

use std::path::PathBuf;

use clap::{Parser, ValueEnum};

use crate::child::Role;
use crate::host;

/// Measure what records, pages and scrapes cost, beside other metrics libraries, in
/// one run.
#[derive(Clone, Debug, Parser)]
#[command(name = "bench", version, max_term_width = 100, after_help = EXAMPLES)]
pub(crate) struct Args {
    /// What to measure [default: all of it].
    #[arg(value_enum, value_name = "SECTION")]
    pub(crate) sections: Vec<Section>,

    /// Numbers of threads on one metric; `N` stands for all cores.
    ///
    /// [default: 1,2,N, and 4 where there are only two cores]
    #[arg(long, value_name = "LIST", value_delimiter = ',', value_parser = threads)]
    pub(crate) threads: Vec<usize>,

    /// Rounds per measurement; the median of them is reported.
    #[arg(long, value_name = "COUNT", default_value_t = 7, value_parser = clap::value_parser!(u16).range(1..))]
    pub(crate) rounds: u16,

    /// Only measure cases or libraries whose name contains this text.
    ///
    /// This library and the floors stay in, for the ratios.
    #[arg(long, value_name = "TEXT")]
    pub(crate) filter: Option<String>,

    /// Write the results as JSON too; `-` writes them to standard output and the
    /// table to standard error.
    #[arg(long, value_name = "FILE")]
    pub(crate) json: Option<PathBuf>,

    /// Measure shortly: 10 ms instead of 50, and 2 s of idling instead of 10.
    #[arg(long)]
    pub(crate) quick: bool,

    /// Exit with 1 when a goal is missed.
    #[arg(long)]
    pub(crate) strict: bool,

    /// Also measure memory with transparent huge pages forced on for the whole
    /// system, which needs root; the former mode is put back.
    #[arg(long)]
    pub(crate) thp: bool,

    /// What this process does as a child of a run.
    #[arg(long, hide = true, value_enum, exclusive = true)]
    pub(crate) child: Option<Role>,
}

/// A part of the run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Section {
    /// Nanoseconds per record.
    Record,
    /// Nanoseconds per new series, and seconds for a million.
    Create,
    /// Nanoseconds per series of a page that is written.
    Encode,
    /// Nanoseconds per sample of a page that is read.
    Parse,
    /// Milliseconds per scrape of the status server, and nanoseconds per record
    /// meanwhile.
    Scrape,
    /// Memory of a thousand threads that touch a thousand series each, and of a
    /// series.
    Memory,
    /// Context switches of an idle process with the status server.
    Idle,
    /// Nanoseconds per record and per new series in C++: libnv beside prometheus-cpp.
    Cpp,
}

const EXAMPLES: &str = "\
Examples:
  bench                                 everything, a few minutes
  bench record --quick --rounds 3       a first look
  bench record --filter histogram       the histograms only
  bench record --filter prometheus --threads 1,2
                                        beside prometheus and prometheus-client
  bench encode --filter text-100k       large pages of text
  bench parse scrape --quick            the way of a scrape, shortly
  bench cpp --strict                    libnv, which cmake builds first
  bench memory --thp                    as root: memory with huge pages as well
  bench --strict --json bench.json      for a script

Exit codes: 0 done; 1 a goal was missed and --strict was given; 2 an error.";

impl Args {
    /// Returns whether the section is to be run.
    pub(crate) fn includes(&self, section: Section) -> bool {
        self.sections.is_empty() || self.sections.contains(&section)
    }

    /// Returns the numbers of threads, ascending and distinct.
    pub(crate) fn thread_counts(&self) -> Vec<usize> {
        let cores = host::cores();
        let mut counts = self.threads.clone();
        if counts.is_empty() {
            counts.extend([1, 2, cores]);
            if cores == 2 {
                // More threads than cores, as most programs have.
                counts.push(4);
            }
        }
        counts.sort_unstable();
        counts.dedup();
        counts
    }
}

fn threads(text: &str) -> Result<usize, String> {
    if text == "N" {
        return Ok(host::cores());
    }
    match text.parse() {
        Ok(0) | Err(_) => Err("expected a number of threads above zero, or N".to_owned()),
        Ok(count) => Ok(count),
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;

    use super::*;

    #[test]
    fn command_line_is_consistent() {
        Args::command().debug_assert();
    }

    #[test]
    fn thread_counts_are_sorted_and_distinct() {
        let args = Args::parse_from(["bench", "record", "--threads", "8,1,8"]);
        assert_eq!(args.thread_counts(), [1, 8]);
        assert!(args.includes(Section::Record) && !args.includes(Section::Idle));
        assert!(Args::try_parse_from(["bench", "--threads", "0"]).is_err());
    }
}
