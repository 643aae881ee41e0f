//! Processes of `prometheus_client` that share their values by files.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use dynamometer::catalogue::self_metrics::MULTIPROCESS_FILES;
use dynamometer::{Gauge, Owned, Snapshot, Source, SourceError, SourceErrorKind, catalogue};
use dynamometer_multiprocess::{Directory, Reading};
use pyo3::prelude::*;

use crate::container::PyContainer;
use crate::error::invalid_value;
use crate::source::attached::PyAttachedSource;
use crate::source::filter::NameFilter;
use crate::source::interpreter;
use crate::source::options::Options;
use crate::source::told::Told;

/// A folder, read at every snapshot; without Python, but where a filter asks it for
/// a name that is new.
struct Processes {
    directory: Directory,
    filter: Arc<NameFilter>,
    told: Told,
    read: Owned<Gauge>,
    skipped: Owned<Gauge>,
}

impl Processes {
    fn new(source: &str, path: &Path, filter: Arc<NameFilter>) -> Self {
        let help = catalogue::find(MULTIPROCESS_FILES).map_or("", |metric| metric.help);
        let files = dynamometer::self_metrics()
            .gauge(MULTIPROCESS_FILES)
            .help(help);
        let files = files.vec(&["source", "state"]);
        Self {
            directory: Directory::new(path),
            filter,
            told: Told::new(source),
            read: files.owned(&[source, "read"]),
            skipped: files.owned(&[source, "skipped"]),
        }
    }

    fn report(&self, reading: &Reading) {
        let skipped = reading.skipped.len();
        self.read.set((reading.files - skipped) as f64);
        self.skipped.set(skipped as f64);
        for one in &reading.skipped {
            self.told
                .warn(&format!("{:?} is skipped: {}", one.file, one.fault));
        }
        for one in &reading.left_out {
            self.told.warn(&one.to_string());
        }
    }

    /// Leaves out the families that nobody wants.
    fn retain_wanted(&self, snapshot: &mut Snapshot) -> Result<(), SourceError> {
        let names: Vec<&str> = snapshot
            .families()
            .iter()
            .map(|one| one.desc().name())
            .collect();
        let known: Option<Vec<bool>> = names.iter().map(|name| self.filter.known(name)).collect();
        let verdicts = match known {
            Some(known) => known,
            None => interpreter::attached(|py| self.ask(py, &names))??,
        };
        let mut verdicts = verdicts.into_iter();
        snapshot.retain(|_| verdicts.next() == Some(true));
        Ok(())
    }

    fn ask(&self, py: Python<'_>, names: &[&str]) -> Result<Vec<bool>, SourceError> {
        let verdicts = names.iter().map(|name| self.filter.wants(py, name));
        verdicts.collect::<PyResult<_>>().map_err(|error| {
            let message = format!("the name filter raised {error}");
            error.write_unraisable(py, None);
            SourceError::new(SourceErrorKind::Failed, message)
        })
    }
}

impl Source for Processes {
    fn read(&self) -> Result<Snapshot, SourceError> {
        let mut reading = self.directory.read().map_err(|error| {
            let path = self.directory.path().display();
            SourceError::from(format!("the folder {path} can not be listed: {error}"))
        })?;
        self.report(&reading);
        self.retain_wanted(&mut reading.snapshot)?;
        Ok(reading.snapshot)
    }
}

/// Attach the processes whose files are in a folder.
pub(crate) fn attach_multiprocess(
    py: Python<'_>,
    container: &PyContainer,
    path: Option<PathBuf>,
    name: Option<String>,
    name_filter: Option<&Bound<'_, PyAny>>,
    labels: Option<&Bound<'_, PyAny>>,
    timeout: f64,
) -> PyResult<PyAttachedSource> {
    let path = path.map_or_else(|| folder(py), Ok)?;
    let options = Options::read(py, Some(container), name, labels, timeout)?;
    let filter = Arc::new(NameFilter::read(name_filter)?);
    options.attach(py, "multiprocess", |source| {
        Processes::new(source, &path, Arc::clone(&filter))
    })
}

/// The folder that `prometheus_client` writes to.
fn folder(py: Python<'_>) -> PyResult<PathBuf> {
    let environment = py.import("os")?.getattr("environ")?;
    for name in ["PROMETHEUS_MULTIPROC_DIR", "prometheus_multiproc_dir"] {
        let value = environment.call_method1("get", (name,))?;
        if value.is_truthy()? {
            return value.extract();
        }
    }
    let message = "there is no folder to read: pass one, or set PROMETHEUS_MULTIPROC_DIR";
    Err(invalid_value(py, message))
}
