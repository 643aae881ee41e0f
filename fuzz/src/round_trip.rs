//! What is read can be written and read again, and then says the same.

use dynamometer_exposition::{Family, Snapshot, Value, parse, text as writer};

/// Reads a page of 0.0.4, and what it was read as.
///
/// # Panics
///
/// When what was read is not what is read again.
pub fn text(page: &[u8]) {
    let Ok(page) = str::from_utf8(page) else {
        return;
    };
    match parse::text(page) {
        Ok(snapshot) => assert_same_again(&snapshot),
        Err(error) => assert!(error.line().is_some(), "{error}"),
    }
}

/// Reads a page of several exporters, and what it was read as.
///
/// # Panics
///
/// When what was read is not what is read again, or a page that is good for one
/// exporter is not good for several.
pub fn joined_text(page: &[u8]) {
    let Ok(page) = str::from_utf8(page) else {
        return;
    };
    match (parse::joined_text(page), parse::text(page)) {
        (Ok(joined), strict) => {
            if let Ok(strict) = strict {
                assert_eq!(joined.ignored, []);
                assert_eq!(said(&joined.snapshot), said(&strict));
            }
            assert_same_again(&joined.snapshot);
        }
        (Err(error), strict) => assert!(strict.is_err(), "{error}"),
    }
}

/// Reads a page of `OpenMetrics`, and what it was read as.
///
/// # Panics
///
/// When what was read is not what is read again.
pub fn openmetrics(page: &[u8]) {
    let Ok(page) = str::from_utf8(page) else {
        return;
    };
    match parse::openmetrics(page) {
        Ok(snapshot) => assert_writable(&snapshot),
        Err(error) => assert!(error.line().is_some(), "{error}"),
    }
}

/// Reads a page of protobuf.
///
/// # Panics
///
/// When an error has no place, or what was read can not be written.
pub fn protobuf(page: &[u8]) {
    match parse::protobuf(page) {
        Ok(snapshot) => assert_writable(&snapshot),
        Err(error) => assert!(error.offset() <= Some(page.len()), "{error}"),
    }
}

fn assert_same_again(snapshot: &Snapshot) {
    let page = writer::to_string(snapshot);
    let again = parse::text(&page).unwrap_or_else(|error| panic!("{error}\n{page}"));
    assert_eq!(said(snapshot), said(&again), "{page}");
}

/// What other formats say may be two of one in 0.0.4; still it has lines.
fn assert_writable(snapshot: &Snapshot) {
    let page = writer::to_string(snapshot);
    let has_series = snapshot.families().iter().any(|family| !family.is_empty());
    assert_eq!(has_series, page.ends_with('\n'), "{page}");
}

/// All that 0.0.4 has of a snapshot; whole numbers are alike in every type.
fn said(snapshot: &Snapshot) -> String {
    let families = snapshot.families().iter();
    let families = families.filter(|family| !family.is_empty());
    families.map(said_of).collect()
}

fn said_of(family: &Family) -> String {
    let lines = family.samples().map(|sample| {
        let value = match sample.value {
            Value::Unsigned(value) => value.to_string(),
            Value::Signed(value) => value.to_string(),
            Value::Float(value) if value.fract() == 0.0 => format!("{value:.0}"),
            value => format!("{value:?}"),
        };
        format!("{} {value}", sample.labels)
    });
    let lines: Vec<_> = lines.collect();
    format!("{:?}\n{}\n", family.desc(), lines.join("\n"))
}
