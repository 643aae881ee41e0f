//! Histograms with exponential buckets: resolution, bounds and quantiles.

use dynamometer_exposition::{ExponentialBucket, ExponentialCounts, ExponentialValue};
use proptest::prelude::*;

fn counts(first: i32, counts: &[u64]) -> ExponentialCounts {
    ExponentialCounts::new(first, counts.iter().copied())
}

fn buckets(value: &ExponentialValue) -> Vec<(f64, f64, u64)> {
    let parts = |bucket: ExponentialBucket| (bucket.lower, bucket.upper, bucket.count);
    value.buckets().map(parts).collect()
}

fn cumulative(value: &ExponentialValue) -> Vec<(f64, u64)> {
    value.cumulative().collect()
}

/// Both signs and zeros: at schema 0, -4 to -2, zeros up to 1/8, and 1 to 4.
fn mixed() -> ExponentialValue {
    ExponentialValue::new(0, 4.0)
        .negative(counts(2, &[1]))
        .zero(0.125, 2)
        .positive(counts(1, &[3, 4]))
}

#[test]
fn buckets_come_from_the_lowest_up() {
    assert_eq!(
        buckets(&mixed()),
        [
            (-4.0, -2.0, 1),
            (-0.125, 0.125, 2),
            (1.0, 2.0, 3),
            (2.0, 4.0, 4)
        ]
    );
    assert_eq!(mixed().count(), 10);
    assert_eq!(mixed().mean(), Some(0.4));
    assert_eq!(ExponentialValue::default().mean(), None);
}

#[test]
fn classic_bounds_are_the_powers_of_two_around_what_was_observed() {
    let value = ExponentialValue::new(2, 9.0).positive(counts(-1, &[1, 1, 0, 0, 0, 0, 0, 0, 0, 2]));
    assert_eq!(
        cumulative(&value),
        [(0.5, 0), (1.0, 2), (2.0, 2), (4.0, 4), (f64::INFINITY, 4)]
    );
    assert_eq!(
        cumulative(&mixed()),
        [
            (-4.0, 0),
            (-2.0, 1),
            (-0.125, 1),
            (0.125, 3),
            (1.0, 3),
            (2.0, 6),
            (4.0, 10),
            (f64::INFINITY, 10)
        ]
    );
    assert_eq!(
        cumulative(&ExponentialValue::default()),
        [(f64::INFINITY, 0)]
    );
}

#[test]
fn classic_bounds_at_the_edges_are_in_order() {
    let touching = ExponentialValue::new(0, 1.0)
        .zero(1.0, 1)
        .positive(counts(1, &[1]));
    assert_eq!(
        cumulative(&touching),
        [(1.0, 1), (2.0, 2), (f64::INFINITY, 2)]
    );
    let wide = ExponentialValue::new(-4, 1.0)
        .zero(8.0, 1)
        .positive(counts(1, &[1]));
    assert_eq!(
        cumulative(&wide),
        [(8.0, 1), (65536.0, 2), (f64::INFINITY, 2)]
    );
    let infinite = ExponentialValue::new(0, f64::NAN)
        .negative(counts(1025, &[1]))
        .zero(0.0, 1)
        .positive(counts(1025, &[1]));
    assert_eq!(
        cumulative(&infinite),
        [(f64::MIN, 1), (0.0, 2), (f64::MAX, 2), (f64::INFINITY, 3)]
    );
    let zero_bound = cumulative(&infinite)[1].0;
    assert!(zero_bound.is_sign_positive(), "no -0 in a bound");
}

#[test]
fn the_resolution_is_halved_until_the_buckets_fit() {
    let value = ExponentialValue::new(3, 1.0).positive(counts(1, &[1; 320]));
    let fitted = value.clone().fit(160);
    assert_eq!((fitted.schema(), fitted.count()), (2, 320));
    assert_eq!(fitted.positive_counts(), &counts(1, &[2; 160]));
    assert_eq!(value.clone().fit(320), value);
    assert_eq!(value.clone().fit(159).schema(), 1);
    assert_eq!(value.fit(0).schema(), -4);
}

#[test]
fn a_finer_schema_is_not_made_up() {
    assert_eq!(mixed().downscaled_to(5), mixed());
    assert_eq!(mixed().downscaled_to(-100).schema(), -4);
    assert_eq!(ExponentialValue::new(20, 0.0).schema(), 8);
}

/// The answers of `histogram_quantile` are known for these by hand.
#[test]
fn quantiles_are_spread_over_the_logarithms_of_a_bucket() {
    let near = |value: &ExponentialValue, q: f64, expected: f64| {
        let found = value.quantile(q).unwrap_or(f64::NAN);
        assert!(
            (found - expected).abs() <= 1e-12 * expected.abs(),
            "{q}: {found}, not {expected}"
        );
    };
    let positive = ExponentialValue::new(0, 1.0).positive(counts(1, &[4, 4]));
    near(&positive, 0.0, 1.0);
    near(&positive, 0.25, std::f64::consts::SQRT_2);
    near(&positive, 0.5, 2.0);
    near(&positive, 0.75, 8.0_f64.sqrt());
    near(&positive, 1.0, 4.0);
    let negative = ExponentialValue::new(0, -1.0).negative(counts(1, &[4, 4]));
    near(&negative, 0.0, -4.0);
    near(&negative, 0.25, -(8.0_f64.sqrt()));
    near(&negative, 1.0, -1.0);
    near(&mixed(), 0.2, 0.0);
    near(&mixed(), 0.1, -2.0);
    near(&mixed(), 0.25, 0.0625);
}

#[test]
fn the_zero_bucket_ends_at_zero_where_values_are_on_one_side() {
    let value = |value: ExponentialValue| value.zero(1.0, 2).quantile(0.25);
    let base = || ExponentialValue::new(0, 0.0);
    assert_eq!(value(base().positive(counts(2, &[2]))), Some(0.5));
    assert_eq!(value(base()), Some(-0.5));
    let negative = base().negative(counts(2, &[2])).zero(1.0, 2);
    assert_eq!(negative.quantile(0.75), Some(-0.5));
}

#[test]
fn there_is_no_quantile_of_nothing_or_beyond_one() {
    assert_eq!(ExponentialValue::default().quantile(0.5), None);
    for q in [-0.1, 1.1, f64::NAN] {
        assert_eq!(mixed().quantile(q), None);
    }
    let infinite = ExponentialValue::new(0, 0.0).positive(counts(1025, &[1]));
    assert_eq!(infinite.quantile(0.0), Some(f64::INFINITY));
}

/// Counts of buckets between 2^-900 and 2^900.
fn any_counts(schema: i32) -> impl Strategy<Value = ExponentialCounts> {
    let edge = (900.0 * f64::from(schema).exp2()) as i32;
    let counts = prop::collection::vec(prop_oneof![Just(0), 0..1000_u64], 0..200);
    (-edge..edge, counts).prop_map(move |(first, counts)| {
        let room = edge.abs_diff(first) as usize;
        ExponentialCounts::new(first, counts.into_iter().take(room))
    })
}

fn any_value() -> impl Strategy<Value = ExponentialValue> {
    let parts = |schema| {
        let signs = (any_counts(schema), any_counts(schema));
        (Just(schema), signs, 0..5_u64, -1e9..1e9)
    };
    let any = (-4..=8).prop_flat_map(parts);
    any.prop_map(|(schema, (positive, negative), zero, sum)| {
        ExponentialValue::new(schema, sum)
            .zero(f64::MIN_POSITIVE, zero)
            .positive(positive)
            .negative(negative)
    })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn wider_buckets_hold_the_same_observations(value in any_value(), schema in -4..=8) {
        let wider = value.downscaled_to(schema);
        prop_assert_eq!(wider.schema(), schema.min(value.schema()));
        prop_assert_eq!(wider.count(), value.count());
        prop_assert_eq!(wider.sum().to_bits(), value.sum().to_bits());
        let by_steps = (wider.schema()..value.schema())
            .rev()
            .fold(value.clone(), |value, schema| value.downscaled_to(schema));
        prop_assert_eq!(&by_steps, &wider);
    }

    #[test]
    fn a_halving_rounds_indices_up(counts in any_counts(1)) {
        let value = ExponentialValue::new(1, 0.0).positive(counts.clone());
        let halved = value.downscaled_to(0);
        let halved = halved.positive_counts();
        let mut expected = std::collections::BTreeMap::new();
        for (index, count) in (counts.first()..).zip(counts.counts()) {
            *expected.entry((f64::from(index) / 2.0).ceil() as i32).or_insert(0) += count;
        }
        let found = (halved.first()..).zip(halved.counts().iter().copied());
        let found: Vec<_> = found.filter(|(_, count)| *count > 0).collect();
        expected.retain(|_, count| *count > 0);
        prop_assert_eq!(found, expected.into_iter().collect::<Vec<_>>());
    }

    #[test]
    fn a_fitted_value_is_the_finest_that_fits(value in any_value(), limit in 1..200_usize) {
        let len = |value: &ExponentialValue| {
            value.positive_counts().counts().len() + value.negative_counts().counts().len()
        };
        let fitted = value.clone().fit(limit);
        prop_assert_eq!(fitted.count(), value.count());
        prop_assert!(len(&fitted) <= limit || fitted.schema() == -4);
        if fitted.schema() < value.schema() {
            prop_assert!(len(&value.downscaled_to(fitted.schema() + 1)) > limit);
        }
    }

    #[test]
    fn classic_bounds_grow_and_count_whole_buckets(value in any_value()) {
        let steps = cumulative(&value);
        prop_assert!(steps.is_sorted_by(|a, b| a.0 < b.0 && a.1 <= b.1));
        prop_assert_eq!(steps.last(), Some(&(f64::INFINITY, value.count())));
        for (bound, count) in steps {
            let below = value.buckets().filter(|bucket| bucket.upper <= bound);
            prop_assert_eq!(below.map(|bucket| bucket.count).sum::<u64>(), count, "{}", bound);
        }
    }

    #[test]
    fn quantiles_do_not_fall(value in any_value(), mut shares in prop::collection::vec(0.0..=1.0_f64, 2)) {
        shares.sort_by(f64::total_cmp);
        let quantiles = shares.iter().filter_map(|q| value.quantile(*q));
        let quantiles: Vec<_> = quantiles.collect();
        // The two ends that a rank is counted from differ by rounding.
        prop_assert!(quantiles.is_sorted_by(|a, b| *a <= b + 1e-9 * b.abs()), "{quantiles:?}");
    }
}
