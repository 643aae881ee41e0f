//! State sets, as they are exposed: one series for each state.

use std::sync::Arc;

use dynamometer_cells::Series;
use dynamometer_exposition::{LabelSet, SeriesLabels, Values};

/// Writes each set of `series`, a mask of states each, as a series per state:
/// its labels and the family's name as a further one, 1 where it is on.
///
/// <https://prometheus.io/docs/specs/om/open_metrics_spec/#stateset>
pub(crate) fn expand(
    name: &str,
    states: &[Box<str>],
    series: &[Arc<Series>],
    masks: &[u64],
) -> (Vec<LabelSet>, Values) {
    let mut labels = Vec::with_capacity(series.len() * states.len());
    let mut values = Vec::with_capacity(labels.capacity());
    for (series, mask) in series.iter().zip(masks) {
        let own: Vec<_> = SeriesLabels::of_text(series.text()).iter().collect();
        for (at, state) in states.iter().enumerate() {
            let own = own.iter().map(|(name, value)| (*name, &**value));
            labels.push(LabelSet::new(own.chain([(name, &**state)])));
            values.push((mask >> at & 1) as f64);
        }
    }
    (labels, Values::Float(values))
}
