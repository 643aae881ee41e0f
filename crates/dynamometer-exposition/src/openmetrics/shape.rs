//! What each family is in this format, whose names and values have rules.

use std::collections::HashMap;

use crate::model::{Family, Kind, Snapshot, Value, Values};

/// How a family is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape<'a> {
    /// Under a name of this format, as this type.
    As { base: &'a str, word: &'static str },
    /// Plain numbers under the name they have.
    Plain { word: &'static str },
    /// A distribution whose buckets, sums and counts are families of their own.
    Apart,
}

/// The shape of each family, in their order.
///
/// A family is written as what it is where the rules of its type hold: a counter
/// ends in `_total`, an info in `_info`; what is counted is neither negative nor
/// `NaN`; the names that a type reserves, such as `x`, `x_total` and `x_created` for
/// a counter `x_total`, are no other family's. Otherwise its lines are the same and
/// its type is unknown: a name never depends on the format.
pub(super) fn shapes(snapshot: &Snapshot) -> Vec<Shape<'_>> {
    let families = snapshot.families();
    let shapes: Vec<_> = families.iter().map(own_shape).collect();
    let mut owners = HashMap::new();
    for (family, shape) in families.iter().zip(&shapes) {
        if !family.is_empty() {
            for name in reserved(family, *shape) {
                *owners.entry(name).or_insert(0_usize) += 1;
            }
        }
    }
    let shared = |name: &String| owners.get(name).is_some_and(|owners| *owners > 1);
    let judged = families.iter().zip(shapes).map(|(family, shape)| {
        if reserved(family, shape).iter().any(shared) {
            fallback(family)
        } else {
            shape
        }
    });
    judged.collect()
}

/// The shape of a family that is alone on its page.
fn own_shape(family: &Family) -> Shape<'_> {
    let desc = family.desc();
    let named = |suffix| {
        let base = desc.name().strip_suffix(suffix);
        base.filter(|base| !base.is_empty())
    };
    let word = desc.kind().as_str();
    let keeps_name = Shape::As {
        base: desc.name(),
        word,
    };
    let is_number = family.values.are_numbers();
    match desc.kind() {
        Kind::Gauge | Kind::Unknown if is_number => Shape::Plain { word },
        Kind::Counter if is_number && is_counted(family) => {
            let base = named("_total");
            base.map_or(fallback(family), |base| Shape::As { base, word })
        }
        Kind::Info if is_number && has_values(family, &[1.0]) => {
            let base = named("_info");
            base.map_or(fallback(family), |base| Shape::As { base, word })
        }
        Kind::StateSet if is_number && has_values(family, &[0.0, 1.0]) && has_states(family) => {
            keeps_name
        }
        Kind::Histogram | Kind::GaugeHistogram if has_lawful_buckets(family) => keeps_name,
        Kind::Summary if has_lawful_quantiles(family) => keeps_name,
        _ => fallback(family),
    }
}

/// How a family is written whose type forbids a name or a value of it.
fn fallback(family: &Family) -> Shape<'_> {
    if !family.values.are_numbers() {
        return Shape::Apart;
    }
    let kind = match family.desc().kind() {
        // Nothing is lost: a set of states and facts is a set of gauges.
        Kind::Gauge | Kind::Info | Kind::StateSet => Kind::Gauge,
        _ => Kind::Unknown,
    };
    Shape::Plain {
        word: kind.as_str(),
    }
}

/// The names that no other family may have.
fn reserved(family: &Family, shape: Shape<'_>) -> Vec<String> {
    let (base, suffixes): (_, &[_]) = match (shape, family.desc().kind()) {
        (Shape::As { base, .. }, Kind::Counter) => (base, &["", "_total", "_created"]),
        (Shape::As { base, .. }, Kind::Info) => (base, &["", "_info"]),
        (Shape::As { base, .. }, Kind::Summary) => (base, &["", "_count", "_sum", "_created"]),
        (Shape::As { base, .. }, Kind::Histogram) => {
            (base, &["", "_count", "_sum", "_bucket", "_created"])
        }
        (Shape::As { base, .. }, Kind::GaugeHistogram) => {
            (base, &["", "_gcount", "_gsum", "_bucket"])
        }
        (Shape::As { base, .. }, _) => (base, &[""]),
        (Shape::Plain { .. }, _) => (family.desc().name(), &[""]),
        (Shape::Apart, Kind::GaugeHistogram) => {
            (family.desc().name(), &["_gcount", "_gsum", "_bucket"])
        }
        (Shape::Apart, Kind::Summary) => (family.desc().name(), &["", "_count", "_sum"]),
        (Shape::Apart, _) => (family.desc().name(), &["_count", "_sum", "_bucket"]),
    };
    let name = |suffix: &&str| format!("{base}{suffix}");
    suffixes.iter().map(name).collect()
}

fn is_counted(family: &Family) -> bool {
    match &family.values {
        Values::Signed(values) => values.iter().all(|value| *value >= 0),
        Values::Float(values) => values.iter().all(|value| *value >= 0.0),
        _ => true,
    }
}

fn has_values(family: &Family, allowed: &[f64]) -> bool {
    let mut values = family.samples().map(|sample| sample.value.as_f64());
    values.all(|value| allowed.contains(&value))
}

/// True where each series has the label that names its state.
fn has_states(family: &Family) -> bool {
    let name = family.desc().name();
    family
        .samples()
        .all(|sample| sample.labels.get(name).is_some())
}

/// A sum is of values that were never negative; that of a gauge may be negative
/// where buckets are.
fn has_lawful_buckets(family: &Family) -> bool {
    let is_gauge = family.desc().kind() == Kind::GaugeHistogram;
    let is_lawful = |sum: f64, has_negative: bool| match (is_gauge, has_negative) {
        (true, true) => !sum.is_nan(),
        (false, true) => false,
        (_, false) => sum >= 0.0,
    };
    let mut values = family.samples().map(|sample| sample.value);
    values.all(|value| match value {
        Value::Histogram(value) => {
            let lowest = value.bounds().first();
            is_lawful(value.sum(), lowest.is_some_and(|bound| *bound < 0.0))
        }
        Value::Exponential(value) => is_lawful(value.sum(), !value.negative_counts().is_empty()),
        _ => false,
    })
}

fn has_lawful_quantiles(family: &Family) -> bool {
    let mut values = family.samples().map(|sample| sample.value);
    values.all(|value| match value {
        Value::Summary(value) => {
            let is_rank = |(rank, value): &(f64, f64)| {
                // Nothing to compute a quantile from is no negative one.
                (0.0..=1.0).contains(rank) && (value.is_nan() || *value >= 0.0)
            };
            value.sum() >= 0.0 && value.quantiles().iter().all(is_rank)
        }
        _ => false,
    })
}
