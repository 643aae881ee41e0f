//! What a page shows, read from the snapshot and from the text.

use std::collections::BTreeMap;

use dynamometer::{Container, Snapshot, Value};

/// Names and values of the labels of one series.
pub(crate) type Labels = BTreeMap<String, String>;

/// What one line says, by the name and labels of the line.
pub(crate) type Lines = BTreeMap<(String, Labels), f64>;

/// Owns labels.
pub(crate) fn labels(pairs: &[(&str, &str)]) -> Labels {
    let own = |&(name, value): &(&str, &str)| (name.to_owned(), value.to_owned());
    pairs.iter().map(own).collect()
}

/// The count of a series of a snapshot; `None` where there is none.
pub(crate) fn count(snapshot: &Snapshot, name: &str, labels: &[(&str, &str)]) -> Option<u64> {
    match snapshot.value(name, labels)? {
        Value::Unsigned(count) => Some(count),
        other => panic!("{name} is {other:?}"),
    }
}

/// The count of a series now.
pub(crate) fn count_now(container: &Container, name: &str, labels: &[(&str, &str)]) -> Option<u64> {
    count(&container.get_metrics(), name, labels)
}

/// The series of a family now.
pub(crate) fn series(container: &Container, name: &str) -> usize {
    let snapshot = container.get_metrics();
    snapshot.family(name).map_or(0, dynamometer::Family::len)
}

/// The sum of all counters of a family of a snapshot.
pub(crate) fn total(snapshot: &Snapshot, name: &str) -> u64 {
    let family = snapshot.family(name).expect("the family is there");
    let values = family.samples().map(|sample| match sample.value {
        Value::Unsigned(count) => count,
        other => panic!("{name} is {other:?}"),
    });
    values.sum()
}

/// A self-metric with one label, 0 where it is not there yet.
pub(crate) fn self_metric(name: &str, label: (&str, &str)) -> u64 {
    count_now(dynamometer::self_metrics(), name, &[label]).unwrap_or(0)
}

/// The lines that the text of a snapshot should have.
pub(crate) fn lines_of(snapshot: &Snapshot) -> Lines {
    let mut lines = Lines::new();
    let mut add = |name: String, labels: Labels, value: f64| {
        let at = (name, labels);
        assert!(
            lines.insert(at.clone(), value).is_none(),
            "{at:?} is there twice"
        );
    };
    for family in snapshot.families() {
        let name = family.desc().name();
        for sample in family.samples() {
            let own = sample.labels.iter();
            let own: Labels = own
                .map(|(name, value)| (name.to_owned(), value.into()))
                .collect();
            let Value::Histogram(value) = sample.value else {
                add(name.to_owned(), own, sample.value.as_f64());
                continue;
            };
            for (bound, count) in value.cumulative() {
                let mut bucket = own.clone();
                let bound = if bound.is_infinite() {
                    "+Inf".to_owned()
                } else {
                    format!("{bound:?}")
                };
                bucket.insert("le".to_owned(), bound);
                add(format!("{name}_bucket"), bucket, count as f64);
            }
            add(format!("{name}_sum"), own.clone(), value.sum());
            add(format!("{name}_count"), own, value.count() as f64);
        }
    }
    lines
}

/// Reads text as a scraper does.
pub(crate) fn parse(text: &str) -> Lines {
    let mut lines = Lines::new();
    for line in text.lines().filter(|line| !line.starts_with('#')) {
        let (at, value) = parse_line(line);
        let old = lines.insert(at, value);
        assert!(old.is_none(), "{line:?} is there twice");
    }
    lines
}

fn parse_line(line: &str) -> ((String, Labels), f64) {
    let end = line.find(['{', ' ']).expect("a name ends");
    let (name, mut rest) = line.split_at(end);
    let mut labels = Labels::new();
    if let Some(pairs) = rest.strip_prefix('{') {
        rest = pairs;
        loop {
            let (label, after) = rest.split_once("=\"").expect("a label has a value");
            let (value, after) = parse_value(after);
            assert!(labels.insert(label.to_owned(), value).is_none(), "{line:?}");
            if let Some(more) = after.strip_prefix(',') {
                rest = more;
            } else {
                rest = after.strip_prefix('}').expect("labels end with a brace");
                break;
            }
        }
    }
    let value = rest
        .strip_prefix(' ')
        .expect("a space comes before the value");
    let value = value
        .parse()
        .unwrap_or_else(|_| panic!("no value in {line:?}"));
    ((name.to_owned(), labels), value)
}

/// A value up to its quote, and what comes after it.
fn parse_value(text: &str) -> (String, &str) {
    let mut value = String::new();
    let mut chars = text.char_indices();
    loop {
        match chars.next().expect("a value ends with a quote") {
            (at, '"') => return (value, &text[at + 1..]),
            (_, '\\') => value.push(match chars.next().expect("something is escaped").1 {
                'n' => '\n',
                other => other,
            }),
            (_, other) => value.push(other),
        }
    }
}
