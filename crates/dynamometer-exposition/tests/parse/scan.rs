//! Lines as they stand.

use dynamometer_exposition::parse::ParseErrorKind;
use dynamometer_exposition::parse::scan::{Dialect, Line, Sample, Scanner};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select};

fn sample(line: &str, dialect: Dialect) -> Sample<'_> {
    match Scanner::new(line, dialect).next_line() {
        Ok(Some(Line::Sample(sample))) => sample,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_series_is_its_bytes_and_labels_are_read_on_demand() {
    let line = " a_b:c { x = \"1\\n\" , \"y.z\"=\"é}\", } 1.5 2000\n";
    let sample = sample(line, Dialect::Prometheus);
    assert_eq!(sample.series, "a_b:c { x = \"1\\n\" , \"y.z\"=\"é}\", }");
    assert_eq!(sample.name.raw(), "a_b:c");
    let labels: Vec<_> = sample.labels.into_iter().collect();
    let pairs: Vec<_> = labels
        .iter()
        .map(|l| (l.name.raw(), l.value.unescape()))
        .collect();
    assert_eq!(pairs, [("x", "1\n".into()), ("y.z", "é}".into())]);
    assert_eq!(
        (sample.point.value.as_f64(), sample.point.value.text()),
        (1.5, "1.5")
    );
    assert_eq!(sample.point.timestamp, Some(2.0));
}

#[test]
fn a_name_in_the_braces_is_no_label() {
    for (line, labels) in [
        ("{\"a.b\"} 1\n", 0),
        ("{\"a.b\",c=\"d\",\"e f\"=\"g\"} 1\n", 2),
        ("{\"a.b\"=\"c\"} 1\n", 9),
    ] {
        for dialect in [Dialect::Prometheus, Dialect::OpenMetrics] {
            let mut scanner = Scanner::new(line, dialect);
            match scanner.next_line() {
                Ok(Some(Line::Sample(sample))) => {
                    assert_eq!(sample.name.raw(), "a.b");
                    assert_eq!(sample.labels.iter().count(), labels, "{line}");
                }
                other => assert!(labels == 9 && other.is_err(), "{other:?}"),
            }
        }
    }
}

#[test]
fn an_exemplar_stands_behind_the_timestamp() {
    let line = "a{b=\" # {\"} 1 1.5 # {trace_id=\"x\"} 0.5 2.25\n";
    let sample = sample(line, Dialect::OpenMetrics);
    let exemplar = sample.point.exemplar().unwrap();
    assert_eq!(sample.point.timestamp, Some(1.5));
    assert_eq!(exemplar.labels.iter().next().unwrap().value.raw(), "x");
    assert_eq!(
        (exemplar.value.as_f64(), exemplar.timestamp),
        (0.5, Some(2.25))
    );
}

#[test]
fn bytes_that_are_no_text_are_refused_at_their_place() {
    let error = Scanner::of_bytes(b"a 1\nb{c=\"\xff\"} 1\n", Dialect::Prometheus).unwrap_err();
    assert_eq!(error.kind(), ParseErrorKind::Encoding);
    assert_eq!(
        error.to_string(),
        "line 2, column 6: expected UTF-8, found the byte 0xff"
    );
}

#[test]
fn a_scanner_goes_on_behind_an_error() {
    let mut scanner = Scanner::new("a 1\nb\n\n# c\nd 2\n", Dialect::Prometheus);
    assert!(matches!(scanner.next_line(), Ok(Some(Line::Sample(_)))));
    assert_eq!(scanner.next_line().unwrap_err().line(), Some(2));
    assert!(matches!(scanner.next(), Some(Ok(Line::Sample(_)))));
    assert_eq!(scanner.line(), 5);
    assert!(scanner.next().is_none() && scanner.next().is_none());
}

#[test]
fn a_page_of_open_metrics_ends_with_eof() {
    let lines = |page| Scanner::new(page, Dialect::OpenMetrics).collect::<Vec<_>>();
    assert!(matches!(lines("# EOF")[..], [Ok(Line::Eof)]));
    assert!(matches!(lines("# EOF\n")[..], [Ok(Line::Eof)]));
    assert!(matches!(lines("# EOF\n\n")[..], [Ok(Line::Eof), Err(_)]));
    assert!(matches!(lines("a 1\n")[..], [Ok(_), Err(_)]));
    assert!(matches!(lines("")[..], [Err(_)]));
}

/// What a scanner says of each line that is a sample or wrong, without its number.
fn said(scanner: Scanner<'_>) -> impl Iterator<Item = String> {
    scanner.map(|read| match read {
        Ok(line) => format!("{line:?}"),
        Err(error) => {
            let (column, expected, found) = (error.column(), error.expected(), error.found());
            format!("{column:?} {expected} {found:?}")
        }
    })
}

proptest! {
    #[test]
    fn a_line_is_read_alike_whatever_stood_before_it(
        changes in vec((any::<Index>(), select(b",\"{}= \\ab1".as_slice())), 2..20),
    ) {
        // Each line is the one before but for a byte, or the first one again.
        let first = b"a{b=\"c\",dd=\"e\", f=\"\"} 1\n";
        let mut page = Vec::new();
        for (at, byte) in &changes {
            let mut line = first.to_vec();
            page.extend_from_slice(&line);
            let at = at.index(line.len() - 1);
            line[at] = *byte;
            page.extend_from_slice(&line);
            line.remove(at);
            page.extend_from_slice(&line);
        }
        let page = String::from_utf8(page).unwrap();
        for dialect in [Dialect::Prometheus, Dialect::OpenMetrics] {
            let lines: Vec<_> = page.split_inclusive('\n').collect();
            let together: Vec<_> = said(Scanner::new(&page, dialect)).take(lines.len()).collect();
            let alone = lines.iter().filter_map(|line| said(Scanner::new(line, dialect)).next());
            prop_assert_eq!(together, alone.collect::<Vec<_>>());
        }
    }
}
