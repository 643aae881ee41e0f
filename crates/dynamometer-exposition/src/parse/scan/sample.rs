//! A line with a value.

use crate::parse::error::ParseErrorKind;
use crate::parse::scan::dialect::Dialect;
use crate::parse::scan::escaped::Escaped;
use crate::parse::scan::fault::Fault;
use crate::parse::scan::labels::{self, Labels};
use crate::parse::scan::line::{ExemplarText, Point, Sample};
use crate::parse::scan::number::{self, Number};
use crate::parse::scan::shared::Shared;
use crate::parse::scan::token::{blanks, is_blank, metric_name};

/// Reads a sample from `line`, which has neither its line feed nor leading blanks.
///
/// What is as in the last sample is not checked again.
#[inline]
pub(super) fn read<'a>(
    line: &'a str,
    last: &mut Shared<'a>,
    dialect: Dialect,
) -> Result<Sample<'a>, Fault<'a>> {
    if let Some(checked) = last.checked(line) {
        last.go_on(line, checked);
        let read = labels::go_on(line, checked, dialect, last)?;
        return labelled(line, checked.name, read, dialect);
    }
    last.forget();
    let end = metric_name(line, 0);
    let brace = match dialect {
        Dialect::Prometheus => blanks(line, end),
        Dialect::OpenMetrics => end,
    };
    let bytes = line.as_bytes();
    if bytes.get(brace) == Some(&b'{') {
        let read = if end == 0 {
            labels::read(line, brace + 1, dialect, true, &mut Shared::default())?
        } else {
            last.begin(line, end, brace + 1);
            labels::read(line, brace + 1, dialect, false, last)?
        };
        return labelled(line, end, read, dialect);
    }
    if end == 0 {
        return Err(Fault::new(0, "a metric name"));
    }
    if !bytes.get(end).copied().is_some_and(is_blank) {
        return Err(Fault::new(end, "a blank or '{' after").of(&line[..end]));
    }
    Ok(Sample {
        series: &line[..end],
        name: Escaped::new(&line[..end]),
        labels: Labels::default(),
        point: point(line, end, dialect)?,
    })
}

/// A sample whose name ends at `name`, or is among its labels where that is 0.
#[inline]
fn labelled<'a>(
    line: &'a str,
    name: usize,
    read: labels::Read<'a>,
    dialect: Dialect,
) -> Result<Sample<'a>, Fault<'a>> {
    let name = match (name, read.name) {
        (0, None) => return Err(Fault::new(read.end, "a metric name in quotes")),
        (0, Some(name)) => name,
        _ => &line[..name],
    };
    Ok(Sample {
        series: &line[..=read.end],
        name: Escaped::new(name),
        labels: read.labels,
        point: point(line, read.end + 1, dialect)?,
    })
}

/// Reads what follows a series from `at` on, to the end of the line.
#[inline]
pub(super) fn point(line: &str, at: usize, dialect: Dialect) -> Result<Point<'_>, Fault<'_>> {
    match dialect {
        Dialect::Prometheus => prometheus(line, at),
        Dialect::OpenMetrics => open_metrics(line, at),
    }
}

/// A value, and a timestamp in milliseconds; blanks may be anywhere around them.
#[inline]
fn prometheus(line: &str, at: usize) -> Result<Point<'_>, Fault<'_>> {
    let at = blanks(line, at);
    let (value, end) = value(line, at)?;
    let at = blanks(line, end);
    let mut timestamp = None;
    if at < line.len() {
        let text = token(line, at);
        let milliseconds: i64 = text.parse().map_err(|_| {
            let wrong = Fault::new(at, "a timestamp in whole milliseconds");
            wrong.found(text).kind(ParseErrorKind::Number)
        })?;
        timestamp = Some(milliseconds as f64 / 1000.0);
        let end = blanks(line, at + text.len());
        if end < line.len() {
            return Err(Fault::new(end, "the end of the line after the timestamp"));
        }
    }
    Ok(Point {
        value,
        timestamp,
        exemplar: "",
    })
}

/// A value, a timestamp in seconds and an exemplar, with one blank before each.
fn open_metrics(line: &str, at: usize) -> Result<Point<'_>, Fault<'_>> {
    let (value, mut at) = value(line, blank(line, at)?)?;
    let mut timestamp = None;
    if at < line.len() && !line[at..].starts_with(" #") {
        let (seconds, end) = seconds(line, blank(line, at)?)?;
        timestamp = Some(seconds);
        at = end;
    }
    if at < line.len() {
        exemplar(line, at)?;
    }
    Ok(Point {
        value,
        timestamp,
        exemplar: &line[at..],
    })
}

/// An exemplar, to the end of the line.
pub(super) fn exemplar(line: &str, at: usize) -> Result<ExemplarText<'_>, Fault<'_>> {
    let Some(rest) = line[at..].strip_prefix(" # {") else {
        return Err(Fault::new(at, "' # {' to begin an exemplar").found(&line[at..]));
    };
    let start = line.len() - rest.len();
    let read = labels::read(
        line,
        start,
        Dialect::OpenMetrics,
        false,
        &mut Shared::default(),
    )?;
    let (value, at) = value(line, blank(line, read.end + 1)?)?;
    let mut timestamp = None;
    if at < line.len() {
        let (seconds, end) = seconds(line, blank(line, at)?)?;
        timestamp = Some(seconds);
        if end < line.len() {
            return Err(Fault::new(end, "the end of the line after the exemplar"));
        }
    }
    Ok(ExemplarText {
        labels: read.labels,
        value,
        timestamp,
    })
}

/// Reads the number at `at`, which ends with a blank or the line, and where it ends.
#[inline]
fn value(line: &str, at: usize) -> Result<(Number<'_>, usize), Fault<'_>> {
    let bytes = line.as_bytes();
    if let Some(value) = number::read_digits(line, at) {
        return Ok((Number::new(&line[at..], value as f64), line.len()));
    }
    if let Some((value, length)) = number::read_plain(&line[at..]) {
        let end = at + length;
        if bytes.get(end).copied().is_none_or(is_blank) {
            return Ok((Number::new(&line[at..end], value), end));
        }
    }
    let text = token(line, at);
    let value = number::read(text).ok_or_else(|| {
        let wrong = Fault::new(at, "a number").found(text);
        wrong.kind(ParseErrorKind::Number)
    })?;
    Ok((Number::new(text, value), at + text.len()))
}

/// Reads the timestamp of `OpenMetrics` at `at`, and where it ends.
fn seconds(line: &str, at: usize) -> Result<(f64, usize), Fault<'_>> {
    let (number, end) = value(line, at)?;
    let seconds = number.as_f64();
    if !seconds.is_finite() {
        let wrong = Fault::new(at, "a timestamp in seconds").found(number.text());
        return Err(wrong.kind(ParseErrorKind::Number));
    }
    Ok((seconds, end))
}

/// The text from `at` up to the next blank, or the end of the line.
fn token(line: &str, at: usize) -> &str {
    let rest = &line[at..];
    let end = rest.bytes().position(is_blank);
    &rest[..end.unwrap_or(rest.len())]
}

/// Where the one blank at `at` has ended.
fn blank(line: &str, at: usize) -> Result<usize, Fault<'_>> {
    match line.as_bytes().get(at) {
        Some(b' ') => Ok(at + 1),
        _ => Err(Fault::new(at, "a blank")),
    }
}
