//! What a metric is declared with, read from keyword arguments.

use std::time::Duration;

use dynamometer::{Builder, ErrorKind, Handle, Unit};
use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyMapping, PyString};

use crate::error::{invalid_type, invalid_value, of_kind};
use crate::label;

/// A metric's name, help and labels, and what else was said of it.
#[derive(Debug, Default)]
pub(super) struct Declaration {
    pub(super) name: String,
    help: String,
    /// `None` for a single series.
    label_names: Option<Vec<String>>,
    constant_labels: Vec<(String, String)>,
    unit: Option<Unit>,
    aliases: Vec<String>,
    limit: Option<usize>,
    expire_after: Option<Duration>,
    shared_cells: bool,
    exemplars: bool,
}

impl Declaration {
    /// Reads the arguments that all kinds have, and takes them out of `options`.
    pub(super) fn read(
        name: &Bound<'_, PyAny>,
        help: &str,
        labels: Option<&Bound<'_, PyAny>>,
        options: Option<&Bound<'_, PyDict>>,
    ) -> PyResult<Self> {
        let py = name.py();
        let Ok(text) = name.cast::<PyString>() else {
            let message = format!(
                "a metric can not be called {}: a name is a str",
                name.repr()?
            );
            return Err(invalid_type(py, &message));
        };
        let mut declaration = Self {
            name: text.to_string_lossy().into_owned(),
            help: help.to_owned(),
            label_names: labels.map(|labels| texts("labels", labels)).transpose()?,
            ..Self::default()
        };
        declaration.label_names = declaration.label_names.filter(|names| !names.is_empty());
        for (option, value) in options.into_iter().flatten() {
            let option: String = option.extract()?;
            declaration.set(&option, &value)?;
        }
        Ok(declaration)
    }

    fn set(&mut self, option: &str, value: &Bound<'_, PyAny>) -> PyResult<()> {
        let py = value.py();
        match option {
            "constant_labels" => self.constant_labels = constant_labels(Some(value))?,
            "unit" => self.unit = self.unit(value)?,
            "aliases" => self.aliases = texts("aliases", value)?,
            "limit" if !value.is_none() => {
                self.limit = Some(value.extract().map_err(|_| {
                    invalid_value(
                        py,
                        &format!("a family can not have a limit of {value} series"),
                    )
                })?);
            }
            "expire_after" if !value.is_none() => self.expire_after = Some(duration(value)?),
            "shared_cells" => self.shared_cells = value.is_truthy()?,
            "exemplars" => self.exemplars = value.is_truthy()?,
            "limit" | "expire_after" => {}
            _ => {
                let message = format!("a metric has no option {option:?}");
                return Err(PyTypeError::new_err(message));
            }
        }
        Ok(())
    }

    fn unit(&self, value: &Bound<'_, PyAny>) -> PyResult<Option<Unit>> {
        if value.is_none() {
            return Ok(None);
        }
        let unit: String = value
            .extract()
            .map_err(|_| invalid_type(value.py(), "a unit is a str, such as \"seconds\""))?;
        if unit.is_empty() {
            return Ok(None);
        }
        Unit::of_name(&unit).map(Some).ok_or_else(|| {
            let name = &self.name;
            let message = format!("{name:?} can not have {unit:?}: it is no base unit");
            of_kind(value.py(), ErrorKind::UnitMismatch, &message)
        })
    }

    /// True where idle series are removed.
    pub(super) fn expires(&self) -> bool {
        self.expire_after.is_some()
    }

    /// The labels that are looked up, if it is a family.
    pub(super) fn label_names(&self) -> Option<Vec<&str>> {
        let names = self.label_names.as_ref()?;
        Some(names.iter().map(|name| &**name).collect())
    }

    /// Tells a builder.
    pub(super) fn tell<'a, H: Handle>(&'a self, mut builder: Builder<'a, H>) -> Builder<'a, H> {
        builder = builder.help(&self.help);
        if let Some(unit) = self.unit {
            builder = builder.unit(unit);
        }
        for (name, value) in &self.constant_labels {
            builder = builder.label(name, value);
        }
        for alias in &self.aliases {
            builder = builder.alias(alias);
        }
        if let Some(limit) = self.limit {
            builder = builder.limit(limit);
        }
        if let Some(idle) = self.expire_after {
            builder = builder.expire_after(idle);
        }
        if self.shared_cells {
            builder = builder.shared_cells();
        }
        if self.exemplars {
            builder = builder.exemplars();
        }
        builder
    }
}

/// Labels with fixed values: a mapping, or pairs.
pub(crate) fn constant_labels(
    labels: Option<&Bound<'_, PyAny>>,
) -> PyResult<Vec<(String, String)>> {
    let Some(labels) = labels.filter(|labels| !labels.is_none()) else {
        return Ok(Vec::new());
    };
    let refused = || {
        let message = "labels with fixed values are a mapping of names to values, or pairs of them";
        invalid_type(labels.py(), message)
    };
    let items = match labels.cast::<PyMapping>() {
        Ok(mapping) => mapping.items()?.into_any(),
        Err(_) => labels.clone(),
    };
    let pairs = items.try_iter().map_err(|_| refused())?;
    pairs
        .map(|pair| {
            let (name, value): (String, Bound<'_, PyAny>) =
                pair?.extract().map_err(|_| refused())?;
            let value = label::value(&name, &value)?.into_owned();
            Ok((name, value))
        })
        .collect()
}

/// A list of texts, which is not one text.
pub(super) fn texts(what: &str, texts: &Bound<'_, PyAny>) -> PyResult<Vec<String>> {
    let refused = || invalid_type(texts.py(), &format!("{what} are a list of str"));
    if texts.is_none() {
        return Ok(Vec::new());
    }
    if texts.is_instance_of::<PyString>() {
        return Err(refused());
    }
    let each = texts.try_iter().map_err(|_| refused())?;
    each.map(|text| text?.extract().map_err(|_| refused()))
        .collect()
}

/// A time in seconds, or a `timedelta`.
fn duration(value: &Bound<'_, PyAny>) -> PyResult<Duration> {
    let seconds = match value.call_method0("total_seconds") {
        Ok(seconds) => seconds,
        Err(_) => value.clone(),
    };
    let seconds = seconds.extract().ok();
    let duration = seconds.and_then(|seconds| Duration::try_from_secs_f64(seconds).ok());
    duration.ok_or_else(|| {
        let message = format!("series can not expire after {value}: it is no time in seconds");
        invalid_value(value.py(), &message)
    })
}
