//! measured (conradludgate/measured), whose families write themselves.

use std::mem::take;
use std::sync::Arc;

use measured::metric::group::Encoding as _;
use measured::metric::histogram::Thresholds;
use measured::metric::name::MetricName;
use measured::metric::{MetricEncoding, MetricFamilyEncoding as _, MetricType, MetricVec};
use measured::text::TextEncoder;
use measured::{CounterVec, HistogramVec};

use super::{COUNTERS, Format, HISTOGRAMS, Load, MEMORY, Write, written};
use crate::case::histogram::ELEVEN;
use crate::harness::Racer;
use crate::labelled::measured::{Labels, LabelsSet, labels_set};

const LIBRARY: &str = "measured";

const HELP: &str = "A metric of the benchmark.";

/// Returns the text.
pub(crate) fn text(load: &Load) -> Racer {
    let writer = |load: &Load| {
        let family = Arc::new(CounterVec::with_label_set(labels_set(&Arc::default())));
        let (counted, keys) = (Arc::clone(&family), load.clone());
        load.count(move |index, amount| {
            counted.inc_by(Labels::of(keys.key(index)), amount);
        })?;
        Ok(collected(COUNTERS, family))
    };
    written(LIBRARY, "TextEncoder", Format::Lines, load, writer)
}

/// Returns the text of histograms.
pub(crate) fn histograms(load: &Load) -> Racer {
    let writer = |load: &Load| {
        let bounds = Thresholds::with_buckets(ELEVEN);
        let family = HistogramVec::with_label_set_and_metadata(labels_set(&Arc::default()), bounds);
        let family = Arc::new(family);
        let (observed, keys) = (Arc::clone(&family), load.clone());
        load.observe(move |index, latency| {
            observed.observe(Labels::of(keys.key(index)), latency);
        })?;
        Ok(collected(HISTOGRAMS, family))
    };
    written(LIBRARY, "TextEncoder", Format::HistogramLines, load, writer)
}

fn collected<M>(name: &'static str, family: Arc<MetricVec<M, LabelsSet>>) -> Write
where
    M: MetricType + MetricEncoding<TextEncoder<Vec<u8>>> + 'static,
{
    Box::new(move |page| {
        page.clear();
        let name = MetricName::from_str(name);
        let mut encoder = TextEncoder::new(take(page));
        encoder.write_help(name, HELP).expect(MEMORY);
        family
            .collect_family_into(name, &mut encoder)
            .expect(MEMORY);
        *page = encoder.writer;
    })
}
