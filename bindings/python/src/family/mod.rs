//! Families: series that are looked up by label values.
#![allow(unsafe_code, reason = "reaches the latest look-ups under the GIL")]

mod children;
mod kind;
mod recent;
mod values;

use std::sync::{Mutex, PoisonError};

use dynamometer::MetricVec;
use dynamometer_cells::Series;
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyIterator, PyList, PyString, PyTuple, PyType};

use self::children::Children;
use self::kind::{Child, Members, Of};
pub(crate) use self::kind::{Kind, single};
pub(crate) use self::recent::MOST_LABELS as MOST_RECENT_LABELS;
use self::recent::{Reached, Recent};
use self::values::{in_order, texts};
use crate::gil;

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
    /// The same names as objects of Python, interned.
    interned: Box<[Py<PyString>]>,
    /// `None` where objects are not kept.
    children: Option<Mutex<Children>>,
    recent: Recent,
}

impl PyFamily {
    pub(crate) fn new<H: Kind>(py: Python<'_>, family: MetricVec<H>, expires: bool) -> Self {
        let interned = |name| PyString::intern(py, name).unbind();
        Self {
            name: family.name().into(),
            class: H::CLASS,
            label_names: family.label_names().map(Box::from).collect(),
            interned: family.label_names().map(interned).collect(),
            recent: Recent::default(),
            children: (!expires).then(Mutex::default),
            members: Box::new(Of::new(family)),
        }
    }

    /// The names of the labels as objects, interned.
    pub(crate) fn interned(&self) -> &[Py<PyString>] {
        &self.interned
    }

    /// The look-ups that were made last; `None` where none are remembered.
    #[inline(always)]
    pub(crate) fn recent(&self, py: Python<'_>) -> Option<Reached<'_>> {
        let is_kept = self.children.is_some() && gil::is_there(py);
        // SAFETY: there is a GIL, and the token says that this thread holds it.
        is_kept.then(|| unsafe { self.recent.reach(py) })
    }

    /// The object for the series with these values, and where that lies, if there
    /// are both.
    pub(crate) fn known(
        &self,
        py: Python<'_>,
        values: &[&str],
    ) -> Option<(Py<PyAny>, *const Series)> {
        let children = self.children.as_ref()?;
        let series = self.members.find(values)?;
        let children = children.lock().unwrap_or_else(PoisonError::into_inner);
        let object = children.get(series)?.clone_ref(py);
        Some((object, series))
    }

    /// The object for the series with these values.
    fn look_up(&self, py: Python<'_>, values: &[&str]) -> PyResult<Py<PyAny>> {
        let Some(children) = &self.children else {
            return Ok(self.members.make(py, values)?.object);
        };
        if let Some((object, _)) = self.known(py, values) {
            return Ok(object);
        }
        let child = self.members.make(py, values)?;
        Ok(Self::first_of(py, children, child))
    }

    /// The object that is known for a series, or this one from now on.
    fn first_of(py: Python<'_>, children: &Mutex<Children>, child: Child) -> Py<PyAny> {
        let mut children = children.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(first) = children.get(child.series) {
            return first.clone_ref(py);
        }
        children.keep(py, &child);
        child.object
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
    fn clear(&self, py: Python<'_>) {
        self.members.clear();
        if let Some(recent) = self.recent(py) {
            recent.clear(py);
        }
        if let Some(children) = &self.children {
            let mut children = children.lock().unwrap_or_else(PoisonError::into_inner);
            let objects = children.take();
            drop(children);
            drop(objects);
        }
    }

    /// The number of series, those of other scopes too.
    fn __len__(&self) -> usize {
        self.members.count()
    }

    /// A family without series is one too.
    #[expect(clippy::unused_self, reason = "a method of Python")]
    fn __bool__(&self) -> bool {
        true
    }

    /// The series there are now, those of other scopes too, as instruments.
    fn __iter__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyIterator>> {
        let series = PyList::empty(py);
        for child in self.members.all(py)? {
            series.append(match &self.children {
                Some(children) => Self::first_of(py, children, child),
                None => child.object,
            })?;
        }
        series.try_iter()
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

    /// The series as a table, for notebooks.
    fn _repr_html_<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        let tables = slf.py().import("dynamometer.tables")?;
        tables.call_method1("family_html", (slf,))
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
