//! What is read can be written and read again, and then says the same.

use dynamometer_exposition::{
    Family, Snapshot, Value, openmetrics as om_writer, parse, protobuf as pb_writer, text as writer,
};

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
        Ok(snapshot) => assert_lawful(&snapshot),
        Err(error) => assert!(error.line().is_some(), "{error}"),
    }
}

/// Reads a page of protobuf, and what it was read as.
///
/// # Panics
///
/// When an error has no place, or what was read is not what is read again.
pub fn protobuf(page: &[u8]) {
    match parse::protobuf(page) {
        Ok(snapshot) => {
            let page = pb_writer::render(&snapshot, Vec::new());
            let again = parse::protobuf(&page).unwrap_or_else(|error| panic!("{error}"));
            assert_eq!(said(&snapshot), said(&again));
            // What a source exposes comes to a page by a check and a merge.
            let mut merged = Snapshot::default();
            let mut snapshot = snapshot;
            snapshot.check();
            merged.merge(snapshot);
            assert_lawful(&merged);
        }
        Err(error) => assert!(error.offset() <= Some(page.len()), "{error}"),
    }
}

fn assert_same_again(snapshot: &Snapshot) {
    let page = writer::to_string(snapshot);
    let again = parse::text(&page).unwrap_or_else(|error| panic!("{error}\n{page}"));
    assert_eq!(said(snapshot), said(&again), "{page}");
}

/// Any page can be `OpenMetrics`, with the lines that it has in 0.0.4.
fn assert_lawful(snapshot: &Snapshot) {
    let page = om_writer::to_string(snapshot);
    let again = parse::openmetrics(&page).unwrap_or_else(|error| panic!("{error}\n{page}"));
    assert_eq!(lines(snapshot), lines(&again), "{page}");
}

/// The lines of all series in 0.0.4, whatever the types above them.
///
/// Numbers beyond those that floats and integers both have are left out: under
/// another type they are rounded.
fn lines(snapshot: &Snapshot) -> Vec<String> {
    let page = writer::to_string(snapshot);
    let is_exact = |line: &&str| {
        // The value, and the time where there is one.
        let numbers = line.rsplit(' ').take(2);
        let mut numbers = numbers.filter_map(|text| text.parse::<f64>().ok());
        numbers.all(|number| number.abs() < 9e15)
    };
    let lines = page.lines().filter(|line| !line.starts_with('#'));
    let mut lines: Vec<_> = lines.filter(is_exact).map(str::to_owned).collect();
    lines.sort();
    lines
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
    // Without the unit: it is left out where the name does not end in it.
    let desc = family.desc();
    let (name, kind, help) = (desc.name(), desc.kind(), desc.help_text());
    format!("{name} {kind} {help:?}\n{}\n", lines.join("\n"))
}
