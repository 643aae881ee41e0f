//! State sets: which states there are, and how a set is exposed: one series for
//! each state.

use std::sync::Arc;

use dynamometer_cells::Series;
use dynamometer_exposition::{Desc, Family, LabelSet, SeriesLabels, Values};

use crate::error::{Error, ErrorKind};
use crate::labels::LabelValue;
use crate::registry::family::OVERFLOW;
use crate::registry::{Instrument, Request, Schema, check_label_name};

/// The states of a set; each is a bit of its cell, in this order.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct States(Box<[Box<str>]>);

impl States {
    /// A set is one cell.
    const MOST: usize = 64;

    /// Checks that `states` fit into a cell, and can be told apart on the page.
    pub(crate) fn new(name: &str, states: &[&str]) -> Result<Self, Error> {
        let set = Self::usable(states);
        if states.is_empty() || set.0.len() < states.len() {
            let message = format!(
                "state set {name:?} needs 1 to 64 states, each once and none empty, not {states:?}"
            );
            return Err(Error::new(ErrorKind::InvalidStates, message));
        }
        Ok(set)
    }

    /// What there is room for, each once; to a label an empty value is as none.
    pub(crate) fn usable(states: &[&str]) -> Self {
        let is_new = |at: usize| !states[at].is_empty() && !states[..at].contains(&states[at]);
        let usable = (0..states.len()).filter(|&at| is_new(at));
        let usable = usable.map(|at| states[at].into());
        Self(usable.take(Self::MOST).collect())
    }

    pub(crate) fn names(&self) -> &[Box<str>] {
        &self.0
    }

    /// Where `state` stands, if it is one of these.
    pub(crate) fn position(&self, state: &(impl LabelValue + ?Sized)) -> Option<usize> {
        state.with_str(|text| {
            let is_at = |at: &usize| self.0.get(*at).is_some_and(|known| **known == *text);
            // An enum's list of values often is this one.
            let own = Some(state.index()).filter(is_at);
            own.or_else(|| (0..self.0.len()).find(is_at))
        })
    }
}

/// Refuses a state set whose name can not be the label that carries its states.
pub(crate) fn check_label(request: &Request<'_>, schema: &Schema) -> Result<(), Error> {
    if request.instrument != Instrument::StateSet {
        return Ok(());
    }
    for name in request.aliases.iter().chain([&request.name.exposed]) {
        if check_label_name(name)? != *name {
            let message = format!(
                "state set {name:?}: its name is that of a label too, which can have no colon"
            );
            return Err(Error::new(ErrorKind::InvalidName, message));
        }
        let constant = schema.constant().iter().map(|(label, _)| &**label);
        let looked_up = schema.names().iter().map(|label| &**label);
        // Any family may come to have a series with that label.
        let mut labels = constant.chain(looked_up).chain([OVERFLOW]);
        if labels.any(|label| label == name) {
            return Err(taken(name));
        }
    }
    Ok(())
}

/// Refuses a new name of a state set that is a label of one of its series.
pub(crate) fn check_alias(alias: &str, series: &[Arc<Series>]) -> Result<(), Error> {
    let has_label = |series: &Arc<Series>| {
        let labels = SeriesLabels::of_text(series.text());
        labels.iter().any(|(label, _)| label == alias)
    };
    if series.iter().any(has_label) {
        return Err(taken(alias));
    }
    Ok(())
}

fn taken(name: &str) -> Error {
    let message = format!("state set {name:?} needs the label {name:?} for its states");
    Error::new(ErrorKind::DuplicateLabel, message)
}

/// Writes each set of `series`, a mask of states each, as a series per state: its
/// labels and the family's name as a further one, 1 where it is on.
///
/// <https://prometheus.io/docs/specs/om/open_metrics_spec/#stateset>
pub(crate) fn expand(
    desc: Arc<Desc>,
    states: &States,
    series: &[Arc<Series>],
    created: &[f64],
    masks: &[u64],
) -> Family {
    let name = desc.name();
    let states = states.names();
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
    let created = created.iter();
    let created = created.flat_map(|&began| std::iter::repeat_n(began, states.len()));
    let created: Vec<f64> = created.collect();
    Family::new(desc, Arc::new(labels), Values::Float(values)).with_created(created)
}
