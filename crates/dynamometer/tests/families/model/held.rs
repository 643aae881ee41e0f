//! What a series holds, and handles of any kind on it.

use dynamometer::{
    Counter, FloatCounter, Gauge, Handle, Histogram, Keep, Owned, UpDownCounter, Value,
};

pub(super) const BOUNDS: [f64; 2] = [1.0, 3.0];

/// What a series holds. All amounts are small and whole, so that sums are exact.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Held {
    Count(u64),
    Amount(f64),
    Queue(i64),
    Level(f64),
    Sizes([u64; 3], f64),
}

impl Held {
    pub(super) fn zero(family: usize) -> Self {
        match family {
            1 => Self::Amount(0.0),
            2 => Self::Queue(0),
            3 => Self::Level(0.0),
            4 => Self::Sizes([0; 3], 0.0),
            _ => Self::Count(0),
        }
    }

    pub(super) fn record(&mut self, n: i8) {
        match self {
            Self::Count(count) => *count += u64::from(n.unsigned_abs()),
            Self::Amount(amount) => *amount += f64::from(n.unsigned_abs()),
            Self::Queue(queue) => *queue += i64::from(n),
            Self::Level(level) if n % 2 == 0 => *level = n.into(),
            Self::Level(level) => *level += f64::from(n),
            Self::Sizes(counts, sum) => {
                let size = f64::from(n.unsigned_abs());
                counts[BOUNDS.iter().filter(|bound| size > **bound).count()] += 1;
                *sum += size;
            }
        }
    }

    pub(super) fn shown(value: Value<'_>, family: usize) -> Self {
        match value {
            Value::Unsigned(count) => Self::Count(count),
            Value::Signed(queue) => Self::Queue(queue),
            Value::Float(level) if family == 3 => Self::Level(level),
            Value::Float(amount) => Self::Amount(amount),
            Value::Histogram(sizes) => Self::Sizes(
                sizes.counts().try_into().expect("three buckets"),
                sizes.sum(),
            ),
            other => panic!("no family has {other:?}"),
        }
    }
}

/// A handle of any kind, kept or looked up.
pub(super) trait Records {
    fn record(&self, n: i8);
    fn held(&self) -> Held;
}

macro_rules! records {
    ($($handle:ident: |$self:ident, $n:ident| $record:expr, $held:expr;)*) => {$(
        impl<K: Keep> Records for $handle<K> {
            fn record(&$self, $n: i8) {
                $record;
            }

            fn held(&$self) -> Held {
                $held
            }
        }
    )*};
}

records! {
    Counter: |self, n| self.inc_by(n.unsigned_abs().into()), Held::Count(self.get_value());
    FloatCounter: |self, n| self.inc_by(n.unsigned_abs().into()), Held::Amount(self.get_value());
    UpDownCounter: |self, n| self.add(n.into()), Held::Queue(self.get_value());
    Gauge: |self, n| if n % 2 == 0 { self.set(n.into()) } else { self.inc(n.into()) },
        Held::Level(self.get_value());
    Histogram: |self, n| self.observe(n.unsigned_abs().into()),
        Held::shown(Value::Histogram(&self.get_value()), 4);
}

impl<H: Handle + Records> Records for Owned<H> {
    fn record(&self, n: i8) {
        (**self).record(n);
    }

    fn held(&self) -> Held {
        (**self).held()
    }
}
