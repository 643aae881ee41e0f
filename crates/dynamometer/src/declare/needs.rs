//! Which attributes a type can not do without.

/// Attributes that have no default: a field without one does not compile.
///
/// ```
/// use dynamometer::declare::Needs;
/// use dynamometer::{CounterVec, Declare};
///
/// assert_eq!(CounterVec::<()>::NEEDS, Needs::NOTHING);
/// // Keys that are strings say nothing of the labels.
/// assert_eq!(<CounterVec as Declare>::NEEDS, Needs::NOTHING.label_names());
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Needs {
    label_names: bool,
    states: bool,
}

impl Needs {
    /// Every attribute can be left out.
    pub const NOTHING: Self = Self {
        label_names: false,
        states: false,
    };

    /// Adds `label_names = […]`.
    #[must_use]
    pub const fn label_names(mut self) -> Self {
        self.label_names = true;
        self
    }

    /// Adds `states = […]`.
    #[must_use]
    pub const fn states(mut self) -> Self {
        self.states = true;
        self
    }

    /// Panics, at compile time, where what is needed is not given.
    #[track_caller]
    pub(crate) const fn check(self, given: Self) {
        assert!(
            given.label_names || !self.label_names,
            "this family needs the names of its labels: `#[metric(label_names = [\"…\"])]`"
        );
        assert!(
            given.states || !self.states,
            "a state set needs its states: `#[metric(states = [\"…\"])]`"
        );
    }
}
