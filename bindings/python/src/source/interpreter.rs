//! Reads inside the interpreter, which must have left it when it ends.
#![allow(unsafe_code, reason = "raises an exception in another thread")]

use std::collections::BTreeMap;
use std::ffi::c_long;
use std::process;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use dynamometer::{SourceError, SourceErrorKind};
use dynamometer_cells::ForkLock;
use pyo3::exceptions::PySystemExit;
use pyo3::ffi;
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::wrap_pyfunction;

/// How long the end of the interpreter waits for reads, before it stops them and
/// after. A thread that runs Python code then is stopped wherever it is, and a
/// process where Rust called that code does not survive it.
const PATIENCE: Duration = Duration::from_secs(2);

/// Where reads of one process pass on their way in and out.
#[derive(Debug)]
struct Gate {
    process: u32,
    inside: Mutex<Inside>,
    left: Condvar,
}

#[derive(Debug, Default)]
struct Inside {
    /// Reads by number, with their threads once they have the GIL.
    reads: BTreeMap<u64, Option<c_long>>,
    next: u64,
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
    let pass = Gate::of_process().enter().ok_or_else(over)?;
    let read = |py: Python<'_>| {
        pass.name_thread(py);
        read(py)
    };
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

/// Wait for the reads of sources, stop those that do not end, and let none begin.
#[pyfunction]
fn end(py: Python<'_>) {
    let gate = Gate::of_process();
    py.detach(|| gate.close());
    let threads: Vec<c_long> = gate.inside().reads.values().copied().flatten().collect();
    if threads.is_empty() {
        return;
    }
    let exit = py.get_type::<PySystemExit>();
    for thread in threads {
        // SAFETY: the GIL is held, and the exception is a class.
        unsafe { ffi::PyThreadState_SetAsyncExc(thread, exit.as_ptr()) };
    }
    py.detach(|| gate.close());
}

/// A read that is inside, until this is dropped.
#[derive(Debug)]
struct Pass {
    gate: &'static Gate,
    number: u64,
}

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
        let number = inside.next;
        inside.next += 1;
        inside.reads.insert(number, None);
        Some(Pass { gate: self, number })
    }

    fn close(&self) {
        let mut inside = self.inside();
        inside.is_closed = true;
        let is_used = |inside: &mut Inside| !inside.reads.is_empty();
        drop(self.left.wait_timeout_while(inside, PATIENCE, is_used));
    }

    fn inside(&self) -> MutexGuard<'_, Inside> {
        self.inside.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Pass {
    /// Says which thread it is that reads, so that it can be stopped.
    fn name_thread(&self, py: Python<'_>) {
        let thread = py.import("threading");
        let thread = thread.and_then(|module| module.call_method0("get_ident")?.extract());
        self.gate.inside().reads.insert(self.number, thread.ok());
    }
}

impl Drop for Pass {
    fn drop(&mut self) {
        self.gate.inside().reads.remove(&self.number);
        self.gate.left.notify_all();
    }
}
