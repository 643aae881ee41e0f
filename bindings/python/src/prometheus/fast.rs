//! The methods that record, as the interpreter calls them with the least ado.
#![allow(
    unsafe_code,
    reason = "takes arguments as the interpreter passes them, and writes cells under the GIL"
)]

use std::ffi::CStr;
use std::ptr::{self, NonNull};
use std::slice;
use std::sync::atomic::AtomicU64;

use pyo3::exceptions::PyValueError;
use pyo3::ffi;
use pyo3::prelude::*;
use pyo3::types::{PyBool, PyDict, PyFloat, PyInt, PyString, PyTuple, PyType};

use super::cells;
use super::labels::Call;
use super::metric::Metric;

type Object = *mut ffi::PyObject;

/// A method: what it is called, what is attached, and the rest of it in Python.
struct Method {
    class: &'static str,
    name: &'static str,
    definition: ffi::PyMethodDef,
}

// SAFETY: the definitions are constants.
unsafe impl Sync for Method {}

const fn method(
    class: &'static str,
    name: &'static str,
    c_name: &'static CStr,
    doc: &'static CStr,
    function: ffi::PyCFunctionFastWithKeywords,
) -> Method {
    Method {
        class,
        name,
        definition: ffi::PyMethodDef {
            ml_name: c_name.as_ptr(),
            ml_meth: ffi::PyMethodDefPointer {
                PyCFunctionFastWithKeywords: function,
            },
            ml_flags: ffi::METH_FASTCALL | ffi::METH_KEYWORDS,
            ml_doc: doc.as_ptr(),
        },
    }
}

const LABELS_DOC: &CStr = c"labels($self, /, *labelvalues, **labelkwargs)
--

Returns the series with these label values, which is made where it is missing.

Values are passed in the order of the names, or by name; any object passes, as
its text. Raises `ValueError` for a wrong number of them, and for wrong names.";

const OBSERVE_DOC: &CStr = c"observe($self, amount, exemplar=None)
--

Adds the amount to the sum, and counts it in its bucket.

A negative amount is counted, and keeps a reader from seeing that the sum began
anew. An exemplar stands in its bucket until the next one.";

static METHODS: [Method; 12] = [
    method(
        "counter",
        "inc",
        c"inc",
        c"inc($self, amount=1, exemplar=None)
--

Adds the amount; raises `ValueError` where that is negative.

An exemplar stands with the counter until the next one.",
        inc_counter,
    ),
    method("counter", "labels", c"labels", LABELS_DOC, labels),
    method(
        "gauge",
        "inc",
        c"inc",
        c"inc($self, amount=1)
--

Adds the amount; raises `RuntimeError` in the modes that keep what is most recent.",
        inc_gauge,
    ),
    method(
        "gauge",
        "dec",
        c"dec",
        c"dec($self, amount=1)
--

Takes the amount away; raises `RuntimeError` in the modes that keep what is most
recent.",
        dec_gauge,
    ),
    method(
        "gauge",
        "set",
        c"set",
        c"set($self, value)
--

Sets the value to what `float()` makes of it.",
        set_gauge,
    ),
    method("gauge", "labels", c"labels", LABELS_DOC, labels),
    method(
        "summary",
        "observe",
        c"observe",
        c"observe($self, amount)
--

Adds the amount to the sum, and counts it.

A negative amount is counted, and keeps a reader from seeing that the sum began
anew.",
        observe,
    ),
    method("summary", "labels", c"labels", LABELS_DOC, labels),
    method("histogram", "observe", c"observe", OBSERVE_DOC, observe),
    method("histogram", "labels", c"labels", LABELS_DOC, labels),
    method("info", "labels", c"labels", LABELS_DOC, labels),
    method("stateset", "labels", c"labels", LABELS_DOC, labels),
];

/// Puts native methods in the place of those of a class, which become `_slow_<name>`.
///
/// The interpreter calls a method fastest on instances of the very class that it
/// was made for: so each class has its own, where one of the base would do. Nothing
/// is replaced where the environment says so, and without the GIL.
#[pyfunction]
#[pyo3(name = "attach_dropin")]
pub(crate) fn attach(class: &Bound<'_, PyType>, kind: &str) -> PyResult<()> {
    if !crate::env::is_raw() || !crate::gil::has_gil(class.py()) {
        return Ok(());
    }
    if !class.is_subclass_of::<Metric>()? {
        return Err(PyValueError::new_err(
            "native methods were to be attached to a class that is no metric",
        ));
    }
    for method in METHODS.iter().filter(|method| method.class == kind) {
        class.setattr(slow_name(method.name), class.getattr(method.name)?)?;
        let definition = ptr::from_ref(&method.definition).cast_mut();
        // SAFETY: the definition lives for ever, and the descriptor lets it be called
        // on instances of `class` only, which are metrics.
        let descriptor = unsafe {
            let descriptor = ffi::PyDescr_NewMethod(class.as_type_ptr(), definition);
            Bound::from_owned_ptr_or_err(class.py(), descriptor)?
        };
        class.setattr(method.name, descriptor)?;
    }
    Ok(())
}

fn slow_name(name: &str) -> String {
    format!("_slow_{name}")
}

/// A call as the interpreter makes it.
#[derive(Clone, Copy)]
struct Passed<'a, 'py> {
    py: Python<'py>,
    metric: Borrowed<'a, 'py, Metric>,
    /// Positional arguments, then those by name.
    values: &'a [NonNull<ffi::PyObject>],
    names: Option<Borrowed<'a, 'py, PyTuple>>,
}

impl<'a, 'py> Passed<'a, 'py> {
    /// # Safety
    ///
    /// These are the arguments of a fastcall with keywords, for a metric, under the GIL.
    #[inline(always)]
    unsafe fn new(this: Object, values: *const Object, count: isize, names: Object) -> Self {
        // SAFETY: the interpreter calls, so this thread is attached.
        let py = unsafe { Python::assume_attached() };
        // SAFETY: the descriptor passes metrics only.
        let metric = unsafe { Borrowed::from_ptr(py, this).cast_unchecked() };
        let names = NonNull::new(names).map(|names| {
            // SAFETY: names come as a tuple.
            unsafe { Borrowed::from_ptr(py, names.as_ptr()).cast_unchecked::<PyTuple>() }
        });
        let named = names.map_or(0, |names| names.len());
        let values = if values.is_null() {
            &[]
        } else {
            // SAFETY: that many objects lie there, none null.
            unsafe { slice::from_raw_parts(values.cast(), count.unsigned_abs() + named) }
        };
        Self {
            py,
            metric,
            values,
            names,
        }
    }

    fn object(&self, index: usize) -> Borrowed<'a, 'py, PyAny> {
        // SAFETY: the caller of the method holds its arguments.
        unsafe { Borrowed::from_ptr(self.py, self.values[index].as_ptr()) }
    }

    /// The only argument, which may be left out, as a finite or infinite float.
    #[inline(always)]
    fn number(&self, default: Option<f64>) -> Option<f64> {
        match self.values {
            [] => default,
            [value] if self.names.is_none() => number(*value),
            _ => None,
        }
    }

    /// Leaves the call to the method in Python.
    #[cold]
    #[inline(never)]
    fn slowly(self, name: &str) -> PyResult<Bound<'py, PyAny>> {
        let named = self.names.map_or(0, |names| names.len());
        let (positional, by_name) = self.values.split_at(self.values.len() - named);
        let positional = (0..positional.len()).map(|index| self.object(index));
        let positional = PyTuple::new(self.py, positional)?;
        let keywords = PyDict::new(self.py);
        for (index, name) in self.names.iter().flat_map(|names| names.iter()).enumerate() {
            let value = self.object(self.values.len() - by_name.len() + index);
            keywords.set_item(name, value)?;
        }
        let method = self.metric.as_any().getattr(slow_name(name))?;
        method.call(positional, Some(&keywords))
    }

    /// The series with these label values, if they are text and it is there.
    fn known(self, series: Borrowed<'_, 'py, PyDict>) -> Option<Bound<'py, PyAny>> {
        let labels = self.metric.get().names(self.py)?;
        let labels = labels.bind(self.py);
        if labels.len() != self.values.len() {
            return None;
        }
        let mut ordered = Vec::with_capacity(self.values.len());
        for (index, label) in labels.iter_borrowed().enumerate() {
            let index = match self.names {
                None => index,
                Some(names) if names.len() == labels.len() => names.index(label).ok()?,
                Some(_) => return None,
            };
            let value = self.object(index);
            if !value.is_exact_instance_of::<PyString>() {
                return None;
            }
            ordered.push(value);
        }
        let key = PyTuple::new(self.py, ordered).ok()?;
        series.get_item(key).ok()?
    }

    #[cold]
    #[inline(never)]
    fn slowly_or_raise(self, name: &str) -> Object {
        self.returned(self.slowly(name))
    }

    fn returned(self, result: PyResult<Bound<'py, PyAny>>) -> Object {
        match result {
            Ok(value) => value.into_ptr(),
            Err(error) => {
                error.restore(self.py);
                ptr::null_mut()
            }
        }
    }
}

/// An exact float or an exact int that is a double; None for NaN and the rest.
#[inline(always)]
fn number(value: NonNull<ffi::PyObject>) -> Option<f64> {
    let value = value.as_ptr();
    // SAFETY: an object that the caller of the method holds, under the GIL.
    unsafe {
        if ffi::PyFloat_CheckExact(value) != 0 {
            let number = ffi::PyFloat_AsDouble(value);
            return (!number.is_nan()).then_some(number);
        }
        if ffi::PyLong_CheckExact(value) != 0 {
            return whole(value);
        }
    }
    None
}

/// # Safety
///
/// An int, under the GIL.
unsafe fn whole(value: Object) -> Option<f64> {
    /// Up to here every int is a double.
    const LARGEST: u64 = 1 << 53;
    let mut overflow = 0;
    // SAFETY: an int; it raises nothing, and says where it does not fit.
    let number = unsafe { ffi::PyLong_AsLongLongAndOverflow(value, &raw mut overflow) };
    (overflow == 0 && number.unsigned_abs() <= LARGEST).then_some(number as f64)
}

fn none() -> Object {
    // SAFETY: None is always there, and the GIL is held.
    unsafe { ffi::Py_NewRef(ffi::Py_None()) }
}

#[inline(always)]
fn change(passed: Passed<'_, '_>, name: &str, to: impl FnOnce(&AtomicU64, f64) -> bool) -> Object {
    let default = (name != "set").then_some(1.0);
    if let Some(cell) = passed.metric.get().cell()
        && let Some(number) = passed.number(default)
        && to(cell, number)
    {
        return none();
    }
    passed.slowly_or_raise(name)
}

unsafe extern "C" fn inc_counter(
    this: Object,
    values: *const Object,
    count: isize,
    names: Object,
) -> Object {
    // SAFETY: passed on as they came.
    let passed = unsafe { Passed::new(this, values, count, names) };
    change(passed, "inc", |cell, amount| {
        let is_growth = amount >= 0.0;
        if is_growth {
            cells::add(cell, amount);
        }
        is_growth
    })
}

unsafe extern "C" fn inc_gauge(
    this: Object,
    values: *const Object,
    count: isize,
    names: Object,
) -> Object {
    // SAFETY: passed on as they came.
    let passed = unsafe { Passed::new(this, values, count, names) };
    change(passed, "inc", |cell, amount| {
        add_unless_set_only(passed, cell, amount)
    })
}

unsafe extern "C" fn dec_gauge(
    this: Object,
    values: *const Object,
    count: isize,
    names: Object,
) -> Object {
    // SAFETY: passed on as they came.
    let passed = unsafe { Passed::new(this, values, count, names) };
    change(passed, "dec", |cell, amount| {
        add_unless_set_only(passed, cell, -amount)
    })
}

#[inline(always)]
fn add_unless_set_only(passed: Passed<'_, '_>, cell: &AtomicU64, amount: f64) -> bool {
    let may_add = !passed.metric.get().is_set_only();
    if may_add {
        cells::add(cell, amount);
    }
    may_add
}

unsafe extern "C" fn set_gauge(
    this: Object,
    values: *const Object,
    count: isize,
    names: Object,
) -> Object {
    // SAFETY: passed on as they came.
    let passed = unsafe { Passed::new(this, values, count, names) };
    change(passed, "set", |cell, value| {
        cells::set(cell, value);
        true
    })
}

unsafe extern "C" fn observe(
    this: Object,
    values: *const Object,
    count: isize,
    names: Object,
) -> Object {
    // SAFETY: passed on as they came.
    let passed = unsafe { Passed::new(this, values, count, names) };
    if let Some(buckets) = passed.metric.get().buckets()
        && let Some(amount) = passed.number(None)
    {
        buckets.observe(amount);
        return none();
    }
    passed.slowly_or_raise("observe")
}

unsafe extern "C" fn labels(
    this: Object,
    values: *const Object,
    count: isize,
    names: Object,
) -> Object {
    // SAFETY: passed on as they came.
    let passed = unsafe { Passed::new(this, values, count, names) };
    let py = passed.py;
    let metric = passed.metric.get();
    let Some(series) = metric.series(py) else {
        return passed.slowly_or_raise("labels");
    };
    let call = Call {
        values: passed.values,
        names: passed.names,
    };
    if let Some(child) = metric.labels.find(py, call, series.len() as isize) {
        return child.as_ptr();
    }
    let found = match passed.known(series) {
        Some(child) => Ok(child),
        None => passed.slowly("labels"),
    };
    if let Ok(child) = &found
        && let Some(child) = NonNull::new(child.as_ptr())
        && (0..passed.values.len()).all(|index| is_constant(passed.object(index)))
        && let Some(series) = metric.series(py)
    {
        metric.labels.keep(call, child, series.len() as isize);
    }
    passed.returned(found)
}

/// Says whether the text of an object stays as it is.
fn is_constant(value: Borrowed<'_, '_, PyAny>) -> bool {
    value.is_exact_instance_of::<PyString>()
        || value.is_exact_instance_of::<PyInt>()
        || value.is_exact_instance_of::<PyFloat>()
        || value.is_exact_instance_of::<PyBool>()
        || value.is_none()
}
