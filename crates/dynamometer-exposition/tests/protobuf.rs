//! Protobuf, read by a library that nobody here wrote.

#[path = "protobuf/message.rs"]
mod message;

use std::sync::Arc;

use dynamometer_exposition::{
    Desc, Exemplar, ExponentialCounts, ExponentialValue, Family, HistogramValue, Kind, LabelSet,
    Snapshot, SummaryValue, Unit, Values, protobuf,
};
use message::{Metric, MetricFamily, Timestamp};
use proptest::prelude::*;
use prost::Message as _;

fn family(name: &str, kind: Kind, values: Values) -> Family {
    let labels = vec![LabelSet::new([("a", "1"), ("b", "\"\\\n")])];
    Family::new(Desc::new(name, kind), Arc::new(labels), values)
}

fn read_page(mut page: &[u8]) -> Vec<MetricFamily> {
    let mut families = Vec::new();
    while !page.is_empty() {
        families.push(MetricFamily::decode_length_delimited(&mut page).expect("it is protobuf"));
    }
    families
}

fn read(family: Family) -> MetricFamily {
    let page = protobuf::render(&[family].into(), Vec::new());
    let mut families = read_page(&page);
    assert_eq!(families.len(), 1);
    families.remove(0)
}

fn only(family: Family) -> (i32, Metric) {
    let mut read = read(family);
    assert_eq!(read.metric.len(), 1);
    (read.r#type, read.metric.remove(0))
}

fn at(seconds: i64, nanos: i32) -> Timestamp {
    Timestamp { seconds, nanos }
}

#[test]
fn a_family_has_its_name_help_type_unit_and_labels() {
    let desc = Desc::new("a_seconds_total", Kind::Counter)
        .help("\"A\"\n\\")
        .unit(Some(Unit::Seconds));
    let labels = Arc::new(vec![LabelSet::new([("b", "\"\\\n"), ("a", "1")])]);
    let read = read(Family::new(desc, labels, Values::Unsigned(vec![7])));
    assert_eq!(
        (&*read.name, &*read.help, &*read.unit),
        ("a_seconds_total", "\"A\"\n\\", "seconds")
    );
    let pairs: Vec<_> = read.metric[0]
        .label
        .iter()
        .map(|pair| (&*pair.name, &*pair.value))
        .collect();
    assert_eq!(pairs, [("a", "1"), ("b", "\"\\\n")]);
}

#[test]
fn numbers_are_of_the_type_of_their_kind() {
    let (kind, counter) = only(
        family("a_total", Kind::Counter, Values::Unsigned(vec![7]))
            .with_created(vec![1.25])
            .with_timestamps(vec![2.0005])
            .with_exemplars(vec![
                [Exemplar::new(LabelSet::new([("t", "x")]), 3.0).at(4.5)].into(),
            ]),
    );
    let value = counter.counter.expect("it is a counter");
    assert_eq!((kind, value.value, counter.timestamp_ms), (0, 7.0, 2001));
    assert_eq!(value.created_timestamp, Some(at(1, 250_000_000)));
    let exemplar = value.exemplar.expect("it has one");
    assert_eq!(
        (exemplar.value, exemplar.timestamp),
        (3.0, Some(at(4, 500_000_000)))
    );
    assert_eq!(exemplar.label[0].value, "x");
    for kind in [Kind::Gauge, Kind::Info, Kind::StateSet] {
        let (number, metric) = only(family("a", kind, Values::Signed(vec![-7])));
        assert_eq!(
            (number, metric.gauge.map(|gauge| gauge.value)),
            (1, Some(-7.0))
        );
    }
    let (number, metric) = only(family("a", Kind::Unknown, Values::Float(vec![0.5])));
    assert_eq!(
        (number, metric.untyped.map(|untyped| untyped.value)),
        (3, Some(0.5))
    );
}

#[test]
fn a_histogram_has_cumulative_buckets_each_with_its_exemplar() {
    for (kind, number) in [(Kind::Histogram, 4), (Kind::GaugeHistogram, 5)] {
        let value = HistogramValue::new([0.5, 2.0].into(), [1, 2, 3], 9.5);
        let exemplars = [0.5, 1.0, 1.5].map(|value| Exemplar::new(LabelSet::empty(), value));
        let (read, metric) = only(
            family("a", kind, Values::Histogram(vec![value]))
                .with_created(vec![1.0])
                .with_exemplars(vec![exemplars.into()]),
        );
        assert_eq!(read, number);
        let histogram = metric.histogram.expect("it is a histogram");
        assert_eq!((histogram.sample_count, histogram.sample_sum), (6, 9.5));
        assert_eq!(histogram.created_timestamp, Some(at(1, 0)));
        let of = |bucket: &message::Bucket| {
            let exemplar = bucket.exemplar.as_ref().map(|exemplar| exemplar.value);
            (bucket.upper_bound, bucket.cumulative_count, exemplar)
        };
        let buckets: Vec<_> = histogram.bucket.iter().map(of).collect();
        assert_eq!(
            buckets,
            [
                (0.5, 1, Some(0.5)),
                (2.0, 3, Some(1.5)),
                (f64::INFINITY, 6, None)
            ]
        );
    }
}

#[test]
fn an_exponential_histogram_has_its_buckets_as_spans_and_deltas() {
    let value = ExponentialValue::new(3, 4.5)
        .zero(0.001, 2)
        .negative(ExponentialCounts::new(5, [4]))
        .positive(ExponentialCounts::new(-7, [1, 0, 0, 3, 0, 0, 0, 0, 2, 2]));
    let (_, metric) = only(family(
        "a",
        Kind::Histogram,
        Values::Exponential(vec![value]),
    ));
    let histogram = metric.histogram.expect("it is a histogram");
    assert_eq!(
        (
            histogram.schema,
            histogram.zero_threshold,
            histogram.zero_count
        ),
        (3, 0.001, 2)
    );
    assert_eq!(histogram.sample_count, 14);
    let spans = |spans: &[message::BucketSpan]| -> Vec<_> {
        spans
            .iter()
            .map(|span| (span.offset, span.length))
            .collect()
    };
    assert_eq!(spans(&histogram.positive_span), [(-7, 4), (4, 2)]);
    assert_eq!(histogram.positive_delta, [1, -1, 0, 3, -1, 0]);
    assert_eq!(spans(&histogram.negative_span), [(5, 1)]);
    assert_eq!(histogram.negative_delta, [4]);
    // And one classic bucket per doubling.
    let last = histogram
        .bucket
        .last()
        .map(|bucket| bucket.cumulative_count);
    assert_eq!((histogram.bucket.len() > 3, last), (true, Some(14)));
}

#[test]
fn an_empty_exponential_histogram_is_known_as_one_by_a_span_of_nothing() {
    let values = Values::Exponential(vec![ExponentialValue::new(3, 0.0)]);
    let (_, metric) = only(family("a", Kind::Histogram, values));
    let histogram = metric.histogram.expect("it is a histogram");
    assert_eq!(histogram.positive_span.len(), 1);
    assert_eq!(
        (
            histogram.positive_span[0].offset,
            histogram.positive_span[0].length
        ),
        (0, 0)
    );
}

#[test]
fn a_summary_has_its_quantiles() {
    let value = SummaryValue::new([(0.5, 1.0), (0.9, 2.0)], 4.5, 3);
    let (kind, metric) = only(family("a", Kind::Summary, Values::Summary(vec![value])));
    let summary = metric.summary.expect("it is a summary");
    assert_eq!(
        (kind, summary.sample_count, summary.sample_sum),
        (2, 3, 4.5)
    );
    let quantiles: Vec<_> = summary
        .quantile
        .iter()
        .map(|one| (one.quantile, one.value))
        .collect();
    assert_eq!(quantiles, [(0.5, 1.0), (0.9, 2.0)]);
}

#[test]
fn a_unit_that_the_name_does_not_end_in_is_left_out() {
    let desc = Desc::new("a", Kind::Gauge).unit(Some(Unit::Seconds));
    let labels = Arc::new(vec![LabelSet::empty()]);
    assert_eq!(
        read(Family::new(desc, labels, Values::Float(vec![1.0]))).unit,
        ""
    );
}

/// Many series of one family; others for each `first`.
fn many(name: &str, kind: Kind, first: usize, series: usize, created: bool) -> Family {
    let numbers = first..first + series;
    let labels = numbers
        .clone()
        .map(|n| LabelSet::new([("n", n.to_string().as_str())]));
    let labels = Arc::new(labels.collect::<Vec<_>>());
    let family = Family::new(
        Desc::new(name, kind),
        labels,
        Values::Unsigned(vec![0; series]),
    );
    let time = |n| if n % 7 == 0 { f64::NAN } else { n as f64 / 3.0 };
    let times: Vec<_> = numbers.map(time).collect();
    if created {
        family.with_created(times)
    } else {
        family
    }
}

proptest! {
    #[test]
    fn an_encoder_writes_the_page_that_a_single_one_would_be(
        series in 1..400_usize,
        created in any::<bool>(),
        is_counter in any::<bool>(),
        values in prop::collection::vec(any::<u64>(), 400),
    ) {
        let kind = if is_counter { Kind::Counter } else { Kind::Gauge };
        let family = many("a_total", kind, 0, series, created);
        let other = many("b_total", kind, 0, 40, created);
        let mut encoder = protobuf::Encoder::default();
        let mut page = Vec::new();
        let column = |from: usize| (from..from + series).map(|n| values[n % values.len()]);
        for from in 0..3 {
            let unsigned = Values::Unsigned(column(from).collect());
            let signed = Values::Signed(column(from).map(u64::cast_signed).collect());
            let float = Values::Float(column(from).map(f64::from_bits).collect());
            for values in [unsigned, signed, float] {
                let snapshot: Snapshot = [family.with_values(values), other.clone()].into();
                page = encoder.render(&snapshot, page);
                prop_assert_eq!(&page, &protobuf::render(&snapshot, Vec::new()));
                prop_assert_eq!(read_page(&page).len(), 2);
            }
        }
    }

    #[test]
    fn an_encoder_notices_whatever_changes(
        steps in prop::collection::vec(
            (
                0..2_usize,
                prop::sample::select(vec![20, 50, 51]),
                any::<bool>(),
                any::<bool>(),
                any::<bool>(),
                any::<bool>(),
            ),
            1..12,
        ),
    ) {
        let mut encoder = protobuf::Encoder::default();
        let mut page = Vec::new();
        let mut last = many("a_total", Kind::Counter, 0, 50, true);
        for (first, series, created, again, later, extra) in steps {
            let new = many("a_total", Kind::Counter, first, series, created);
            let family = if again { last } else { new };
            // The same labels, begun anew.
            let family = if later {
                let times = vec![first as f64 + 0.5; family.len()];
                family.with_created(times)
            } else {
                family
            };
            last = family.clone();
            let series = family.len();
            let family = if extra { family.with_timestamps(vec![1.0; series]) } else { family };
            let snapshot: Snapshot = [family].into();
            page = encoder.render(&snapshot, page);
            prop_assert_eq!(&page, &protobuf::render(&snapshot, Vec::new()));
        }
    }
}
