//! Numbers of many series as one column.

use std::sync::Arc;

use crate::model::{Kind, Values};
use crate::parse::family::amount::Amount;
use crate::parse::scan::Number;

/// From this one on, not every whole number is a float.
const EXACT: u64 = 1 << f64::MANTISSA_DIGITS;

/// The values of a family of `kind`.
pub(super) fn values<'a>(kind: Kind, amounts: impl Iterator<Item = Amount<'a>>) -> Values {
    match kind {
        Kind::Histogram | Kind::GaugeHistogram => {
            let mut bounds: Arc<[f64]> = [].into();
            let drafts = amounts.filter_map(|amount| match amount {
                Amount::Histogram(draft) => Some(draft.finish(&mut bounds)),
                _ => None,
            });
            Values::Histogram(drafts.collect())
        }
        Kind::Summary => {
            let drafts = amounts.filter_map(|amount| match amount {
                Amount::Summary(draft) => Some(draft.finish()),
                _ => None,
            });
            Values::Summary(drafts.collect())
        }
        _ => {
            let numbers = amounts.filter_map(|amount| match amount {
                Amount::Number(number) => number,
                _ => None,
            });
            numeric(kind, &numbers.collect::<Vec<_>>())
        }
    }
}

/// Counters of whole things are exact; so are other whole numbers, where a float
/// would not be.
fn numeric(kind: Kind, numbers: &[Number<'_>]) -> Values {
    let floats = || numbers.iter().map(|number| number.as_f64());
    let large = |value: f64| value.abs() >= EXACT as f64;
    let exact = if kind == Kind::Counter {
        let whole = numbers.iter().map(|number| number.as_u64());
        whole.collect::<Option<_>>().map(Values::Unsigned)
    } else if floats().any(large) {
        let whole = numbers.iter().map(|number| number.as_i64());
        whole.collect::<Option<_>>().map(Values::Signed)
    } else {
        None
    };
    exact.unwrap_or_else(|| Values::Float(floats().collect()))
}
