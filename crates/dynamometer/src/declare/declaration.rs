//! What is known of a metric before it is made.

use std::time::Duration;

use dynamometer_cells::{ExponentialLayout, Storage};
use dynamometer_exposition::Unit;

use crate::registration::Declared;
use crate::registry::FamilyOptions;

/// What a field of a struct declares: a name, and what its attributes say.
///
/// ```
/// use dynamometer::{Container, Counter, Declaration, Declare};
///
/// let container = Container::new("app");
/// let declaration = Declaration::new("requests_total")
///     .help("Requests handled.")
///     .labels(&[("route", "/health")]);
/// Counter::declare(&container, &declaration).inc();
///
/// let page = container.export_prometheus();
/// assert!(page.contains("app_requests_total{route=\"/health\"} 1\n"));
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
#[must_use = "nothing is registered before `declare`"]
pub struct Declaration<'a> {
    /// The name, without the container's prefix.
    pub name: &'a str,
    /// The help text: one sentence, or none.
    pub help: &'a str,
    /// The unit, in which the name then ends.
    pub unit: Option<Unit>,
    /// Constant labels.
    pub labels: &'a [(&'a str, &'a str)],
    /// Upper bounds of a histogram, finite and increasing; the type's own without.
    pub buckets: Option<&'a [f64]>,
    /// Whether a histogram has exponential buckets.
    pub exponential: bool,
    /// Further names of the same values.
    pub aliases: &'a [&'a str],
    /// The largest number of series of a family; the family's own without.
    pub limit: Option<usize>,
    /// The names of the labels of a family whose keys are strings.
    pub label_names: &'a [&'a str],
    /// For how long a family's series may stand still before it leaves.
    pub expire_after: Option<Duration>,
    /// Whether all threads record into one set of cells.
    pub shared_cells: bool,
    /// Whether series keep exemplars.
    pub exemplars: bool,
    /// The states of a state set: 1 to 64, each once and none empty.
    pub states: &'a [&'a str],
}

impl<'a> Declaration<'a> {
    /// Begins with a name, and nothing else.
    pub const fn new(name: &'a str) -> Self {
        Self {
            name,
            help: "",
            unit: None,
            labels: &[],
            buckets: None,
            exponential: false,
            aliases: &[],
            limit: None,
            label_names: &[],
            expire_after: None,
            shared_cells: false,
            exemplars: false,
            states: &[],
        }
    }

    /// Sets the help text.
    pub const fn help(mut self, help: &'a str) -> Self {
        self.help = help;
        self
    }

    /// Sets the unit.
    pub const fn unit(mut self, unit: Unit) -> Self {
        self.unit = Some(unit);
        self
    }

    /// Sets the constant labels.
    pub const fn labels(mut self, labels: &'a [(&'a str, &'a str)]) -> Self {
        self.labels = labels;
        self
    }

    /// Sets the upper bounds.
    pub const fn buckets(mut self, buckets: &'a [f64]) -> Self {
        self.buckets = Some(buckets);
        self
    }

    /// Asks for exponential buckets.
    pub const fn exponential(mut self) -> Self {
        self.exponential = true;
        self
    }

    /// Sets the further names.
    pub const fn aliases(mut self, aliases: &'a [&'a str]) -> Self {
        self.aliases = aliases;
        self
    }

    /// Sets the largest number of series.
    pub const fn limit(mut self, limit: usize) -> Self {
        self.limit = Some(limit);
        self
    }

    /// Sets the names of the labels.
    pub const fn label_names(mut self, names: &'a [&'a str]) -> Self {
        self.label_names = names;
        self
    }

    /// Sets for how long a series may stand still.
    pub const fn expire_after(mut self, idle: Duration) -> Self {
        self.expire_after = Some(idle);
        self
    }

    /// Asks for exemplars.
    pub const fn exemplars(mut self) -> Self {
        self.exemplars = true;
        self
    }

    /// Asks for one set of cells.
    pub const fn shared_cells(mut self) -> Self {
        self.shared_cells = true;
        self
    }

    /// Sets the states.
    pub const fn states(mut self, states: &'a [&'a str]) -> Self {
        self.states = states;
        self
    }
}

impl<'a> From<&Declaration<'a>> for Declared<'a> {
    fn from(declaration: &Declaration<'a>) -> Self {
        Self {
            name: declaration.name,
            help: declaration.help,
            unit: declaration.unit,
            labels: declaration.labels.to_vec(),
            buckets: declaration.buckets.unwrap_or(crate::DEFAULT_BUCKETS),
            states: declaration.states,
            exponential: ExponentialLayout::default(),
            aliases: declaration.aliases.to_vec(),
            options: FamilyOptions {
                limit: declaration.limit,
                expire_after: declaration.expire_after,
                storage: declaration.shared_cells.then_some(Storage::Shared),
                exemplars: declaration.exemplars,
            },
        }
    }
}
