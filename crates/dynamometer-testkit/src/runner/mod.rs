//! Executing scenarios.

mod comparing;
mod creating;
mod expecting;
mod looking_up;
mod mismatch;
mod recording;
mod world;

use std::panic::{AssertUnwindSafe, catch_unwind};

use crate::capability::Capability;
use crate::factory::ContainerFactory;
use crate::report::{Failure, Outcome, Report, ScenarioReport};
use crate::runner::mismatch::Mismatch;
use crate::runner::world::World;
use crate::scenario::{Scenario, ScenarioSet, Step};

/// Runs all scenarios, each against a container of its own.
///
/// A container that panics fails the scenario; nothing else stops.
pub fn run(factory: &dyn ContainerFactory, scenarios: &ScenarioSet) -> Report {
    let each = scenarios.files.iter();
    let each = each.flat_map(|(file, scenarios)| scenarios.iter().map(move |s| (file, s)));
    let reports = each.map(|(file, scenario)| ScenarioReport {
        file: file.clone(),
        scenario: scenario.name.clone(),
        outcome: run_one(factory, scenario),
    });
    Report {
        container: factory.name().to_owned(),
        scenarios: reports.collect(),
    }
}

fn run_one(factory: &dyn ContainerFactory, scenario: &Scenario) -> Outcome {
    let offered = factory.capabilities();
    let lacks = |wanted: &&Capability| !offered.contains(wanted);
    let lacking: Vec<_> = scenario.requires.iter().filter(lacks).copied().collect();
    if !lacking.is_empty() {
        return Outcome::Skipped(lacking);
    }
    let compares_words = offered.contains(&Capability::Messages);
    let mut world = World::new(factory.create(&scenario.prefix), compares_words);
    for (number, step) in (1..).zip(&scenario.steps) {
        if let Err(mismatch) = run_step(&mut world, step) {
            return Outcome::Failed(Failure {
                step: number,
                source: step.source.clone(),
                expected: mismatch.expected,
                found: mismatch.found,
            });
        }
    }
    Outcome::Passed
}

/// Runs one step; a panic in it is a mismatch like any other.
fn run_step(world: &mut World, step: &Step) -> Result<(), Mismatch> {
    // The world may be left half done by a panic; no later step looks at it.
    let result = catch_unwind(AssertUnwindSafe(|| world.run(&step.action)));
    result.unwrap_or_else(|panic| {
        let text = panic.downcast_ref::<&str>().map(|text| (*text).to_owned());
        let text = text.or_else(|| panic.downcast_ref::<String>().cloned());
        let text = text.unwrap_or_else(|| "something that is no text".to_owned());
        Err(Mismatch::new("no panic", format!("a panic: {text}")))
    })
}
