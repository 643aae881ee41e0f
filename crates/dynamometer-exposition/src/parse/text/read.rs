//! A page as a snapshot.

use crate::model::Snapshot;
use crate::parse::error::{Found, ParseError, ParseErrorKind};
use crate::parse::family::Source;
use crate::parse::scan::{Dialect, Scanner};
use crate::parse::text::ignored::Ignored;
use crate::parse::text::page::Page;

/// Reads a page of Prometheus text, version 0.0.4.
///
/// Lines are those that Prometheus takes, quoted names of version 3 included; the
/// rules of the format hold: at most one `HELP` and one `TYPE` per name, the
/// `TYPE` before the samples, the lines of a family together, no series twice, a
/// line feed at the end. Buckets of a histogram are in order, do not fall, and
/// end with `+Inf`, which is the count. Counts of histograms and summaries are
/// whole. A sample without a `TYPE` makes a family of [`Kind::Unknown`].
///
/// A counter keeps its name, whatever it is. It becomes `Values::Unsigned` where
/// all values are whole. Names that only fit in quotes get a `_` for each
/// character that the model does not hold. Timestamps are kept; the sum of a
/// histogram or a summary that has none is `NaN`.
///
/// [`Kind::Unknown`]: crate::Kind::Unknown
///
/// # Errors
///
/// At the first line that breaks a rule. A series has at most 128 labels, a
/// summary 1024 quantiles, and names, label values and help texts 65 536 bytes.
///
/// # Cost
///
/// Time grows with the page, and so does memory: about three times its bytes
/// where families have many series, up to a hundred times where each line is a
/// family of its own.
pub fn text(page: &str) -> Result<Snapshot, ParseError> {
    let mut strict = Page::strict(page);
    let mut scanner = Scanner::new(page, Dialect::Prometheus);
    while let Some(line) = scanner.next_line()? {
        strict.add(scanner.line(), &line)?;
    }
    if !page.is_empty() && !page.ends_with('\n') {
        let (kind, found) = (
            ParseErrorKind::Incomplete,
            Found::Words("the end of the page"),
        );
        let expected = "a line feed behind the last line";
        return Err(Source::new(page).error_in_words(kind, expected, &page[page.len()..], &found));
    }
    let (snapshot, _) = strict.finish()?;
    Ok(snapshot)
}

/// A page that several exporters wrote, one behind the other.
#[derive(Clone, Debug)]
pub struct Joined {
    /// What the page says.
    pub snapshot: Snapshot,
    /// Lines that were left out, from the first to the last.
    pub ignored: Vec<Ignored>,
}

/// Reads a page as [`text`] does, but one that several exporters may have written.
///
/// The lines of a family may then be in several pieces, with `HELP` and `TYPE`
/// again before each, and the last line feed may be missing. Of help texts that
/// differ the first one is kept; of a series that comes again, the first one with
/// all of its lines. Both are reported.
///
/// # Errors
///
/// Those of [`text`] but for what is said here; a family with two types is one.
pub fn joined_text(page: &str) -> Result<Joined, ParseError> {
    let mut tolerant = Page::joined(page);
    let mut scanner = Scanner::new(page, Dialect::Prometheus);
    while let Some(line) = scanner.next_line()? {
        tolerant.add(scanner.line(), &line)?;
    }
    let (snapshot, ignored) = tolerant.finish()?;
    Ok(Joined { snapshot, ignored })
}
