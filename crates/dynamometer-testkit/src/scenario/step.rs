//! The steps of a scenario, and how they are read.

use dynamometer::ErrorKind;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::value::RawValue;
use serde_json::{Map, Value};

use crate::scenario::create::Create;
use crate::scenario::expectation::Expectation;
use crate::scenario::family::{LookUp, Remove};
use crate::scenario::number::Number;
use crate::scenario::word;

/// The key that says what a step does, for each kind of step.
const VERBS: [&str; 27] = [
    "create",
    "look_up",
    "remove",
    "scope",
    "drop",
    "on_threads",
    "inc",
    "inc_by",
    "add",
    "set",
    "gauge_inc",
    "gauge_dec",
    "observe",
    "observe_n",
    "set_only",
    "enable",
    "disable",
    "expect_value",
    "expect_histogram",
    "expect_exponential",
    "expect_states",
    "expect_series",
    "expect_family",
    "expect_absent",
    "expect_lines",
    "expect_text",
    "expect_counted",
];

/// One step, and the JSON it was read from.
#[derive(Debug)]
pub(crate) struct Step {
    pub(crate) source: String,
    pub(crate) action: Action,
}

#[derive(Debug)]
pub(crate) enum Action {
    Create(Create),
    LookUp(LookUp),
    Remove(Remove),
    Scope(Scope),
    Drop(String),
    OnThreads(OnThreads),
    Record(Record),
    Expect(Expectation),
}

/// Makes a view with a longer prefix and more labels, or must fail to.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Scope {
    #[serde(rename = "scope")]
    pub(crate) prefix: String,
    #[serde(rename = "as")]
    pub(crate) alias: Option<String>,
    #[serde(rename = "in")]
    pub(crate) parent: Option<String>,
    #[serde(default)]
    pub(crate) labels: Vec<(String, String)>,
    #[serde(default, deserialize_with = "word::error_kind")]
    pub(crate) error: Option<ErrorKind>,
    /// The error's words.
    pub(crate) message: Option<String>,
}

/// Does the steps, so many times, on so many threads at once.
#[derive(Debug)]
pub(crate) struct OnThreads {
    pub(crate) threads: usize,
    pub(crate) repeat: usize,
    pub(crate) steps: Vec<Step>,
}

/// Records through a handle, which comes first.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Record {
    Inc(String),
    IncBy(String, Number),
    Add(String, Number),
    Set(String, Number),
    GaugeInc(String, Number),
    GaugeDec(String, Number),
    Observe(String, Number),
    ObserveN(String, Number, u64),
    SetOnly(String, String),
    Enable(String, String),
    Disable(String, String),
}

impl Step {
    /// Reads a step, or says what is wrong with it.
    pub(crate) fn read(json: &RawValue) -> Result<Self, String> {
        let object: Map<String, Value> = typed(json)?;
        let verb = VERBS.into_iter().find(|verb| object.contains_key(*verb));
        let action = match verb {
            None => {
                let keys: Vec<_> = object.keys().collect();
                let verbs = VERBS.join(", ");
                return Err(format!("unknown step {keys:?}; a step has one of {verbs}"));
            }
            Some("create") => Action::Create(typed::<Create>(json)?.checked()?),
            Some("look_up") => Action::LookUp(typed(json)?),
            Some("remove") => Action::Remove(typed(json)?),
            Some("scope") => Action::Scope(typed(json)?),
            Some("on_threads") => Action::OnThreads(OnThreads::read(json)?),
            Some("drop") => Action::Drop(typed::<Drop>(json)?.drop),
            Some(verb) if verb.starts_with("expect_") => {
                let expectation: Expectation = typed(json)?;
                expectation.check()?;
                Action::Expect(expectation)
            }
            Some(_) => Action::Record(typed(json)?),
        };
        Ok(Self {
            source: json.get().to_owned(),
            action,
        })
    }

    /// Reads a list of steps; what is wrong is said with the step's number.
    pub(crate) fn read_all(list: &[Box<RawValue>]) -> Result<Vec<Self>, String> {
        let numbered = (1..).zip(list);
        numbered
            .map(|(number, json)| {
                Self::read(json).map_err(|error| format!("step {number}: {error}"))
            })
            .collect()
    }
}

impl OnThreads {
    fn read(json: &RawValue) -> Result<Self, String> {
        #[derive(Deserialize)]
        #[serde(deny_unknown_fields)]
        struct Raw {
            on_threads: usize,
            #[serde(default = "once")]
            repeat: usize,
            steps: Vec<Box<RawValue>>,
        }
        fn once() -> usize {
            1
        }

        let raw: Raw = typed(json)?;
        let steps = Step::read_all(&raw.steps)?;
        let is_allowed = |step: &Step| match &step.action {
            Action::Create(create) => create.error.is_none() && create.label_names.is_none(),
            Action::LookUp(look_up) => look_up.error.is_none(),
            Action::Record(_) => true,
            _ => false,
        };
        if let Some(Step { source, .. }) = steps.iter().find(|step| !is_allowed(step)) {
            return Err(format!(
                "threads only record, look up and create what can be, they can not do {source}"
            ));
        }
        Ok(Self {
            threads: raw.on_threads,
            repeat: raw.repeat,
            steps,
        })
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Drop {
    drop: String,
}

/// Reads JSON as a `T`; a key given twice is an error, as it is not for a `Value`.
fn typed<T: DeserializeOwned>(json: &RawValue) -> Result<T, String> {
    serde_json::from_str(json.get()).map_err(|error| {
        let message = error.to_string();
        // The position counts from the step, not from the file: the step's number
        // says more.
        let end = message.rfind(" at line ").unwrap_or(message.len());
        message[..end].to_owned()
    })
}
