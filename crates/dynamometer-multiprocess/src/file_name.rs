//! What the name of a file says.

use crate::mode::Mode;

/// The kind of metric that a file holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Store {
    Counter,
    Gauge(Mode),
    Histogram,
    Summary,
}

/// The name of a file: `counter_PROCESS.db`, `gauge_MODE_PROCESS.db`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct FileName<'a> {
    pub(crate) store: Store,
    /// The number of the process, or whatever it is told apart by.
    pub(crate) process: &'a str,
}

impl<'a> FileName<'a> {
    /// Reads a file's name, `None` where it is another one.
    pub(crate) fn parse(name: &'a str) -> Option<Self> {
        let (kind, rest) = name.strip_suffix(".db")?.split_once('_')?;
        let (store, process) = match kind {
            "counter" => (Store::Counter, rest),
            "histogram" => (Store::Histogram, rest),
            "summary" => (Store::Summary, rest),
            "gauge" => {
                let (mode, process) = rest.split_once('_')?;
                (Store::Gauge(Mode::of_name(mode)?), process)
            }
            _ => return None,
        };
        Some(Self { store, process })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_says_kind_mode_and_process() {
        let read = |name| FileName::parse(name).map(|name| (name.store, name.process));
        assert_eq!(read("counter_12.db"), Some((Store::Counter, "12")));
        let recent = Store::Gauge(Mode::MostRecent);
        assert_eq!(read("gauge_livemostrecent_7.db"), Some((recent, "7")));
        // Whoever gives processes names may use underscores.
        let all = Store::Gauge(Mode::All);
        assert_eq!(read("gauge_all_worker_1.db"), Some((all, "worker_1")));
        for other in [
            "counter.db",
            "gauge_all.db",
            "gauge_mean_1.db",
            "info_1.db",
            "counter_1",
        ] {
            assert_eq!(read(other), None, "{other}");
        }
    }
}
