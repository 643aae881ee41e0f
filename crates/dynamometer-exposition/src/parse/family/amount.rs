//! What is known of the value of a series.

use crate::model::Kind;
use crate::parse::family::histogram::HistogramDraft;
use crate::parse::family::summary::SummaryDraft;
use crate::parse::scan::Number;

/// The value of a series, as far as its lines were read.
#[derive(Debug)]
pub(in crate::parse) enum Amount<'a> {
    /// One number, once its line was read.
    Number(Option<Number<'a>>),
    /// Buckets.
    Histogram(HistogramDraft),
    /// Quantiles.
    Summary(SummaryDraft),
}

impl Amount<'_> {
    /// What series of `kind` begin with.
    pub(in crate::parse) fn of_kind(kind: Kind) -> Self {
        match kind {
            Kind::Histogram | Kind::GaugeHistogram => Self::Histogram(HistogramDraft::default()),
            Kind::Summary => Self::Summary(SummaryDraft::default()),
            _ => Self::Number(None),
        }
    }
}
