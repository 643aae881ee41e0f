//! States of which each is on or off.

use std::fmt;
use std::sync::Arc;

use dynamometer_cells::{GaugeCell, Keep, Kept};

use crate::handle::detached;
use crate::labels::LabelValue;
use crate::registry::{Instrument, Layout, States};
use crate::self_metrics::{Dropped, count_dropped};

/// Up to 64 states, each on or off; all are off at first.
///
/// On the page it is a series for each state, 1 where it is on, with the state in
/// a label that has the family's name. It has no unit.
///
/// ```
/// # let container = dynamometer::Container::new("app");
/// let connection = container
///     .state_set("connection", &["connecting", "connected", "closed"])
///     .help("What the connection does.")
///     .build();
/// connection.set_only("connecting");
/// connection.set_only("connected");
///
/// let page = container.export_prometheus();
/// assert!(page.contains("app_connection{app_connection=\"connecting\"} 0\n"));
/// assert!(page.contains("app_connection{app_connection=\"connected\"} 1\n"));
/// ```
///
/// A state is a text or an enum with `#[derive(Labels)]`, whose variants may be
/// the states: see [`state_set_of`](crate::Container::state_set_of). One that the
/// set does not have changes nothing, and is counted in
/// `dynamometer_dropped_samples_total{reason="unknown_state"}`.
///
/// # Concurrency
///
/// The set is one cell. Who reads while one state after another is
/// [`set_only`](Self::set_only) sees one of them, never two or none.
///
/// # Cost
///
/// The state is looked up in a list: by comparing texts, or one text where it is
/// an enum in the order of the states. Then `set_only` is one relaxed store,
/// `enable` and `disable` an atomic compare-and-swap.
pub struct StateSet<K: Keep = Kept> {
    pub(crate) cell: GaugeCell<K>,
    pub(crate) states: K::Link<States>,
}

impl StateSet {
    /// A set that is in no container: it has states, and nobody sees them.
    ///
    /// Empty states, repeated ones, and those after the 64th are none of them.
    pub fn detached(states: &[&str]) -> Self {
        Self {
            cell: GaugeCell::on(detached(Instrument::StateSet, &Layout::Plain)),
            states: Arc::new(States::usable(states)),
        }
    }
}

impl<K: Keep> StateSet<K> {
    /// The same series, to be held for as long as one likes.
    ///
    /// A handle from a look-up is for a record or two; this one takes a share in
    /// its series.
    pub fn keep(&self) -> StateSet {
        StateSet {
            cell: self.cell.keep(),
            states: K::own(&self.states),
        }
    }

    /// Turns one state on and all others off, at once.
    pub fn set_only(&self, state: &(impl LabelValue + ?Sized)) {
        if let Some(bit) = self.known(state) {
            self.cell.set_bits(bit);
        }
    }

    /// Turns a state on, and leaves the others as they are.
    pub fn enable(&self, state: &(impl LabelValue + ?Sized)) {
        if let Some(bit) = self.known(state) {
            self.cell.change_bits(bit, bit);
        }
    }

    /// Turns a state off, and leaves the others as they are.
    pub fn disable(&self, state: &(impl LabelValue + ?Sized)) {
        if let Some(bit) = self.known(state) {
            self.cell.change_bits(bit, 0);
        }
    }

    /// True where the state is on; false for one that the set does not have.
    pub fn is_enabled(&self, state: &(impl LabelValue + ?Sized)) -> bool {
        let bit = self.bit(state).unwrap_or(0);
        self.cell.bits() & bit != 0
    }

    /// The states that are on, all at one instant, in their order.
    pub fn enabled(&self) -> impl Iterator<Item = &str> {
        let bits = self.cell.bits();
        let states = K::of(&self.states).names().iter().enumerate();
        states.filter_map(move |(at, state)| (bits >> at & 1 == 1).then_some(&**state))
    }

    fn bit(&self, state: &(impl LabelValue + ?Sized)) -> Option<u64> {
        let at = K::of(&self.states).position(state)?;
        Some(1 << at)
    }

    /// The bit of a state, or one more dropped sample.
    fn known(&self, state: &(impl LabelValue + ?Sized)) -> Option<u64> {
        let bit = self.bit(state);
        if bit.is_none() {
            count_dropped(Dropped::UnknownState);
        }
        bit
    }
}

impl Clone for StateSet {
    fn clone(&self) -> Self {
        self.keep()
    }
}

impl<K: Keep> fmt::Debug for StateSet<K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let enabled: Vec<_> = self.enabled().collect();
        f.debug_tuple("StateSet").field(&enabled).finish()
    }
}
