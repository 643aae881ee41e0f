//! Reads inside the interpreter, which must have left it when it ends.

use std::process;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use dynamometer::{SourceError, SourceErrorKind};
use dynamometer_cells::ForkLock;
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::wrap_pyfunction;

/// How long the end of the interpreter waits for reads. A thread that is in it then
/// is stopped wherever it is, which ends the process where Rust code called Python.
const PATIENCE: Duration = Duration::from_secs(5);

/// Where reads of one process pass on their way in and out.
#[derive(Debug)]
struct Gate {
    process: u32,
    inside: Mutex<Inside>,
    left: Condvar,
}

#[derive(Debug, Default)]
struct Inside {
    reads: usize,
    is_closed: bool,
}

static GATE: ForkLock<Option<&'static Gate>> = ForkLock::new(None);

/// Runs `read` with the GIL, however long it takes to get it.
///
/// # Errors
///
/// Where the interpreter ends.
pub(super) fn attached<R>(read: impl FnOnce(Python<'_>) -> R) -> Result<R, SourceError> {
    let over = || SourceError::new(SourceErrorKind::Failed, "the interpreter ends");
    let _pass = Gate::of_process().enter().ok_or_else(over)?;
    Python::try_attach(read).ok_or_else(over)
}

/// Lets no read into an interpreter that ends; once for each process.
pub(super) fn watch_end(py: Python<'_>) -> PyResult<()> {
    static WATCHED: PyOnceLock<()> = PyOnceLock::new();
    let watched = WATCHED.get_or_try_init(py, || {
        let end = wrap_pyfunction!(end, py)?;
        py.import("atexit")?.call_method1("register", (end,))?;
        Ok::<_, PyErr>(())
    });
    watched.copied()
}

/// Wait for the reads of sources, and let none begin.
#[pyfunction]
fn end(py: Python<'_>) {
    py.detach(|| Gate::of_process().close());
}

/// A read that is inside, until this is dropped.
#[derive(Debug)]
struct Pass(&'static Gate);

impl Gate {
    /// The gate of this process: the threads of a parent do not exist in the child
    /// of a fork, nor what they hold.
    fn of_process() -> &'static Self {
        let process = process::id();
        let mut known = GATE.lock();
        if let Some(gate) = known.filter(|gate| gate.process == process) {
            return gate;
        }
        let gate: &'static Self = Box::leak(Box::new(Self {
            process,
            inside: Mutex::default(),
            left: Condvar::new(),
        }));
        *known = Some(gate);
        gate
    }

    fn enter(&'static self) -> Option<Pass> {
        let mut inside = self.inside();
        if inside.is_closed {
            return None;
        }
        inside.reads += 1;
        Some(Pass(self))
    }

    fn close(&self) {
        let mut inside = self.inside();
        inside.is_closed = true;
        let is_used = |inside: &mut Inside| inside.reads > 0;
        drop(self.left.wait_timeout_while(inside, PATIENCE, is_used));
    }

    fn inside(&self) -> MutexGuard<'_, Inside> {
        self.inside.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Pass {
    fn drop(&mut self) {
        self.0.inside().reads -= 1;
        self.0.left.notify_all();
    }
}
