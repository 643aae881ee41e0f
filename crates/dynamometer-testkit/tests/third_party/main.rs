//! A container that others could have written: the traits can be implemented
//! outside of the facade, and the kit can tell.

mod container;
mod handle;

use std::sync::Arc;

use dynamometer_testkit::{Capability, Factory, Outcome, SCENARIOS, ScenarioSet, Subject, run};

use crate::container::TinyContainer;

#[test]
fn a_container_of_ones_own_conforms_in_what_the_traits_have() {
    let scenarios = ScenarioSet::load(SCENARIOS).unwrap_or_else(|error| panic!("{error}"));
    let factory = Factory::new("TinyContainer", &[Capability::WholePage], |prefix| {
        Subject::new(Arc::new(TinyContainer::new(prefix)))
    });
    let report = run(&factory, &scenarios);
    report.assert_passed();
    for skipped in report.skipped() {
        let Outcome::Skipped(lacking) = &skipped.outcome else {
            continue;
        };
        assert!(!lacking.contains(&Capability::WholePage), "{skipped}");
    }
}
