//! Which format a page is written in.

use std::cmp::Reverse;

use dynamometer::Format;

use crate::negotiation::element::{Element, Quality, elements};

/// A format, and the version of it that the client hears of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Representation {
    /// Prometheus text 0.0.4.
    Text,
    /// `OpenMetrics` 1.0.0.
    OpenMetrics,
    /// `OpenMetrics` 1.0.0 for those who know it as 0.0.1.
    OldOpenMetrics,
    /// Prometheus' protobuf messages, each after its length.
    Protobuf,
    /// JSON.
    Json,
}

/// How closely a range fits: `*/*`, `type/*`, `type/subtype`, the same with a
/// version.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Fit {
    Anything,
    Type,
    Subtype,
    Version,
}

impl Representation {
    /// All, the one sent to those who do not care first.
    const ALL: [Self; 5] = [
        Self::Text,
        Self::OpenMetrics,
        Self::OldOpenMetrics,
        Self::Protobuf,
        Self::Json,
    ];

    /// The representation of a format, where its name is all that is asked for.
    pub(crate) fn of(format: Format) -> Self {
        match format {
            Format::Text => Self::Text,
            Format::OpenMetrics => Self::OpenMetrics,
            Format::Protobuf => Self::Protobuf,
            Format::Json => Self::Json,
        }
    }

    /// The format that it is written in.
    pub(crate) fn format(self) -> Format {
        match self {
            Self::Text => Format::Text,
            Self::OpenMetrics | Self::OldOpenMetrics => Format::OpenMetrics,
            Self::Protobuf => Format::Protobuf,
            Self::Json => Format::Json,
        }
    }

    /// The value of `Content-Type`.
    pub(crate) fn content_type(self) -> &'static str {
        match self {
            Self::OldOpenMetrics => "application/openmetrics-text; version=0.0.1; charset=utf-8",
            _ => self.format().content_type(),
        }
    }

    /// The representation that the values of `Accept` ask for most.
    ///
    /// The closest range gives a representation its weight, and the highest weight
    /// wins. Of equal weights the closer range wins, then the one listed first.
    /// Where nothing is acceptable it is text, as Prometheus' own libraries have it.
    pub(crate) fn negotiate<'a>(accept: impl IntoIterator<Item = &'a str>) -> Self {
        let ranges: Vec<_> = accept.into_iter().flat_map(elements).collect();
        let wanted = Self::ALL.into_iter().filter_map(|representation| {
            let weight = representation.weight(&ranges)?;
            (weight.0 > Quality::NONE).then_some((
                weight,
                Reverse(representation as u8),
                representation,
            ))
        });
        let best = wanted.max_by_key(|(weight, order, _)| (*weight, *order));
        best.map_or(Self::Text, |(_, _, representation)| representation)
    }

    /// How much the client wants this: weight, closeness, place in its list.
    fn weight(self, ranges: &[Element<'_>]) -> Option<(Quality, Fit, Reverse<usize>)> {
        let fitting = ranges.iter().enumerate().filter_map(|(place, range)| {
            let fit = self.fit(range)?;
            Some((fit, range.quality, Reverse(place)))
        });
        fitting
            .max()
            .map(|(fit, quality, place)| (quality, fit, place))
    }

    fn fit(self, range: &Element<'_>) -> Option<Fit> {
        let (kind, subtype) = range.name.split_once('/')?;
        let (own_kind, own_subtype) = self.media_type();
        if (kind, subtype) == ("*", "*") {
            return Some(Fit::Anything);
        }
        if !kind.eq_ignore_ascii_case(own_kind) {
            return None;
        }
        if subtype == "*" {
            return Some(Fit::Type);
        }
        if !subtype.eq_ignore_ascii_case(own_subtype) {
            return None;
        }
        self.fit_of_version(range)
    }

    /// Compares the parameters that tell versions apart; others, such as `charset`
    /// and `escaping`, are fine with any value: our names need no escaping.
    fn fit_of_version(self, range: &Element<'_>) -> Option<Fit> {
        let is = |name, expected: &[&str]| match range.parameter(name) {
            None => Some(Fit::Subtype),
            Some(value) => expected.contains(&value).then_some(Fit::Version),
        };
        match self {
            // Text 1.0.0 differs from 0.0.4 only in names that we do not have.
            Self::Text => is("version", &["0.0.4", "1.0.0"]),
            Self::OpenMetrics => is("version", &["1.0.0"]),
            Self::OldOpenMetrics => is("version", &["0.0.1"]),
            Self::Protobuf => {
                let message = range.parameter("proto") == Some("io.prometheus.client.MetricFamily");
                let framing = range.parameter("encoding") == Some("delimited");
                (message && framing).then_some(Fit::Version)
            }
            Self::Json => Some(Fit::Subtype),
        }
    }

    fn media_type(self) -> (&'static str, &'static str) {
        match self {
            Self::Text => ("text", "plain"),
            Self::OpenMetrics | Self::OldOpenMetrics => ("application", "openmetrics-text"),
            Self::Protobuf => ("application", "vnd.google.protobuf"),
            Self::Json => ("application", "json"),
        }
    }
}
