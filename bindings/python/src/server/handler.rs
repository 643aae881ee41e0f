//! Pages for a server that is there already: ASGI's, WSGI's.

use dynamometer_status::{Handler, Scrape};
use pyo3::prelude::*;
use pyo3::types::PyBytes;

use super::builder;
use crate::container::PyContainer;
use crate::error::of_server;

/// A status, headers and a page.
type Answer<'py> = (u16, Vec<(String, String)>, Bound<'py, PyBytes>);

/// Answers scrapes for another server, as `Server` does.
#[pyclass(frozen, name = "Handler", module = "dynamometer._native")]
#[derive(Debug)]
pub(crate) struct PyHandler {
    handler: Handler,
}

#[pymethods]
impl PyHandler {
    #[new]
    #[expect(
        clippy::needless_pass_by_value,
        reason = "PyO3 takes lists from Python as vectors"
    )]
    #[pyo3(signature = (containers, *, compression=None, created=None))]
    fn new(
        py: Python<'_>,
        containers: Vec<PyRef<'_, PyContainer>>,
        compression: Option<bool>,
        created: Option<bool>,
    ) -> PyResult<Self> {
        let handler = builder(&containers, compression, created).handler();
        let handler = handler.map_err(|error| of_server(py, &error))?;
        Ok(Self { handler })
    }

    /// Make the page that a query and two headers ask for. The GIL is released meanwhile.
    #[pyo3(signature = (query="", accept="", accept_encoding=""))]
    fn answer<'py>(
        &self,
        py: Python<'py>,
        query: &str,
        accept: &str,
        accept_encoding: &str,
    ) -> Answer<'py> {
        let scrape = Scrape {
            query,
            accept,
            accept_encoding,
        };
        let answer = py.detach(|| self.handler.answer(&scrape));
        let headers = answer.headers();
        let headers = headers.map(|(name, value)| (name.to_owned(), value.to_owned()));
        let body = PyBytes::new(py, answer.body());
        (answer.status(), headers.collect(), body)
    }
}
