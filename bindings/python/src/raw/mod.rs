//! Hot methods as bare C functions, which cost half of what `PyO3`'s do.
//!
//! Each does what is common by itself, such as a record of an exact float, and
//! passes everything else on to `PyO3`'s method of the same name: wrong arguments,
//! keywords, exemplars, series that do not exist yet. So both have the same errors,
//! and one docstring.

mod count;
mod labels;
mod measure;
mod method;
mod number;
mod observe;
mod refusal;
mod timer;

use pyo3::ffi::PyCFunctionFastWithKeywords;
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyType};

use self::method::{Method, PyO3s};

/// The methods that are attached: class, name, function, and where `PyO3`'s is kept.
const METHODS: &[(&str, &str, PyCFunctionFastWithKeywords, &PyO3s)] = &[
    ("Counter", "inc", count::counter_inc, &count::COUNTER_INC),
    (
        "UpDownCounter",
        "inc",
        count::up_down_inc,
        &count::UP_DOWN_INC,
    ),
    (
        "UpDownCounter",
        "dec",
        count::up_down_dec,
        &count::UP_DOWN_DEC,
    ),
    (
        "UpDownCounter",
        "add",
        count::up_down_add,
        &count::UP_DOWN_ADD,
    ),
    (
        "FloatCounter",
        "inc",
        measure::float_inc,
        &measure::FLOAT_INC,
    ),
    ("Gauge", "set", measure::gauge_set, &measure::GAUGE_SET),
    ("Gauge", "inc", measure::gauge_inc, &measure::GAUGE_INC),
    ("Gauge", "dec", measure::gauge_dec, &measure::GAUGE_DEC),
    (
        "Histogram",
        "observe",
        observe::explicit,
        &observe::EXPLICIT,
    ),
    (
        "ExponentialHistogram",
        "observe",
        observe::exponential,
        &observe::EXPONENTIAL,
    ),
    ("Timer", "__enter__", timer::enter, &timer::ENTER),
    ("Timer", "__exit__", timer::exit, &timer::EXIT),
    ("Family", "labels", labels::labels, &labels::LABELS),
];

/// Attaches them, unless the environment says not to.
///
/// `PyO3`'s methods stay to be compared with, in `_pyo3_methods`, by their qualified
/// names.
pub(crate) fn attach(module: &Bound<'_, PyModule>) -> PyResult<()> {
    let kept = PyDict::new(module.py());
    for &(class, name, function, pyo3s) in METHODS {
        let class = module.getattr(class)?.cast_into::<PyType>()?;
        let method = class.getattr(name)?;
        kept.set_item(format!("{}.{name}", class.name()?), &method)?;
        if crate::env::is_raw() {
            pyo3s.keep(&method);
            Method::over(&method, name, function)?.attach(&class, name)?;
        }
    }
    for (_, class) in module.dict() {
        if let Ok(class) = class.cast::<PyType>() {
            refusal::refuse_copies(class)?;
        }
    }
    module.add("_pyo3_methods", kept)
}
