//! The attributes of a metric that not every type takes, as types.
//!
//! None of them has a value: they name an attribute in [`Takes`](super::Takes).

/// `buckets = […]`: upper bounds.
#[derive(Clone, Copy, Debug)]
pub enum Buckets {}

/// `exponential`: exponential buckets.
#[derive(Clone, Copy, Debug)]
pub enum Exponential {}

/// `alias = "…"`: a further name.
#[derive(Clone, Copy, Debug)]
pub enum Alias {}

/// `limit = …`: the largest number of series.
#[derive(Clone, Copy, Debug)]
pub enum Limit {}

/// `label_names = […]`: the labels of a family whose keys are strings.
#[derive(Clone, Copy, Debug)]
pub enum LabelNames {}

/// `expire_after = …`: for how long a series may stand still before it leaves.
#[derive(Clone, Copy, Debug)]
pub enum ExpireAfter {}

/// `exemplars`: series keep exemplars.
#[derive(Clone, Copy, Debug)]
pub enum Exemplars {}

/// `shared_cells`: one set of cells for all threads.
#[derive(Clone, Copy, Debug)]
pub enum SharedCells {}

/// `states = […]`: the states of a state set.
#[derive(Clone, Copy, Debug)]
pub enum States {}
