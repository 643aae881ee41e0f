//! How the gauges of several processes become one.

/// What `multiprocess_mode` says of a gauge. That its files go with its process,
/// which the modes that begin with `live` add, is not a matter of reading them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Mode {
    /// A series for each process, with the label `pid`.
    All,
    /// The least.
    Min,
    /// The greatest.
    Max,
    /// The sum.
    Sum,
    /// What was set last.
    MostRecent,
}

impl Mode {
    /// The mode that a file's name gives.
    pub(crate) fn of_name(name: &str) -> Option<Self> {
        Some(match name.strip_prefix("live").unwrap_or(name) {
            "all" => Self::All,
            "min" => Self::Min,
            "max" => Self::Max,
            "sum" => Self::Sum,
            "mostrecent" => Self::MostRecent,
            _ => return None,
        })
    }
}
