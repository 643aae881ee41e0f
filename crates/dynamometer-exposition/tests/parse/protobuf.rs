//! Prometheus' protobuf format.

use dynamometer_exposition::parse::{ParseErrorKind, protobuf};
use dynamometer_exposition::{Kind, Value};
use proptest::prelude::*;

/// The fields of a message, one behind the other.
fn message(fields: &[Vec<u8>]) -> Vec<u8> {
    fields.concat()
}

fn varint(mut number: u64) -> Vec<u8> {
    let mut bytes = Vec::new();
    while number >= 0x80 {
        bytes.push(number as u8 | 0x80);
        number >>= 7;
    }
    bytes.push(number as u8);
    bytes
}

fn zigzag(number: i64) -> u64 {
    ((number << 1) ^ (number >> 63)).cast_unsigned()
}

fn int(number: u64, value: u64) -> Vec<u8> {
    [varint(number << 3), varint(value)].concat()
}

fn double(number: u64, value: f64) -> Vec<u8> {
    [varint(number << 3 | 1), value.to_le_bytes().to_vec()].concat()
}

fn float(number: u64) -> Vec<u8> {
    [varint(number << 3 | 5), vec![0; 4]].concat()
}

fn bytes(number: u64, value: &[u8]) -> Vec<u8> {
    [
        varint(number << 3 | 2),
        varint(value.len() as u64),
        value.to_vec(),
    ]
    .concat()
}

fn nested(number: u64, fields: &[Vec<u8>]) -> Vec<u8> {
    bytes(number, &message(fields))
}

fn label(name: &str, value: &str) -> Vec<u8> {
    nested(1, &[bytes(1, name.as_bytes()), bytes(2, value.as_bytes())])
}

fn time(field: u64, seconds: u64, nanos: u64) -> Vec<u8> {
    nested(field, &[int(1, seconds), int(2, nanos)])
}

fn span(field: u64, offset: i64, length: u64) -> Vec<u8> {
    nested(field, &[int(1, zigzag(offset)), int(2, length)])
}

fn packed(field: u64, deltas: &[i64]) -> Vec<u8> {
    let deltas: Vec<_> = deltas.iter().map(|delta| varint(zigzag(*delta))).collect();
    bytes(field, &deltas.concat())
}

/// A page of one family called `a`.
fn page(kind: u64, metrics: &[Vec<u8>]) -> Vec<u8> {
    named("a", kind, metrics)
}

fn named(name: &str, kind: u64, metrics: &[Vec<u8>]) -> Vec<u8> {
    let head = [
        bytes(1, name.as_bytes()),
        bytes(2, b"About it."),
        int(3, kind),
    ];
    let metrics: Vec<_> = metrics.iter().map(|metric| bytes(4, metric)).collect();
    delimited(&message(&[head.concat(), metrics.concat()]))
}

fn delimited(message: &[u8]) -> Vec<u8> {
    [varint(message.len() as u64), message.to_vec()].concat()
}

/// A page of one histogram with these fields.
fn histogram(fields: &[Vec<u8>]) -> Vec<u8> {
    page(4, &[nested(7, fields)])
}

fn bucket(bound: f64, count: u64) -> Vec<u8> {
    nested(3, &[int(1, count), double(2, bound)])
}

#[track_caller]
fn refused(page: &[u8]) -> (ParseErrorKind, String) {
    let error = protobuf(page).expect_err("it breaks a rule");
    let path = error.path().expect("errors in protobuf have a path");
    (error.kind(), path.to_owned())
}

/// A page with every field that is read.
fn everything() -> Vec<u8> {
    let exemplar = |field| {
        nested(
            field,
            &[label("trace_id", "x"), double(2, 0.5), time(3, 7, 5)],
        )
    };
    let counter = [double(1, 3.0), exemplar(2), time(3, 5, 500_000_000)];
    let counter = [label("b", "c\n"), nested(3, &counter), int(6, 1500)];
    let summary = [
        int(1, 4),
        double(2, 9.5),
        nested(3, &[double(1, 0.5), double(2, f64::NAN)]),
        time(4, 5, 0),
    ];
    let buckets = [
        int(1, 6),
        double(2, 4.5),
        nested(3, &[int(1, 1), double(2, 0.1), exemplar(3)]),
        bucket(f64::INFINITY, 6),
        time(15, 5, 0),
    ];
    let exponential = [
        int(1, 12),
        double(2, 4.5),
        int(5, zigzag(3)),
        double(6, 0.001),
        int(7, 2),
        span(9, -3, 1),
        packed(10, &[1]),
        span(12, -2, 2),
        span(12, 3, 1),
        packed(13, &[3, -2, 4]),
        exemplar(16),
    ];
    [
        page(0, &[message(&counter)]),
        named("b", 2, &[nested(4, &summary)]),
        named("c", 4, &[nested(7, &buckets)]),
        named("d", 4, &[nested(7, &exponential)]),
        named("e", 1, &[nested(2, &[double(1, -1.5)])]),
        named("f", 3, &[nested(5, &[double(1, 2.0)])]),
    ]
    .concat()
}

#[test]
fn every_kind_is_read_as_what_it_is() {
    use Kind::{Counter, Gauge, Histogram, Summary, Unknown};
    let snapshot = protobuf(&everything()).unwrap();
    let kinds: Vec<_> = snapshot
        .families()
        .iter()
        .map(|f| f.desc().kind())
        .collect();
    assert_eq!(
        kinds,
        [Counter, Summary, Histogram, Histogram, Gauge, Unknown]
    );
    let counter = snapshot.family("a").unwrap();
    assert_eq!(counter.desc().help_text(), "About it.");
    let sample = counter.samples().next().unwrap();
    assert_eq!(sample.labels.get("b").as_deref(), Some("c\n"));
    assert_eq!(sample.value, Value::Unsigned(3));
    assert_eq!((sample.created, sample.timestamp), (Some(5.5), Some(1.5)));
    assert_eq!(sample.exemplars[0].timestamp(), Some(7.000_000_005));
    let Some(Value::Summary(summary)) = snapshot.value("b", &[]) else {
        panic!("{snapshot:?}")
    };
    assert_eq!(
        (summary.count(), summary.sum(), summary.quantiles().len()),
        (4, 9.5, 1)
    );
    let classic = snapshot.family("c").unwrap().samples().next().unwrap();
    let Value::Histogram(buckets) = classic.value else {
        panic!("{classic:?}")
    };
    assert_eq!(
        (buckets.bounds(), buckets.counts()),
        (&[0.1][..], &[1, 5][..])
    );
    assert_eq!(classic.exemplars.len(), 1);
    let Some(Value::Exponential(value)) = snapshot.value("d", &[]) else {
        panic!("{snapshot:?}")
    };
    assert_eq!(
        (value.schema(), value.zero_count(), value.count()),
        (3, 2, 12)
    );
    assert_eq!(value.positive_counts().first(), -2);
    assert_eq!(value.positive_counts().counts(), [3, 1, 0, 0, 0, 5]);
    assert_eq!(value.negative_counts().counts(), [1]);
    assert_eq!(snapshot.value("e", &[]), Some(Value::Float(-1.5)));
    assert_eq!(snapshot.value("f", &[]), Some(Value::Float(2.0)));
}

#[test]
fn numbers_may_be_packed_or_not_and_unknown_fields_are_skipped() {
    let deltas = [13, 13].map(|field| int(field, zigzag(2)));
    let unknown = [int(20, 1), double(21, 1.0), bytes(22, b"x"), float(23)].concat();
    let fields = [
        int(1, 6),
        double(2, 1.0),
        span(12, 0, 2),
        deltas.concat(),
        unknown,
    ];
    let snapshot = protobuf(&histogram(&fields)).unwrap();
    let Some(Value::Exponential(value)) = snapshot.value("a", &[]) else {
        panic!("{snapshot:?}")
    };
    assert_eq!(value.positive_counts().counts(), [2, 4]);
}

#[test]
fn exponential_buckets_win_over_classic_ones() {
    let fields = [int(1, 2), bucket(1.0, 1), span(12, 0, 1), packed(13, &[2])];
    let snapshot = protobuf(&histogram(&fields)).unwrap();
    assert!(matches!(
        snapshot.value("a", &[]),
        Some(Value::Exponential(_))
    ));
    // A span of no length says that there would be exponential buckets.
    let none = protobuf(&histogram(&[span(12, 0, 0)])).unwrap();
    assert!(matches!(none.value("a", &[]), Some(Value::Exponential(_))));
    let classic = protobuf(&histogram(&[int(1, 2), bucket(1.0, 1)])).unwrap();
    assert!(matches!(classic.value("a", &[]), Some(Value::Histogram(_))));
    let both = page(
        4,
        &[
            nested(7, &[span(12, 0, 0)]),
            message(&[label("b", "c"), nested(7, &[])]),
        ],
    );
    assert_eq!(refused(&both).0, ParseErrorKind::Value);
}

#[test]
fn histograms_of_floats_are_taken_where_counts_are_whole() {
    let floats = |count| [double(4, count), span(12, 0, 1), double(14, count)];
    let snapshot = protobuf(&histogram(&floats(3.0))).unwrap();
    assert!(matches!(snapshot.value("a", &[]), Some(Value::Exponential(v)) if v.count() == 3));
    let expected = (
        ParseErrorKind::Value,
        "family[0].metric[0].histogram".to_owned(),
    );
    assert_eq!(refused(&histogram(&floats(2.5))), expected);
    let classic = [double(4, 3.0), nested(3, &[double(4, 3.0), double(2, 1.0)])];
    assert!(protobuf(&histogram(&classic)).is_ok());
}

#[test]
fn spans_that_are_far_apart_are_refused_before_anything_is_made() {
    let far = [
        int(1, 2),
        span(12, 0, 1),
        span(12, 1 << 30, 1),
        packed(13, &[1, 0]),
    ];
    let (kind, path) = refused(&histogram(&far));
    assert_eq!(kind, ParseErrorKind::Limit);
    assert_eq!(path, "family[0].metric[0].histogram.positive_span");
    let long = [
        int(1, 1),
        span(12, 0, u64::from(u32::MAX)),
        packed(13, &[1]),
    ];
    assert_eq!(refused(&histogram(&long)).0, ParseErrorKind::Value);
}

#[test]
fn gaps_of_all_histograms_on_a_page_are_limited_together() {
    let gap = |name: &str| {
        let fields = [
            int(1, 2),
            span(12, 0, 1),
            span(12, 40_000, 1),
            packed(13, &[1, 0]),
        ];
        named(name, 4, &[nested(7, &fields)])
    };
    assert!(protobuf(&gap("a")).is_ok());
    let (kind, path) = refused(&[gap("a"), gap("b")].concat());
    assert_eq!(kind, ParseErrorKind::Limit);
    assert_eq!(path, "family[1].metric[0].histogram.positive_span");
}

#[test]
fn counts_of_histograms_add_up() {
    use ParseErrorKind::{Order, Value};
    for (fields, kind) in [
        (vec![int(1, 1), bucket(1.0, 2)], Value),
        (vec![int(1, 3), bucket(f64::INFINITY, 2)], Value),
        (vec![int(1, 3), bucket(1.0, 2), bucket(2.0, 1)], Value),
        (vec![int(1, 3), bucket(2.0, 1), bucket(1.0, 2)], Order),
        (vec![int(1, 3), bucket(f64::NAN, 1)], Order),
        (vec![int(1, 3), span(12, 0, 1), packed(13, &[2])], Value),
        (vec![int(1, 3), span(12, 0, 1), packed(13, &[-1])], Value),
        (vec![int(1, 3), span(12, 0, 2), packed(13, &[3])], Value),
        (vec![int(1, 3), span(12, 0, 1), int(5, zigzag(9))], Value),
        (vec![int(1, 1), int(7, 1), double(6, -1.0)], Value),
        (
            vec![int(7, u64::MAX), span(12, 0, 1), packed(13, &[1])],
            Value,
        ),
    ] {
        assert_eq!(refused(&histogram(&fields)).0, kind, "{fields:?}");
    }
    // NaN is counted, but it is in no bucket.
    let nan = [
        int(1, 3),
        double(2, f64::NAN),
        span(12, 0, 1),
        packed(13, &[2]),
    ];
    assert!(protobuf(&histogram(&nan)).is_ok());
}

#[test]
fn what_breaks_a_rule_is_refused_with_its_path() {
    use ParseErrorKind::{Duplicate, Encoding, Incomplete, Label, Metadata, Name, Syntax, Value};
    let gauge = nested(2, &[]);
    let labelled = |labels: &[Vec<u8>]| page(1, &[[labels.concat(), gauge.clone()].concat()]);
    let quantile = nested(4, &[nested(3, &[double(1, 2.0)])]);
    for (page, expected) in [
        (page(9, &[]), (Metadata, "family[0].type")),
        (page(1, &[vec![]]), (Incomplete, "family[0].metric[0]")),
        (page(1, &[int(2, 1)]), (Syntax, "family[0].metric[0].gauge")),
        (
            page(1, &[nested(2, &[int(1, 1)])]),
            (Syntax, "family[0].metric[0].gauge.value"),
        ),
        (
            page(2, &[quantile]),
            (Value, "family[0].metric[0].summary.quantile[0]"),
        ),
        (
            page(1, &[gauge.clone(), gauge.clone()]),
            (Duplicate, "family[0]"),
        ),
        (delimited(&int(3, 1)), (Name, "family[0]")),
        ([page(1, &[]), page(1, &[])].concat(), (Name, "family[1]")),
        (
            labelled(&[label("", "x")]),
            (Label, "family[0].metric[0].label[0]"),
        ),
        (
            labelled(&[label("b.c", "x"), label("b_c", "x")]),
            (Label, "family[0].metric[0]"),
        ),
        (
            labelled(&[nested(1, &[bytes(1, b"b"), bytes(2, b"\xff")])]),
            (Encoding, "family[0].metric[0].label[0].value"),
        ),
        (
            page(0, &[nested(3, &[time(3, 1, 1_000_000_000)])]),
            (Value, "family[0].metric[0].counter.created_timestamp"),
        ),
    ] {
        let (kind, path) = refused(&page);
        assert_eq!((kind, &*path), expected, "{page:?}");
    }
}

#[test]
fn a_message_says_where_and_what() {
    let error = protobuf(&page(1, &[nested(2, &[int(1, 1)])])).unwrap_err();
    assert_eq!(
        error.to_string(),
        "byte 22, family[0].metric[0].gauge.value: expected a double, found a varint"
    );
    assert_eq!(
        (error.offset(), error.line(), error.column()),
        (Some(22), None, None)
    );
}

#[test]
fn a_page_that_is_cut_off_anywhere_is_refused() {
    let page = everything();
    let snapshot = protobuf(&page).unwrap();
    assert_eq!(snapshot.families().len(), 6);
    // A page may end behind each family.
    let ends = (0..page.len()).filter(|end| protobuf(&page[..*end]).is_ok());
    assert_eq!(ends.count(), 6);
}

proptest! {
    #[test]
    fn a_damaged_page_is_read_or_refused(
        damage in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..6)
    ) {
        let mut page = everything();
        for (at, byte) in damage {
            let at = at.index(page.len());
            page[at] = byte;
        }
        if let Err(error) = protobuf(&page) {
            prop_assert!(error.offset().is_some_and(|offset| offset <= page.len()));
        }
    }

    #[test]
    fn any_bytes_are_read_or_refused(page in prop::collection::vec(any::<u8>(), 0..64)) {
        let _ = protobuf(&page);
    }
}
