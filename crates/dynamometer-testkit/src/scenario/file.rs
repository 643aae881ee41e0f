//! One scenario file.

use serde::Deserialize;
use serde_json::value::RawValue;

use crate::capability::Capability;
use crate::scenario::requirement;
use crate::scenario::step::{Action, Step};

/// One behaviour: steps against a container of its own.
#[derive(Debug)]
pub(crate) struct Scenario {
    pub(crate) name: String,
    pub(crate) requires: Vec<Capability>,
    pub(crate) prefix: String,
    pub(crate) steps: Vec<Step>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawFile {
    #[serde(rename = "title")]
    _title: String,
    scenarios: Vec<RawScenario>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawScenario {
    name: String,
    #[serde(default)]
    requires: Vec<String>,
    prefix: String,
    steps: Vec<Box<RawValue>>,
}

/// Reads the scenarios of a file, or says where in it something is wrong.
pub(crate) fn parse(text: &str) -> Result<Vec<Scenario>, String> {
    // serde_json's messages end in the line and the column.
    let file: RawFile = serde_json::from_str(text).map_err(|error| error.to_string())?;
    let mut scenarios: Vec<Scenario> = Vec::with_capacity(file.scenarios.len());
    for raw in &file.scenarios {
        let name = &raw.name;
        if scenarios.iter().any(|known| known.name == *name) {
            return Err(format!("two scenarios are called {name:?}"));
        }
        let scenario = read(raw).map_err(|error| format!("scenario {name:?}: {error}"))?;
        scenarios.push(scenario);
    }
    Ok(scenarios)
}

fn read(raw: &RawScenario) -> Result<Scenario, String> {
    let named = raw.requires.iter().map(|name| Capability::named(name));
    let requires = named.collect::<Result<Vec<_>, _>>()?;
    let steps = Step::read_all(&raw.steps)?;
    if !steps.iter().any(|step| can_fail(&step.action)) {
        return Err("expects nothing, so that it could not fail".to_owned());
    }
    requirement::check(&requires, &steps)?;
    Ok(Scenario {
        name: raw.name.clone(),
        requires,
        prefix: raw.prefix.clone(),
        steps,
    })
}

fn can_fail(action: &Action) -> bool {
    match action {
        Action::Expect(_) | Action::Remove(_) => true,
        Action::Create(create) => create.error.is_some(),
        Action::LookUp(look_up) => look_up.error.is_some(),
        Action::Scope(scope) => scope.error.is_some(),
        Action::Drop(_) | Action::OnThreads(_) | Action::Record(_) => false,
    }
}
