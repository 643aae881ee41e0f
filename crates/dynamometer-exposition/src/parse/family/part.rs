//! Which part of a series a line holds.

use crate::model::Kind;

/// What a line holds of its series.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::parse) enum Part {
    /// The value itself.
    Value,
    /// The count of a bucket, whose bound is in the label `le`.
    Bucket,
    /// The value of a quantile, whose rank is in the label `quantile`.
    Quantile,
    /// The sum of all observations.
    Sum,
    /// The number of all observations.
    Count,
}

impl Part {
    /// The label that tells lines of one series apart.
    pub(in crate::parse) fn label(self) -> Option<&'static str> {
        match self {
            Self::Bucket => Some("le"),
            Self::Quantile => Some("quantile"),
            _ => None,
        }
    }

    /// The parts of a series in 0.0.4, with what each adds to the family's name.
    ///
    /// Gauge histograms, which came later, look like histograms there.
    pub(in crate::parse) fn in_text(kind: Kind) -> &'static [(&'static str, Self)] {
        match kind {
            Kind::Histogram | Kind::GaugeHistogram => &[
                ("_bucket", Self::Bucket),
                ("_sum", Self::Sum),
                ("_count", Self::Count),
            ],
            Kind::Summary => &[
                ("", Self::Quantile),
                ("_sum", Self::Sum),
                ("_count", Self::Count),
            ],
            _ => &[("", Self::Value)],
        }
    }
}
