//! How the stages went.

use std::time::Duration;

use super::{Outcome, Stage};
use crate::clock::Stopwatch;
use crate::console::{self, GREEN, RED, YELLOW, styled};

/// What became of every stage that ran.
#[derive(Debug, Default)]
pub(crate) struct Report {
    rows: Vec<Row>,
}

#[derive(Debug)]
struct Row {
    stage: Stage,
    outcome: Outcome,
    took: Duration,
}

// === impl Report ===

impl Report {
    /// Runs stages in their order; one that fails does not stop the others.
    pub(crate) fn of(stages: &[Stage], mut run: impl FnMut(Stage) -> Outcome) -> Self {
        let mut report = Self::default();
        for &stage in stages {
            console::heading(&stage.name());
            let watch = Stopwatch::start();
            let outcome = run(stage);
            match &outcome {
                Outcome::Passed => {}
                Outcome::Failed(error) => console::error(&format!("{error:#}")),
                Outcome::PassedWithout(what) => console::note(what),
                Outcome::Skipped(why) => console::note(format_args!("skipped: {why}")),
            }
            report.rows.push(Row {
                stage,
                outcome,
                took: watch.elapsed(),
            });
        }
        report
    }

    /// Returns whether no stage failed.
    pub(crate) fn is_good(&self) -> bool {
        self.counts().1 == 0
    }

    /// Writes a table, and the counts alone on the last line.
    pub(crate) fn print(&self) {
        console::heading("result");
        for line in self.table() {
            console::line(line);
        }
        let (passed, failed, skipped) = self.counts();
        console::line(format_args!(
            "\n{passed} passed, {failed} failed, {skipped} skipped"
        ));
    }

    fn table(&self) -> impl Iterator<Item = String> {
        let width = self
            .rows
            .iter()
            .map(|row| row.stage.name().len())
            .max()
            .unwrap_or_default();
        self.rows.iter().map(move |row| {
            let (style, word, why) = match &row.outcome {
                Outcome::Passed => (GREEN, "passed ", String::new()),
                Outcome::PassedWithout(what) => (GREEN, "passed ", what.clone()),
                Outcome::Failed(error) => (RED, "failed ", error.to_string()),
                Outcome::Skipped(why) => (YELLOW, "skipped", why.clone()),
            };
            let why = why.lines().next().unwrap_or_default();
            let (name, took) = (row.stage.name(), console::seconds(row.took));
            let line = format!("{name:width$}  {}  {took:>9}  {why}", styled(style, word));
            line.trim_end().to_owned()
        })
    }

    fn counts(&self) -> (usize, usize, usize) {
        self.rows
            .iter()
            .fold((0, 0, 0), |(passed, failed, skipped), row| {
                match row.outcome {
                    Outcome::Passed | Outcome::PassedWithout(_) => (passed + 1, failed, skipped),
                    Outcome::Failed(_) => (passed, failed + 1, skipped),
                    Outcome::Skipped(_) => (passed, failed, skipped + 1),
                }
            })
    }
}

#[cfg(test)]
mod tests {
    use anyhow::anyhow;

    use super::*;

    fn mixed() -> (Vec<Stage>, Report) {
        let mut ran = Vec::new();
        let stages = [Stage::Format, Stage::Clippy, Stage::Miri];
        let report = Report::of(&stages, |stage| {
            ran.push(stage);
            match stage {
                Stage::Format => Outcome::Failed(anyhow!("not formatted\nsecond line")),
                Stage::Miri => Outcome::Skipped("no toolchain".to_owned()),
                _ => Outcome::Passed,
            }
        });
        (ran, report)
    }

    #[test]
    fn stages_after_a_failure_still_run() {
        let (ran, report) = mixed();
        assert_eq!(ran, [Stage::Format, Stage::Clippy, Stage::Miri]);
        assert!(!report.is_good());
        assert_eq!(report.counts(), (1, 1, 1));
    }

    #[test]
    fn a_skipped_stage_is_neither_passed_nor_failed() {
        let report = Report::of(&[Stage::Miri], |_| Outcome::Skipped("why".to_owned()));
        assert!(report.is_good());
        assert_eq!(report.counts(), (0, 0, 1));
    }

    #[test]
    fn a_stage_that_passed_says_what_it_did_without() {
        let report = Report::of(&[Stage::Python], |_| {
            Outcome::PassedWithout("without Python 3.12".to_owned())
        });
        assert_eq!(report.counts(), (1, 0, 0));
        let row = report.table().next().unwrap();
        assert!(
            row.contains("passed") && row.ends_with("without Python 3.12"),
            "{row}"
        );
    }

    #[test]
    fn a_row_says_in_one_line_what_went_wrong() {
        let (_, report) = mixed();
        let rows: Vec<String> = report.table().collect();
        assert_eq!(rows.len(), 3);
        assert!(
            rows[0].starts_with("format") && rows[0].ends_with("not formatted"),
            "{rows:?}"
        );
        assert!(
            rows[2].contains("skipped") && rows[2].ends_with("no toolchain"),
            "{rows:?}"
        );
    }
}
