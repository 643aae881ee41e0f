//! Which families of a source are wanted.

use std::collections::HashMap;

use dynamometer_cells::ForkLock;
use pyo3::prelude::*;
use pyo3::types::PyString;

use crate::error::invalid_type;

/// Names whose verdict is remembered; with more, all are asked for anew.
const MOST_KNOWN: usize = 10_000;

/// Which families of a source are wanted, by the name that they have on its page.
#[derive(Debug)]
pub(super) enum NameFilter {
    /// Every one.
    All,
    /// Those that begin with one of these.
    Prefixes(Vec<String>),
    /// Those for which Python code returns something true. It is asked once for
    /// each name.
    Asked(Py<PyAny>, ForkLock<HashMap<String, bool>>),
}

impl NameFilter {
    /// Reads `name_filter`: a regular expression, prefixes, or a callable.
    ///
    /// # Errors
    ///
    /// `InvalidTypeError` for anything else, `re.error` for what is no expression.
    pub(super) fn read(filter: Option<&Bound<'_, PyAny>>) -> PyResult<Self> {
        let Some(filter) = filter.filter(|filter| !filter.is_none()) else {
            return Ok(Self::All);
        };
        let py = filter.py();
        let asked =
            |callable: Bound<'_, PyAny>| Self::Asked(callable.unbind(), ForkLock::default());
        if let Ok(text) = filter.cast::<PyString>() {
            let text = text.to_str()?;
            let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b':');
            if text.bytes().all(is_plain) {
                return Ok(Self::Prefixes(vec![text.to_owned()]));
            }
            let pattern = py.import("re")?.call_method1("compile", (text,))?;
            return Ok(asked(pattern.getattr("match")?));
        }
        if filter.is_callable() {
            return Ok(asked(filter.clone()));
        }
        if let Ok(matches) = filter.getattr("match") {
            return Ok(asked(matches));
        }
        let prefixes = filter.extract().map(Self::Prefixes);
        prefixes.map_err(|_| {
            let message = "name_filter is a regular expression, a list of prefixes, or a callable";
            invalid_type(py, message)
        })
    }

    /// The verdict, where Python need not be asked for it.
    pub(super) fn known(&self, name: &str) -> Option<bool> {
        match self {
            Self::All => Some(true),
            Self::Prefixes(prefixes) => {
                let mut prefixes = prefixes.iter();
                Some(prefixes.any(|prefix| name.starts_with(prefix.as_str())))
            }
            Self::Asked(_, known) => known.lock().get(name).copied(),
        }
    }

    /// The verdict.
    ///
    /// # Errors
    ///
    /// What the callable raises; it is asked again the next time.
    pub(super) fn wants(&self, py: Python<'_>, name: &str) -> PyResult<bool> {
        if let Some(verdict) = self.known(name) {
            return Ok(verdict);
        }
        let Self::Asked(callable, known) = self else {
            return Ok(true);
        };
        let verdict = callable.bind(py).call1((name,))?.is_truthy()?;
        let mut known = known.lock();
        if known.len() >= MOST_KNOWN {
            known.clear();
        }
        known.insert(name.to_owned(), verdict);
        Ok(verdict)
    }
}
