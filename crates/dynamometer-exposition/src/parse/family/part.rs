//! Which part of a series a line holds.

use crate::model::Kind;
use crate::parse::error::{ParseError, ParseErrorKind};
use crate::parse::family::source::Source;
use crate::parse::scan::{Escaped, read_number};

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
    /// When the series began.
    Created,
}

/// The bound of a bucket or the rank of a quantile, and its text.
#[derive(Clone, Copy, Debug, Default)]
pub(in crate::parse) struct Bound<'a> {
    pub(in crate::parse) value: f64,
    pub(in crate::parse) text: &'a str,
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

    /// Reads the label of this part, which `series` must have if there is one.
    pub(in crate::parse) fn bound<'a>(
        self,
        source: Source<'_>,
        text: Option<Escaped<'a>>,
        series: &str,
    ) -> Result<Bound<'a>, ParseError> {
        let Some(label) = self.label() else {
            return Ok(Bound::default());
        };
        let text = text.map(Escaped::raw);
        if let (Some(text), Some(value)) = (text, text.and_then(read_number)) {
            return Ok(Bound { value, text });
        }
        let expected = format!("a number in the label {label}");
        Err(source.error(ParseErrorKind::Label, expected, series))
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

    /// The parts of a series in `OpenMetrics`.
    pub(in crate::parse) fn in_open_metrics(kind: Kind) -> &'static [(&'static str, Self)] {
        match kind {
            Kind::Counter => &[("_total", Self::Value), ("_created", Self::Created)],
            Kind::Histogram => &[
                ("_bucket", Self::Bucket),
                ("_sum", Self::Sum),
                ("_count", Self::Count),
                ("_created", Self::Created),
            ],
            Kind::GaugeHistogram => &[
                ("_bucket", Self::Bucket),
                ("_gsum", Self::Sum),
                ("_gcount", Self::Count),
            ],
            Kind::Summary => &[
                ("", Self::Quantile),
                ("_sum", Self::Sum),
                ("_count", Self::Count),
                ("_created", Self::Created),
            ],
            Kind::Info => &[("_info", Self::Value)],
            _ => &[("", Self::Value)],
        }
    }
}
