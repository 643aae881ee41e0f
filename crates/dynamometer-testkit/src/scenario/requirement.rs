//! Which capabilities a step needs.

use std::collections::BTreeSet;

use crate::capability::Capability;
use crate::scenario::create::{Create, MetricKind};
use crate::scenario::expectation::Expectation;
use crate::scenario::step::{Action, Step};

/// Checks that `required` is what the steps need, no more and no less.
///
/// A scenario that requires too little fails where it should be skipped; one that
/// requires too much is skipped where it should be run.
pub(crate) fn check(required: &[Capability], steps: &[Step]) -> Result<(), String> {
    let required: BTreeSet<_> = required.iter().copied().collect();
    let mut needed = BTreeSet::new();
    collect(steps, &mut needed);
    if required == needed {
        return Ok(());
    }
    let list = |set: BTreeSet<Capability>| {
        format!("{:?}", set.iter().map(|c| c.as_str()).collect::<Vec<_>>())
    };
    let (required, needed) = (list(required), list(needed));
    Err(format!(
        "`requires` is {required}, but the steps need {needed}"
    ))
}

fn collect(steps: &[Step], needed: &mut BTreeSet<Capability>) {
    for step in steps {
        match &step.action {
            Action::Create(create) => needed.extend(of_create(create)),
            Action::LookUp(_) | Action::Remove(_) => needed.extend([Capability::Family]),
            Action::Scope(_) => needed.extend([Capability::Scope]),
            Action::OnThreads(threads) => collect(&threads.steps, needed),
            Action::Expect(expectation) => needed.extend(of_expectation(expectation)),
            Action::Drop(_) | Action::Record(_) => {}
        }
    }
}

fn of_create(create: &Create) -> impl Iterator<Item = Capability> {
    let kind = match create.kind {
        MetricKind::FloatCounter => Some(Capability::FloatCounter),
        MetricKind::UpDownCounter => Some(Capability::UpDownCounter),
        MetricKind::ExponentialHistogram => Some(Capability::ExponentialHistogram),
        MetricKind::Info => Some(Capability::Info),
        MetricKind::StateSet => Some(Capability::StateSet),
        MetricKind::Counter | MetricKind::Gauge | MetricKind::Histogram => None,
    };
    let unit = create.unit.map(|_| Capability::Unit);
    let alias = create.aliases.first().map(|_| Capability::Alias);
    let family = create.label_names.as_ref().map(|_| Capability::Family);
    [kind, unit, alias, family].into_iter().flatten()
}

fn of_expectation(expectation: &Expectation) -> Option<Capability> {
    match expectation {
        Expectation::Text(_) => Some(Capability::WholePage),
        Expectation::Counted(_) => Some(Capability::SelfMetrics),
        Expectation::Exponential(..) => Some(Capability::ExponentialHistogram),
        Expectation::Series(series) => {
            let exponential = series.exponential.as_ref();
            exponential.map(|_| Capability::ExponentialHistogram)
        }
        Expectation::States(..) => Some(Capability::StateSet),
        Expectation::Family(family) => family.unit.map(|_| Capability::Unit),
        _ => None,
    }
}
