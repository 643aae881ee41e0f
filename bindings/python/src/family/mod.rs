//! Families: series that are looked up by label values.

mod children;
mod kind;
mod values;

use std::sync::{Mutex, PoisonError};

use dynamometer::MetricVec;
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyTuple, PyType};

use self::children::Children;
pub(crate) use self::kind::{Kind, single};
use self::kind::{Members, Of};
use self::values::{in_order, texts};

/// A family whose series are looked up by label values, and made where there is none.
///
/// Made by a method of Container that is given labels. The same values give the same object,
/// unless the family was declared with expire_after, where an object would keep its series.
#[pyclass(frozen, name = "Family", module = "dynamometer")]
pub(crate) struct PyFamily {
    members: Box<dyn Members>,
    name: Box<str>,
    class: &'static str,
    label_names: Box<[Box<str>]>,
    /// `None` where objects are not kept.
    children: Option<Mutex<Children>>,
}

impl PyFamily {
    pub(crate) fn new<H: Kind>(family: MetricVec<H>, expires: bool) -> Self {
        Self {
            name: family.name().into(),
            class: H::CLASS,
            label_names: family.label_names().map(Box::from).collect(),
            children: (!expires).then(Mutex::default),
            members: Box::new(Of::new(family)),
        }
    }

    /// The object for the series with these values.
    fn look_up(&self, py: Python<'_>, values: &[&str]) -> PyResult<Py<PyAny>> {
        let Some(children) = &self.children else {
            return Ok(self.members.make(py, values)?.object);
        };
        if let Some(series) = self.members.find(values) {
            let children = children.lock().unwrap_or_else(PoisonError::into_inner);
            if let Some(object) = children.get(series) {
                return Ok(object.clone_ref(py));
            }
        }
        let child = self.members.make(py, values)?;
        let mut children = children.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(first) = children.get(child.series) {
            return Ok(first.clone_ref(py));
        }
        children.keep(py, &child);
        Ok(child.object)
    }
}

#[pymethods]
impl PyFamily {
    /// Look the series with these label values up, by position or by name.
    ///
    /// It is made where there is none. A value is a str, an int or a bool. Beyond the family's
    /// limit all values give one series with the label overflow="true".
    #[pyo3(signature = (*values, **labels))]
    fn labels(
        &self,
        py: Python<'_>,
        values: &Bound<'_, PyTuple>,
        labels: Option<&Bound<'_, PyDict>>,
    ) -> PyResult<Py<PyAny>> {
        let values = in_order(self, values, labels)?;
        let texts = texts(self, &values)?;
        let texts: Vec<&str> = texts.iter().map(|text| &**text).collect();
        self.look_up(py, &texts)
    }

    /// Remove the series with these label values; False where there is none.
    ///
    /// The next look-up makes a new one, from 0. Objects that are left record on, and nobody
    /// sees it.
    #[pyo3(signature = (*values, **labels))]
    fn remove(
        &self,
        values: &Bound<'_, PyTuple>,
        labels: Option<&Bound<'_, PyDict>>,
    ) -> PyResult<bool> {
        let values = in_order(self, values, labels)?;
        let texts = texts(self, &values)?;
        let texts: Vec<&str> = texts.iter().map(|text| &**text).collect();
        let series = self.members.find(&texts);
        let is_removed = self.members.remove(&texts);
        if let (Some(children), Some(series)) = (&self.children, series) {
            let mut children = children.lock().unwrap_or_else(PoisonError::into_inner);
            let object = children.forget(series);
            drop(children);
            drop(object);
        }
        Ok(is_removed)
    }

    /// Remove all series of the family, those of other scopes too.
    fn clear(&self) {
        self.members.clear();
        if let Some(children) = &self.children {
            let mut children = children.lock().unwrap_or_else(PoisonError::into_inner);
            let objects = children.take();
            drop(children);
            drop(objects);
        }
    }

    /// The family's name, as exposed.
    #[getter]
    fn name(&self) -> &str {
        &self.name
    }

    /// The names of the labels that are looked up, in the order of the values.
    #[getter]
    fn label_names<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        PyTuple::new(py, self.label_names.iter().map(|name| &**name))
    }

    fn __repr__(&self) -> String {
        let names = self.label_names.join(", ");
        format!("<Family[{}] {}({names})>", self.class, self.name)
    }

    /// Family[Counter], for annotations.
    #[classmethod]
    fn __class_getitem__<'py>(
        class: &Bound<'py, PyType>,
        of: &Bound<'py, PyAny>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let alias = class.py().import("types")?.getattr("GenericAlias")?;
        alias.call1((class, of))
    }
}
