//! openmetrics-parser, a grammar of pest.
//!
//! It looks for each sample among all that it has of the family, so its time grows
//! with the square of the page.

use anyhow::Error;
use openmetrics_parser::{
    CounterValue, MetricFamily, MetricsExposition, OpenMetricsValue, PrometheusCounterValue,
    PrometheusValue, RenderableMetricValue, openmetrics as of_openmetrics,
    prometheus as of_prometheus,
};

use super::{Page, parsed};
use crate::encoded::Content;
use crate::harness::Racer;

const LIBRARY: &str = "openmetrics-parser";

/// Returns the reading of text.
pub(crate) fn text(page: &Page<str>) -> Racer {
    let read = |page: &str| of_prometheus::parse_prometheus(page).map_err(Error::msg);
    parsed(LIBRARY, "parse_prometheus", page, read, |exposition| {
        Ok(content(exposition, |value| match value {
            PrometheusValue::Counter(PrometheusCounterValue { value, .. }) => value.as_f64(),
            _ => f64::NAN,
        }))
    })
}

/// Returns the reading of `OpenMetrics`.
pub(crate) fn openmetrics(page: &Page<str>) -> Racer {
    let read = |page: &str| of_openmetrics::parse_openmetrics(page).map_err(Error::msg);
    parsed(LIBRARY, "parse_openmetrics", page, read, |exposition| {
        Ok(content(exposition, |value| match value {
            OpenMetricsValue::Counter(CounterValue { value, .. }) => value.as_f64(),
            _ => f64::NAN,
        }))
    })
}

fn content<T, V>(exposition: &MetricsExposition<T, V>, value: impl Fn(&V) -> f64) -> Content
where
    T: Clone,
    V: Clone + RenderableMetricValue,
{
    let samples = exposition
        .families
        .values()
        .flat_map(MetricFamily::iter_samples);
    Content::of_values(samples.map(|sample| value(&sample.value)))
}
