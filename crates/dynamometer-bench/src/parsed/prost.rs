//! prost, with the messages that prometheus-client has it make.

use prometheus_client::encoding::prometheus_protobuf::prometheus_data_model::{
    Metric, MetricFamily,
};
use prost::Message as _;

use super::{Page, parsed};
use crate::encoded::Content;
use crate::harness::Racer;

/// Returns the reading of protobuf.
pub(crate) fn protobuf(page: &Page<[u8]>) -> Racer {
    let read = |mut page: &[u8]| {
        let mut families = Vec::new();
        while !page.is_empty() {
            families.push(MetricFamily::decode_length_delimited(&mut page)?);
        }
        Ok(families)
    };
    parsed("prost", "MetricFamily", page, read, |families| {
        let metrics = families.iter().flat_map(|family| &family.metric);
        let value = |metric: &Metric| {
            let counter = metric.counter.as_ref();
            counter.map_or(f64::NAN, |counter| counter.value)
        };
        Ok(Content::of_values(metrics.map(value)))
    })
}
