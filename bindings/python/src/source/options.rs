//! What any source is attached with.

use std::time::Duration;

use dynamometer::{Container, Error, ErrorKind, Source};
use pyo3::prelude::*;

use crate::container::{PyContainer, constant_labels, container};
use crate::error::{from_facade, invalid_value};
use crate::source::attached::PyAttachedSource;
use crate::source::interpreter;

/// What any source is attached with.
#[derive(Debug)]
pub(super) struct Options {
    container: Container,
    /// `None` to be called like the kind of source.
    name: Option<String>,
    labels: Vec<(String, String)>,
    timeout: Duration,
}

impl Options {
    /// Reads the arguments.
    pub(super) fn read(
        py: Python<'_>,
        into: Option<&PyContainer>,
        name: Option<String>,
        labels: Option<&Bound<'_, PyAny>>,
        timeout: f64,
    ) -> PyResult<Self> {
        let container = match into {
            Some(container) => container.inner().clone(),
            None => container(py)?.inner().clone(),
        };
        let timeout = Duration::try_from_secs_f64(timeout).map_err(|_| {
            let message = format!("a source can not have a timeout of {timeout} seconds");
            invalid_value(py, &message)
        })?;
        Ok(Self {
            container,
            name,
            labels: constant_labels(labels)?,
            timeout,
        })
    }

    /// Attaches the source that `make` returns for a name, which is `kind`, or the
    /// first of `kind_2`, `kind_3` that is free, where none was given.
    pub(super) fn attach<S: Source + 'static>(
        self,
        py: Python<'_>,
        kind: &str,
        mut make: impl FnMut(&str) -> S,
    ) -> PyResult<PyAttachedSource> {
        interpreter::watch_end(py)?;
        let labels = self.labels.iter().map(|(name, value)| (&**name, &**value));
        let labels: Vec<(&str, &str)> = labels.collect();
        let try_name = |name: &str, source: S| -> Result<(), Error> {
            let builder = self.container.source(name, source);
            builder.timeout(self.timeout).labels(&labels).try_attach()
        };
        let mut name = self.name.clone().unwrap_or_else(|| kind.to_owned());
        let mut number = 1;
        loop {
            match try_name(&name, make(&name)) {
                Ok(()) => return Ok(PyAttachedSource::new(self.container, name)),
                Err(error) if self.name.is_none() && error.kind() == ErrorKind::SourceInUse => {
                    number += 1;
                    name = format!("{kind}_{number}");
                }
                Err(error) => return Err(from_facade(py, &error)),
            }
        }
    }
}
