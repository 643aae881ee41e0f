//! A page of the drop-in: gathered under the GIL, written without it.

mod family;

use std::mem;
use std::sync::{Mutex, PoisonError};

use pyo3::prelude::*;
use pyo3::types::PyBytes;

use self::family::{Family, Layout};
use super::metric::Metric;

/// A page in the making: text as it comes, and families of our own cells.
#[pyclass(name = "DropinPage", module = "dynamometer._native", frozen)]
#[derive(Debug)]
pub(crate) struct Page {
    /// Gathering relies on it.
    has_gil: bool,
    parts: Mutex<Vec<Part>>,
}

#[derive(Debug)]
enum Part {
    Text(Vec<u8>),
    Family(Family),
}

impl Page {
    fn push(&self, part: Part) {
        let mut parts = self.parts.lock().unwrap_or_else(PoisonError::into_inner);
        parts.push(part);
    }
}

#[pymethods]
impl Page {
    #[new]
    fn new(py: Python<'_>) -> Self {
        Self {
            has_gil: crate::gil::has_gil(py),
            parts: Mutex::default(),
        }
    }

    /// Adds text that Python wrote.
    fn text(&self, text: &[u8]) {
        self.push(Part::Text(text.to_vec()));
    }

    /// Adds the family of a metric as it is now; false where only Python can.
    fn family(&self, metric: &Bound<'_, Metric>, layout: Layout) -> bool {
        if !self.has_gil {
            return false;
        }
        let family = Family::gather(metric, layout);
        let is_gathered = family.is_some();
        if let Some(family) = family {
            self.push(Part::Family(family));
        }
        is_gathered
    }

    /// Returns the text of all parts, written without the GIL, and begins anew.
    fn finish<'py>(&self, py: Python<'py>) -> Bound<'py, PyBytes> {
        let mut parts = self.parts.lock().unwrap_or_else(PoisonError::into_inner);
        let taken = mem::take(&mut *parts);
        drop(parts);
        let text = py.detach(|| {
            let mut out = Vec::new();
            for part in &taken {
                match part {
                    Part::Text(text) => out.extend_from_slice(text),
                    Part::Family(family) => family.write(&mut out),
                }
            }
            out
        });
        PyBytes::new(py, &text)
    }
}
