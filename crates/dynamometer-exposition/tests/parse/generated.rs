//! Snapshots of every kind, made up for property tests.

use std::sync::Arc;

use dynamometer_exposition::{
    Desc, Exemplar, ExponentialCounts, ExponentialValue, Family, HistogramValue, Kind, LabelSet,
    Snapshot, SummaryValue, Unit, Values,
};
use proptest::collection::{btree_map, btree_set, vec};
use proptest::prelude::*;

/// What a format can hold, so that what is written is read back.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Holds {
    /// Kinds of families.
    pub(crate) kinds: &'static [Kind],
    /// Units, times at which series began, and exemplars.
    pub(crate) extras: bool,
    /// Counters and sums that fall or are no number.
    pub(crate) odd_counters: bool,
}

/// Any snapshot that a format can hold.
pub(crate) fn snapshot(holds: Holds) -> impl Strategy<Value = Snapshot> {
    // Names that begin differently and end in no suffix of any kind.
    let names = btree_set("[a-zA-Z_:][a-zA-Z0-9_:]{0,9}x", 0..5);
    names.prop_flat_map(move |names| {
        let families: Vec<_> = names.into_iter().map(|name| family(name, holds)).collect();
        families.prop_map(|families| families.into_iter().collect())
    })
}

fn family(name: String, holds: Holds) -> impl Strategy<Value = Family> {
    // Blanks before it are no part of a help text.
    let help = any_text().prop_map(|text| text.trim_start_matches(' ').to_owned());
    let parts = (prop::sample::select(holds.kinds), help, any::<bool>());
    let series = btree_map(labels(), any::<u64>(), 1..4);
    (parts, series).prop_flat_map(move |((kind, help, has_unit), series)| {
        let labels: Vec<_> = series.keys().cloned().collect();
        let count = labels.len();
        let has_unit = has_unit && holds.extras && !matches!(kind, Kind::Info | Kind::StateSet);
        let unit = has_unit.then_some(Unit::Seconds);
        let name = exposed_name(&name, kind, unit);
        // The name of a state set is also that of a label.
        let name = match kind {
            Kind::StateSet => format!("state_set_{}", name.replace(':', "_colon_")),
            _ => name,
        };
        let labels = labels_of_kind(labels, &name, kind);
        let desc = Desc::new(name, kind).help(help).unit(unit);
        let family = values(kind, count, holds)
            .prop_map(move |values| Family::new(desc.clone(), Arc::new(labels.clone()), values));
        let times = (moments(count, holds.extras), moments(count, true));
        (family, times, exemplars(kind, count, holds)).prop_map(
            move |(mut family, (created, timestamps), exemplars)| {
                let has_start = matches!(kind, Kind::Counter | Kind::Histogram | Kind::Summary);
                if let Some(created) = created.filter(|_| has_start) {
                    family = family.with_created(created);
                }
                // prometheus_client takes all series of an info for points of one.
                if let Some(timestamps) = timestamps.filter(|_| kind != Kind::Info) {
                    family = family.with_timestamps(timestamps);
                }
                match exemplars {
                    Some(exemplars) => family.with_exemplars(exemplars),
                    None => family,
                }
            },
        )
    })
}

/// The name with what its kind and unit put behind it.
fn exposed_name(name: &str, kind: Kind, unit: Option<Unit>) -> String {
    let unit = unit.map_or(String::new(), |unit| format!("_{unit}"));
    let suffix = match kind {
        Kind::Counter => "_total",
        Kind::Info => "_info",
        _ => "",
    };
    format!("{name}{unit}{suffix}")
}

/// A state set has a label of its own name.
fn labels_of_kind(labels: Vec<LabelSet>, name: &str, kind: Kind) -> Vec<LabelSet> {
    if kind != Kind::StateSet {
        return labels;
    }
    let with_state = |(at, labels): (usize, LabelSet)| {
        let state = at.to_string();
        let own: Vec<_> = labels.iter().collect();
        let own = own.iter().map(|(name, value)| (*name, &**value));
        LabelSet::new(own.chain([(name, &*state)]))
    };
    labels.into_iter().enumerate().map(with_state).collect()
}

fn labels() -> impl Strategy<Value = LabelSet> {
    // No name that a kind has for itself, none that is reserved.
    btree_map("[a-zA-Z][a-zA-Z0-9_]{0,5}y", any_text(), 0..4).prop_map(|pairs| {
        let pairs = pairs.iter().map(|(name, value)| (&**name, &**value));
        LabelSet::new(pairs)
    })
}

/// Text with all that needs an escape.
fn any_text() -> impl Strategy<Value = String> {
    let chars = prop_oneof![
        Just('\\'),
        Just('"'),
        Just('\n'),
        Just('n'),
        Just('}'),
        Just('é'),
        Just('🙂'),
        prop::char::range(' ', '~'),
    ];
    vec(chars, 1..8).prop_map(|chars| chars.into_iter().collect())
}

fn any_float() -> impl Strategy<Value = f64> {
    prop_oneof![
        any::<f64>(),
        any::<i32>().prop_map(f64::from),
        prop::sample::select(&[
            0.0,
            -0.0,
            f64::INFINITY,
            f64::NEG_INFINITY,
            f64::NAN,
            f64::MAX,
            f64::MIN_POSITIVE,
            5e-324,
            0.1,
        ]),
    ]
}

/// What a counter or a sum may be, from zero up where falling is not allowed.
fn any_total(holds: Holds) -> impl Strategy<Value = f64> {
    any_float().prop_map(move |value| match value {
        value if holds.odd_counters => value,
        value if value.is_nan() => 0.0,
        value => value.abs(),
    })
}

fn values(kind: Kind, count: usize, holds: Holds) -> BoxedStrategy<Values> {
    match kind {
        Kind::Counter => prop_oneof![
            vec(any::<u64>(), count).prop_map(Values::Unsigned),
            vec(any_total(holds), count).prop_map(Values::Float),
        ]
        .boxed(),
        Kind::Histogram | Kind::GaugeHistogram => vec(histogram(holds), count)
            .prop_map(Values::Histogram)
            .boxed(),
        Kind::Summary => vec(summary(holds), count).prop_map(Values::Summary).boxed(),
        Kind::Info => Just(Values::Float(vec![1.0; count])).boxed(),
        Kind::StateSet => vec(prop::sample::select(&[0.0, 1.0]), count)
            .prop_map(Values::Float)
            .boxed(),
        _ => prop_oneof![
            vec(any::<i64>(), count).prop_map(Values::Signed),
            vec(any_float(), count).prop_map(Values::Float),
        ]
        .boxed(),
    }
}

fn histogram(holds: Holds) -> impl Strategy<Value = HistogramValue> {
    let bounds = btree_set(0..1000_i32, 0..5);
    (bounds, vec(0..u64::from(u32::MAX), 6), any_total(holds)).prop_map(|(bounds, counts, sum)| {
        let bounds: Arc<[f64]> = bounds
            .into_iter()
            .map(|bound| f64::from(bound) / 8.0)
            .collect();
        HistogramValue::new(bounds, counts, sum)
    })
}

fn summary(holds: Holds) -> impl Strategy<Value = SummaryValue> {
    let quantiles = btree_map(0..=100_i32, any_total(holds), 0..4);
    (quantiles, any_total(holds), any::<u64>()).prop_map(|(quantiles, sum, count)| {
        let quantiles = quantiles
            .into_iter()
            .map(|(rank, value)| (f64::from(rank) / 100.0, value));
        SummaryValue::new(quantiles.collect::<Vec<_>>(), sum, count)
    })
}

/// A histogram with exponential buckets, as protobuf alone has them.
pub(crate) fn exponential() -> impl Strategy<Value = ExponentialValue> {
    let counts = || {
        let counts = vec(
            prop_oneof![Just(0), any::<u32>().prop_map(u64::from)],
            0..40,
        );
        (-2000..2000_i32, counts).prop_map(|(first, counts)| ExponentialCounts::new(first, counts))
    };
    let zero = (0.0..1.0_f64, any::<u32>());
    (-4..=8_i32, zero, counts(), counts(), any_float()).prop_map(
        |(schema, (threshold, zeroes), positive, negative, sum)| {
            ExponentialValue::new(schema, sum)
                .zero(threshold, zeroes.into())
                .positive(positive)
                .negative(negative)
        },
    )
}

/// Times in whole milliseconds, or of none.
fn moments(count: usize, held: bool) -> impl Strategy<Value = Option<Vec<f64>>> {
    let moment = prop_oneof![
        Just(f64::NAN),
        (-(1_i64 << 45)..1 << 45).prop_map(|milliseconds| milliseconds as f64 / 1000.0),
    ];
    prop::option::of(vec(moment, count)).prop_map(move |times| times.filter(|_| held))
}

fn exemplars(
    kind: Kind,
    count: usize,
    holds: Holds,
) -> impl Strategy<Value = Option<Vec<Box<[Exemplar]>>>> {
    let held =
        holds.extras && matches!(kind, Kind::Counter | Kind::Histogram | Kind::GaugeHistogram);
    let time = prop::option::of((0_i64..1 << 45).prop_map(|time| time as f64 / 1000.0));
    // Braces and escapes in an exemplar's labels are too much for prometheus_client.
    let plain = btree_map("[a-z]{1,5}", "[a-z é🙂]{0,8}", 0..3)
        .prop_map(|pairs| LabelSet::new(pairs.iter().map(|(name, value)| (&**name, &**value))));
    let one = (plain, 0..2000_i32, time).prop_map(|(labels, value, time)| {
        let exemplar = Exemplar::new(labels, f64::from(value) / 8.0);
        time.map_or(exemplar.clone(), |time| exemplar.at(time))
    });
    let of_series = vec(one, 0..2).prop_map(Vec::into_boxed_slice);
    prop::option::of(vec(of_series, count)).prop_map(move |all| all.filter(|_| held))
}
