//! A C function as a method of a class, and the method that was there before.
#![allow(unsafe_code, reason = "makes method descriptors from C functions")]

use std::ffi::CString;
use std::sync::atomic::{AtomicPtr, Ordering};
use std::{mem, ptr, slice};

use pyo3::exceptions::PyValueError;
use pyo3::ffi::{self, PyCFunctionFastWithKeywords, PyObject};
use pyo3::prelude::*;
use pyo3::types::PyType;
use pyo3::{Borrowed, PyClass};

/// `PyO3`'s method of the same name, to which is passed on what is not common.
#[derive(Debug)]
pub(super) struct PyO3s(AtomicPtr<PyObject>);

/// What a C function was called with.
#[derive(Clone, Copy)]
pub(super) struct Call {
    slf: *mut PyObject,
    args: *const *mut PyObject,
    count: usize,
    names: *mut PyObject,
}

impl Call {
    /// # Safety
    ///
    /// The four are what `CPython` passes to a `METH_FASTCALL | METH_KEYWORDS` function,
    /// and this lives no longer than the call.
    #[inline(always)]
    pub(super) unsafe fn new(
        slf: *mut PyObject,
        args: *const *mut PyObject,
        count: ffi::Py_ssize_t,
        names: *mut PyObject,
    ) -> Self {
        Self {
            slf,
            args,
            count: count.cast_unsigned(),
            names,
        }
    }

    /// The token of the thread, which is attached while a method is called.
    #[inline(always)]
    #[expect(
        clippy::unused_self,
        reason = "it is the call that vouches for the token"
    )]
    pub(super) fn py(&self) -> Python<'_> {
        // SAFETY: by the contract of `new`; the token lives as long as the borrow.
        unsafe { Python::assume_attached() }
    }

    /// The object that the method is of.
    ///
    /// # Safety
    ///
    /// It is attached to the class `T`: the descriptor has checked the object's.
    #[inline(always)]
    pub(super) unsafe fn receiver<
        T: PyClass<Frozen = pyo3::pyclass::boolean_struct::True> + Sync,
    >(
        &self,
    ) -> &T {
        // SAFETY: by the contract of `new` it lives as long as the call.
        let object = unsafe { Borrowed::from_ptr(self.py(), self.slf) };
        // SAFETY: by the contract of this function.
        let object: Borrowed<'_, '_, T> = unsafe { object.cast_unchecked() };
        let instance: *const T = object.get();
        // SAFETY: the object outlives the call, and this the borrow of it.
        unsafe { &*instance }
    }

    /// The arguments by position.
    #[inline(always)]
    pub(super) fn positional(&self) -> &[*mut PyObject] {
        if self.count == 0 {
            return &[];
        }
        // SAFETY: by the contract of `new`.
        unsafe { slice::from_raw_parts(self.args, self.count) }
    }

    /// The names of the arguments by name, a tuple; null where there are none.
    #[inline(always)]
    pub(super) fn names(&self) -> *mut PyObject {
        self.names
    }

    /// The arguments by name, of which there are `count`.
    ///
    /// # Safety
    ///
    /// `names` has so many.
    #[inline(always)]
    pub(super) unsafe fn named(&self, count: usize) -> &[*mut PyObject] {
        // SAFETY: they follow those by position, by the contracts of `new` and this.
        unsafe { slice::from_raw_parts(self.args.add(self.count), count) }
    }

    /// The one argument, where there is exactly one and it has no name.
    #[inline(always)]
    pub(super) fn only(&self) -> Option<*mut PyObject> {
        // SAFETY: there is one, by the contract of `new`.
        (self.count == 1 && self.names.is_null()).then(|| unsafe { *self.args })
    }

    /// True where there is no argument.
    #[inline(always)]
    pub(super) fn is_bare(&self) -> bool {
        self.count == 0 && self.names.is_null()
    }
}

/// What a method that returns nothing returns.
#[inline(always)]
pub(super) fn none(py: Python<'_>) -> *mut PyObject {
    py.None().into_ptr()
}

impl PyO3s {
    pub(super) const fn new() -> Self {
        Self(AtomicPtr::new(ptr::null_mut()))
    }

    /// Keeps the method for as long as the process lives.
    pub(super) fn keep(&self, method: &Bound<'_, PyAny>) {
        self.0.store(method.clone().into_ptr(), Ordering::Release);
    }

    /// Calls `PyO3`'s method instead.
    #[cold]
    #[inline(never)]
    pub(super) fn call(&self, call: Call) -> *mut PyObject {
        // SAFETY: the thread is attached, by the contract of `Call::new`; all pointers
        // below are objects it passed, or were checked for null.
        unsafe {
            let positional = call.positional();
            let args = ffi::PyTuple_New(positional.len().cast_signed() + 1);
            if args.is_null() {
                return ptr::null_mut();
            }
            for (at, &arg) in [call.slf].iter().chain(positional).enumerate() {
                ffi::PyTuple_SetItem(args, at.cast_signed(), ffi::Py_NewRef(arg));
            }
            let named = named(call);
            let result = match named {
                Some(named) => {
                    let method = self.0.load(Ordering::Acquire);
                    let result = ffi::PyObject_Call(method, args, named);
                    ffi::Py_XDECREF(named);
                    result
                }
                None => ptr::null_mut(),
            };
            ffi::Py_DECREF(args);
            result
        }
    }
}

/// The arguments by name as a dictionary; null without any, `None` on an error.
unsafe fn named(call: Call) -> Option<*mut PyObject> {
    if call.names.is_null() {
        return Some(ptr::null_mut());
    }
    // SAFETY: as in `PyO3s::call`.
    unsafe {
        let named = ffi::PyDict_New();
        if named.is_null() {
            return None;
        }
        for at in 0..ffi::PyTuple_Size(call.names) {
            let name = ffi::PyTuple_GetItem(call.names, at);
            let value = *call.args.add(call.count + at.cast_unsigned());
            if ffi::PyDict_SetItem(named, name, value) != 0 {
                ffi::Py_DECREF(named);
                return None;
            }
        }
        Some(named)
    }
}

/// A C function with the name, signature and docstring of another method.
pub(super) struct Method(ffi::PyMethodDef);

impl Method {
    /// Takes signature and docstring over from a method.
    pub(super) fn over(
        method: &Bound<'_, PyAny>,
        name: &str,
        function: PyCFunctionFastWithKeywords,
    ) -> PyResult<Self> {
        let doc: Option<String> = method.getattr("__doc__")?.extract()?;
        let doc = doc.unwrap_or_default();
        let signature: String = method.getattr("__text_signature__")?.extract()?;
        Self::new(name, &signature, &doc, function)
    }

    /// A method of this name, signature and docstring.
    pub(super) fn new(
        name: &str,
        signature: &str,
        doc: &str,
        function: PyCFunctionFastWithKeywords,
    ) -> PyResult<Self> {
        let doc = CString::new(format!("{name}{signature}\n--\n\n{doc}"))
            .map_err(|_| PyValueError::new_err("a docstring with a zero byte"))?;
        let name = CString::new(name)
            .map_err(|_| PyValueError::new_err("a method's name with a zero byte"))?;
        Ok(Self(ffi::PyMethodDef {
            // Both live as long as the process, as the descriptor needs.
            ml_name: name.into_raw(),
            ml_meth: ffi::PyMethodDefPointer {
                PyCFunctionFastWithKeywords: function,
            },
            ml_flags: ffi::METH_FASTCALL | ffi::METH_KEYWORDS,
            ml_doc: doc.into_raw(),
        }))
    }

    /// Makes it the method of this name.
    pub(super) fn attach(self, class: &Bound<'_, PyType>, name: &str) -> PyResult<()> {
        let definition = Box::leak(Box::new(self.0));
        // SAFETY: the class is one, and the definition lives for ever.
        let descriptor = unsafe { ffi::PyDescr_NewMethod(class.as_type_ptr(), definition) };
        // SAFETY: a new reference, or null with an error set.
        let descriptor = unsafe { Bound::from_owned_ptr_or_err(class.py(), descriptor) }?;
        class.setattr(name, descriptor)
    }
}

const _: () = assert!(mem::size_of::<usize>() == mem::size_of::<ffi::Py_ssize_t>());
