//! Lines that begin with `#`.

use crate::model::Kind;
use crate::parse::error::ParseErrorKind;
use crate::parse::scan::dialect::Dialect;
use crate::parse::scan::escaped::Escaped;
use crate::parse::scan::fault::Fault;
use crate::parse::scan::line::Line;
use crate::parse::scan::token::{blanks, is_blank, metric_name, quoted};

/// Reads a line that begins with `#`; `None` for a comment.
pub(super) fn read(line: &str, dialect: Dialect) -> Result<Option<Line<'_>>, Fault<'_>> {
    match dialect {
        Dialect::Prometheus => prometheus(line),
        Dialect::OpenMetrics => open_metrics(line).map(Some),
    }
}

/// Anything but a `HELP` or a `TYPE` of some name is a comment.
fn prometheus(line: &str) -> Result<Option<Line<'_>>, Fault<'_>> {
    let begin = blanks(line, 1);
    let keyword = line[begin..].split([' ', '\t']).next().unwrap_or_default();
    let at = blanks(line, begin + keyword.len());
    if !matches!(keyword, "HELP" | "TYPE") || at == line.len() {
        return Ok(None);
    }
    let (name, end) = name(line, at)?;
    if !line.as_bytes().get(end).copied().is_none_or(is_blank) {
        return Err(Fault::new(end, "a blank after the metric name"));
    }
    let at = blanks(line, end);
    if keyword == "HELP" {
        let help = Escaped::new(&line[at..]);
        return Ok(Some(Line::Help { name, help }));
    }
    let word = line[at..].trim_end_matches([' ', '\t']);
    let kind = prometheus_kind(word).ok_or_else(|| {
        let kinds = "counter, gauge, histogram, gaugehistogram, summary or untyped";
        Fault::new(at, kinds)
            .found(word)
            .kind(ParseErrorKind::Metadata)
    })?;
    Ok(Some(Line::Type { name, kind }))
}

/// Every line is one of four, with one blank between its parts.
fn open_metrics(line: &str) -> Result<Line<'_>, Fault<'_>> {
    if line == "# EOF" {
        return Ok(Line::Eof);
    }
    let keyword = line.strip_prefix("# ").and_then(|rest| rest.get(..5));
    let Some(keyword @ ("HELP " | "TYPE " | "UNIT ")) = keyword else {
        let expected = "'# HELP ', '# TYPE ', '# UNIT ' or '# EOF'";
        return Err(Fault::new(0, expected).found(line));
    };
    let (name, end) = name(line, "# HELP ".len())?;
    let Some(rest) = line[end..].strip_prefix(' ') else {
        return Err(Fault::new(end, "a blank after the metric name"));
    };
    let at = end + 1;
    match keyword {
        "HELP " => {
            let help = Escaped::new(rest);
            Ok(Line::Help { name, help })
        }
        "UNIT " => {
            if rest
                .contains(|char: char| !char.is_ascii_alphanumeric() && !matches!(char, '_' | ':'))
            {
                return Err(Fault::new(at, "a unit of letters, digits and '_'").found(rest));
            }
            Ok(Line::Unit { name, unit: rest })
        }
        _ => {
            let kind = open_metrics_kind(rest).ok_or_else(|| {
                let expected = "a type of OpenMetrics";
                Fault::new(at, expected)
                    .found(rest)
                    .kind(ParseErrorKind::Metadata)
            })?;
            Ok(Line::Type { name, kind })
        }
    }
}

/// Reads the name at `at`, bare or quoted, and where it ends.
fn name(line: &str, at: usize) -> Result<(Escaped<'_>, usize), Fault<'_>> {
    if line.as_bytes().get(at) == Some(&b'"') {
        return match quoted(line, at) {
            Some(end) => Ok((Escaped::new(&line[at + 1..end - 1]), end)),
            None => Err(Fault::new(line.len(), "'\"' to end a metric name")),
        };
    }
    match metric_name(line, at) {
        end if end == at => Err(Fault::new(at, "a metric name")),
        end => Ok((Escaped::new(&line[at..end]), end)),
    }
}

/// Prometheus' own parser takes types in any case, and gauge histograms.
fn prometheus_kind(word: &str) -> Option<Kind> {
    const KINDS: [(&str, Kind); 7] = [
        ("counter", Kind::Counter),
        ("gauge", Kind::Gauge),
        ("histogram", Kind::Histogram),
        ("gaugehistogram", Kind::GaugeHistogram),
        ("gauge_histogram", Kind::GaugeHistogram),
        ("summary", Kind::Summary),
        ("untyped", Kind::Unknown),
    ];
    let known = KINDS
        .iter()
        .find(|(name, _)| name.eq_ignore_ascii_case(word));
    known.map(|(_, kind)| *kind)
}

fn open_metrics_kind(word: &str) -> Option<Kind> {
    const KINDS: [Kind; 8] = [
        Kind::Counter,
        Kind::Gauge,
        Kind::Histogram,
        Kind::Info,
        Kind::StateSet,
        Kind::Unknown,
        Kind::Summary,
        Kind::GaugeHistogram,
    ];
    KINDS.into_iter().find(|kind| kind.as_str() == word)
}
