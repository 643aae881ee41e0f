//! The status server, on threads that never touch Python.

use std::mem;
use std::sync::{Mutex, PoisonError};

use dynamometer_status::StatusServer;
use pyo3::prelude::*;

use super::builder;
use crate::container::PyContainer;
use crate::error::of_server;

/// A running server of `/metrics`; `dynamometer.serve` starts one.
#[pyclass(frozen, name = "Server", module = "dynamometer._native")]
#[derive(Debug)]
pub(crate) struct PyServer {
    /// `None` once it is closed.
    running: Mutex<Option<StatusServer>>,
}

impl PyServer {
    fn take(&self) -> Option<StatusServer> {
        let mut running = self.running.lock().unwrap_or_else(PoisonError::into_inner);
        running.take()
    }

    fn ask<T>(&self, question: impl FnOnce(&StatusServer) -> Option<T>) -> Option<T> {
        let running = self.running.lock().unwrap_or_else(PoisonError::into_inner);
        running.as_ref().and_then(question)
    }
}

#[pymethods]
impl PyServer {
    #[new]
    #[expect(
        clippy::needless_pass_by_value,
        reason = "PyO3 takes lists from Python as vectors"
    )]
    #[pyo3(signature = (containers, *, host=None, port=None, compression=None, created=None))]
    fn new(
        py: Python<'_>,
        containers: Vec<PyRef<'_, PyContainer>>,
        host: Option<String>,
        port: Option<u16>,
        compression: Option<bool>,
        created: Option<bool>,
    ) -> PyResult<Self> {
        let mut builder = builder(&containers, compression, created);
        if let Some(host) = host {
            builder = builder.host(host);
        }
        if let Some(port) = port {
            builder = builder.port(port);
        }
        // Resolving a host's name may take seconds.
        let server = py.detach(|| builder.start());
        let server = server.map_err(|error| of_server(py, &error))?;
        Ok(Self {
            running: Mutex::new(Some(server)),
        })
    }

    /// The address and port it listens on; None where it is closed or switched off.
    #[getter]
    fn address(&self) -> Option<(String, u16)> {
        let address = self.ask(StatusServer::addr)?;
        Some((address.ip().to_string(), address.port()))
    }

    /// The URL of a path, as this machine can call it; None as for `address`.
    #[pyo3(signature = (path="/metrics"))]
    fn url(&self, path: &str) -> Option<String> {
        self.ask(|server| server.url(path))
    }

    /// Stop listening, wait for requests in flight for a moment, and end the threads.
    ///
    /// The GIL is released meanwhile. Closing twice is fine.
    fn close(&self, py: Python<'_>) {
        if let Some(server) = self.take() {
            py.detach(|| server.shutdown());
        }
    }

    /// Give the server up in a child of a fork, and return its descriptor to close.
    ///
    /// The threads were not inherited: there is nothing to wait for.
    fn abandon(&self) -> Option<i32> {
        // A thread of the parent may have held the lock as it forked; it never gives
        // it back here.
        let Ok(mut running) = self.running.try_lock() else {
            return None;
        };
        let server = running.take()?;
        let descriptor = server.listener();
        mem::forget(server);
        descriptor
    }
}
