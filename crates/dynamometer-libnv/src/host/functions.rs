//! The C functions of a registry, around a [`Host`].
//!
//! SAFETY, for all of them: the caller keeps what `libnv.h` says of the function, so
//! `this` is the host that came with the table, families and slots came from it, and
//! what pointers point to lives during the call.
#![allow(unsafe_code, reason = "answers C")]

use std::ffi::{CStr, c_char, c_void};

use super::last_error::{answer, last_error};
use super::request::Request;
use super::source::Source;
use super::{Adopted, Dropped, Host, Page, read, slot};
use crate::abi::{self, Registry, Sink, Status, Str};
use crate::error::Error;
use crate::panic::quietly;

const LANGUAGE: &CStr = c"rust";

/// The table of functions of hosts of one type.
pub(super) struct Functions<H>(H);

impl<H: Host> Functions<H> {
    pub(super) const TABLE: &'static Registry = &Registry {
        struct_size: size_of::<Registry>(),
        abi: abi::ABI,
        language: LANGUAGE.as_ptr(),
        backend: H::BACKEND.as_ptr(),
        check_scope: check_scope::<H>,
        family: family::<H>,
        release_family: release_family::<H>,
        look_up: look_up::<H>,
        remove: remove::<H>,
        drop_slot,
        notify,
        value,
        write_page: write_page::<H>,
        add_source: add_source::<H>,
        remove_source: remove_source::<H>,
        adopt: adopt::<H>,
        report: report::<H>,
        last_error,
        count_dropped: count_dropped::<H>,
        write_self_page: write_self_page::<H>,
        // A container of Rust is read in Rust.
        each_family: None,
        write_labels: None,
        remove_written: None,
    };
}

fn null(what: &str) -> Error {
    Error::argument(format!("{what} is null"))
}

/// The host behind `this`.
unsafe fn host<'a, H: Host>(this: *mut c_void) -> Result<&'a H, Error> {
    // SAFETY: see the module.
    unsafe { this.cast::<H>().as_ref() }.ok_or_else(|| null("the registry"))
}

/// A family that `family` made.
unsafe fn family_of<'a, H: Host>(family: *mut abi::Family) -> Result<&'a H::Family, Error> {
    // SAFETY: see the module.
    unsafe { family.cast::<H::Family>().as_ref() }.ok_or_else(|| null("the family"))
}

/// The place for an answer.
unsafe fn place<'a, T>(out: *mut T) -> Result<&'a mut T, Error> {
    // SAFETY: see the module.
    unsafe { out.as_mut() }.ok_or_else(|| null("the place for the answer"))
}

unsafe extern "C" fn check_scope<H: Host>(
    this: *mut c_void,
    request: *const abi::Request,
) -> Status {
    answer(|| {
        // SAFETY: see the module.
        let (host, request) = unsafe { (host::<H>(this)?, Request::read(request)?) };
        host.check_scope(&request)
    })
}

unsafe extern "C" fn family<H: Host>(
    this: *mut c_void,
    request: *const abi::Request,
    out: *mut *mut abi::Family,
) -> Status {
    answer(|| {
        // SAFETY: see the module.
        let (host, out) = unsafe { (host::<H>(this)?, place(out)?) };
        // SAFETY: see the module.
        let request = unsafe { Request::read(request)? };
        *out = Box::into_raw(Box::new(host.family(&request)?)).cast();
        Ok(())
    })
}

unsafe extern "C" fn release_family<H: Host>(_: *mut c_void, family: *mut abi::Family) {
    quietly(|| {
        if !family.is_null() {
            // SAFETY: made by `family`, released once.
            drop(unsafe { Box::from_raw(family.cast::<H::Family>()) });
        }
    });
}

unsafe extern "C" fn look_up<H: Host>(
    this: *mut c_void,
    family: *mut abi::Family,
    values: *const Str,
    value_count: usize,
    out: *mut *mut abi::Slot,
) -> Status {
    answer(|| {
        // SAFETY: see the module.
        let (host, out) = unsafe { (host::<H>(this)?, place(out)?) };
        // SAFETY: see the module.
        let family = unsafe { family_of::<H>(family)? };
        // SAFETY: see the module.
        let values = unsafe { read::texts("a label's value", values, value_count)? };
        let series = host.look_up(family, &values)?;
        *out = slot::make(Functions::<H>::TABLE, family, series);
        Ok(())
    })
}

unsafe extern "C" fn remove<H: Host>(
    this: *mut c_void,
    family: *mut abi::Family,
    values: *const Str,
    value_count: usize,
    removed: *mut u32,
) -> Status {
    answer(|| {
        // SAFETY: see the module.
        let (host, removed) = unsafe { (host::<H>(this)?, removed.as_mut()) };
        // SAFETY: see the module.
        let family = unsafe { family_of::<H>(family)? };
        // SAFETY: see the module.
        let values = unsafe { read::texts("a label's value", values, value_count)? };
        let was_there = host.remove(family, &values)?;
        if let Some(removed) = removed {
            *removed = was_there.into();
        }
        Ok(())
    })
}

unsafe extern "C" fn drop_slot(slot: *mut abi::Slot) {
    // SAFETY: see the module.
    quietly(|| unsafe { slot::end(slot) });
}

unsafe extern "C" fn notify(slot: *mut abi::Slot) {
    // SAFETY: see the module.
    quietly(|| unsafe { slot::notify(slot) });
}

unsafe extern "C" fn value(_: *mut c_void, slot: *const abi::Slot, out: *mut abi::Value) -> Status {
    // SAFETY: see the module.
    answer(|| unsafe { slot::value(slot, out) })
}

/// The formats, as they are numbered.
fn page_of(format: u32) -> Result<Page, Error> {
    [Page::Text, Page::OpenMetrics, Page::Json]
        .get(format as usize)
        .copied()
        .ok_or_else(|| Error::argument(format!("{format} is no format of a page")))
}

/// Hands a page to C in one piece.
unsafe fn write(sink: Option<Sink>, context: *mut c_void, page: &[u8]) -> Result<(), Error> {
    let sink = sink.ok_or_else(|| null("the sink"))?;
    // SAFETY: see the module.
    unsafe { sink(context, page.as_ptr().cast::<c_char>(), page.len()) };
    Ok(())
}

unsafe extern "C" fn write_page<H: Host>(
    this: *mut c_void,
    format: u32,
    sink: Option<Sink>,
    context: *mut c_void,
) -> Status {
    answer(|| {
        // SAFETY: see the module.
        let host = unsafe { host::<H>(this)? };
        let page = host.page(page_of(format)?)?;
        // SAFETY: see the module.
        unsafe { write(sink, context, &page) }
    })
}

unsafe extern "C" fn write_self_page<H: Host>(
    this: *mut c_void,
    format: u32,
    sink: Option<Sink>,
    context: *mut c_void,
) -> Status {
    answer(|| {
        // SAFETY: see the module.
        let host = unsafe { host::<H>(this)? };
        let page = host.self_page(page_of(format)?)?;
        // SAFETY: see the module.
        unsafe { write(sink, context, &page) }
    })
}

unsafe extern "C" fn add_source<H: Host>(this: *mut c_void, source: *const abi::Source) -> Status {
    answer(|| {
        // SAFETY: see the module.
        let host = unsafe { host::<H>(this)? };
        // SAFETY: see the module.
        host.add_source(unsafe { Source::read(source)? })
    })
}

unsafe extern "C" fn remove_source<H: Host>(
    this: *mut c_void,
    name: Str,
    removed: *mut u32,
) -> Status {
    answer(|| {
        // SAFETY: see the module.
        let (host, removed) = unsafe { (host::<H>(this)?, removed.as_mut()) };
        // SAFETY: see the module.
        let name = unsafe { read::text("the source's name", name)? };
        let was_there = host.remove_source(name);
        if let Some(removed) = removed {
            *removed = was_there.into();
        }
        Ok(())
    })
}

unsafe extern "C" fn adopt<H: Host>(
    this: *mut c_void,
    family: *mut abi::Family,
    values: *const Str,
    value_count: usize,
    offset: i64,
    cells: *mut u64,
    out: *mut *mut abi::Slot,
) -> Status {
    answer(|| {
        // SAFETY: see the module.
        let (host, out) = unsafe { (host::<H>(this)?, place(out)?) };
        // SAFETY: see the module.
        let family = unsafe { family_of::<H>(family)? };
        // SAFETY: see the module.
        let values = unsafe { read::texts("a label's value", values, value_count)? };
        // SAFETY: see the module.
        let cells = unsafe { Adopted::read(family, offset, cells)? };
        let series = host.adopt(family, &values, cells)?;
        *out = slot::make(Functions::<H>::TABLE, family, series);
        Ok(())
    })
}

unsafe extern "C" fn report<H: Host>(this: *mut c_void, name: Str, error: *const abi::Error) {
    quietly(|| {
        let report = || -> Result<(), Error> {
            // SAFETY: see the module.
            let host = unsafe { host::<H>(this)? };
            // SAFETY: see the module.
            let name = unsafe { read::text("the name", name)? };
            // SAFETY: see the module; zero is "nothing is said".
            let error = unsafe { read::structure("the error", error)? };
            // SAFETY: see the module.
            let message = unsafe { read::text("the message", error.message)? };
            // SAFETY: see the module.
            let existing = unsafe { read::text("what is there", error.existing)? };
            host.report(
                name,
                &Error::new(error.status, message).with_existing(existing),
            );
            Ok(())
        };
        // A report that can not be read is nothing to report.
        let _ = report();
    });
}

unsafe extern "C" fn count_dropped<H: Host>(_: *mut c_void, reason: u32, values: u64) {
    quietly(|| {
        let reasons = [
            Dropped::NotANumber,
            Dropped::Negative,
            Dropped::UnknownState,
        ];
        if let Some(reason) = reasons.get(reason as usize) {
            H::count_dropped(*reason, values);
        }
    });
}
