//! What is the same for all series of a family.

use std::borrow::Cow;
use std::fmt;

use crate::model::unit::Unit;

/// The kind of a family, in Prometheus' terms.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Kind {
    /// A value that only grows, from zero at its start time.
    Counter,
    /// A value that may go up and down.
    Gauge,
    /// Observations counted in buckets, with their sum.
    Histogram,
    /// Facts in labels; the value is always 1.
    Info,
    /// States of which each is on or off: a series per state.
    StateSet,
    /// A value of which its source says no more.
    Unknown,
    /// Quantiles that their source computed.
    Summary,
    /// What is in each bucket now; it may also fall.
    GaugeHistogram,
}

impl Kind {
    /// The word used in `# TYPE` lines, as `OpenMetrics` has it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Counter => "counter",
            Self::Gauge => "gauge",
            Self::Histogram => "histogram",
            Self::Info => "info",
            Self::StateSet => "stateset",
            Self::Unknown => "unknown",
            Self::Summary => "summary",
            Self::GaugeHistogram => "gaugehistogram",
        }
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// Name, kind, help and unit of a family.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Desc {
    name: Box<str>,
    kind: Kind,
    help: Box<str>,
    /// Empty where there is none.
    unit: Cow<'static, str>,
}

impl Desc {
    /// Describes a family without help or unit.
    ///
    /// The name is taken as it is: whoever builds a family from outside input
    /// checks it against `[a-zA-Z_:][a-zA-Z0-9_:]*` first.
    pub fn new(name: impl Into<Box<str>>, kind: Kind) -> Self {
        Self {
            name: name.into(),
            kind,
            help: "".into(),
            unit: Cow::Borrowed(""),
        }
    }

    /// Sets the help text; an empty one is not written.
    #[must_use]
    pub fn help(mut self, help: impl Into<Box<str>>) -> Self {
        self.help = help.into();
        self
    }

    /// Sets the unit.
    #[must_use]
    pub fn unit(mut self, unit: Option<Unit>) -> Self {
        self.unit = Cow::Borrowed(unit.map_or("", Unit::as_str));
        self
    }

    /// Sets a unit that need not be a base unit; empty for none.
    ///
    /// It is written where the name ends in it, and left out where it does not.
    #[must_use]
    pub fn unit_text(mut self, unit: &str) -> Self {
        let base = Unit::of_name(unit).map(Unit::as_str).map(Cow::Borrowed);
        self.unit = base.unwrap_or_else(|| Cow::Owned(unit.to_owned()));
        self
    }

    /// The family's name, as exposed.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The family's kind.
    pub fn kind(&self) -> Kind {
        self.kind
    }

    /// The help text, not escaped.
    pub fn help_text(&self) -> &str {
        &self.help
    }

    /// The base unit, where one was given.
    pub fn unit_of(&self) -> Option<Unit> {
        Unit::of_name(&self.unit)
    }

    /// The name of the unit, whichever it is; empty where there is none.
    pub fn unit_name(&self) -> &str {
        &self.unit
    }

    /// True where there is a unit and the name, but for `_total`, ends in it.
    pub(crate) fn is_named_for_unit(&self) -> bool {
        let name = match self.kind {
            Kind::Counter => self.name.strip_suffix("_total").unwrap_or(&self.name),
            Kind::Info | Kind::StateSet => return false,
            _ => &self.name,
        };
        let stem = name.strip_suffix(&*self.unit);
        !self.unit.is_empty() && stem.is_some_and(|stem| stem.ends_with('_'))
    }
}
