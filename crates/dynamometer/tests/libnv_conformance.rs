//! The scenarios of `tests/conformance`, run by C++ against a container of Rust.
#![allow(unsafe_code, reason = "is called by C++")]
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

#[path = "cxx/compiled.rs"]
mod compiled;

use std::ffi::{CString, c_char, c_void};
use std::path::PathBuf;
use std::{ptr, slice};

use dynamometer::Container;
use dynamometer::libnv::BehindC;

type Open = unsafe extern "C" fn(*mut c_void, *mut *mut c_void) -> *const c_void;
type Close = unsafe extern "C" fn(*mut c_void, *mut c_void);
type Sink = unsafe extern "C" fn(*mut c_void, *const c_char, usize);
type Conformance = unsafe extern "C" fn(
    folder: *const c_char,
    open: Open,
    close: Close,
    context: *mut c_void,
    report: Sink,
    report_context: *mut c_void,
) -> i32;

/// What is open, in the order in which it was opened.
type Opened = Vec<(*mut c_void, BehindC)>;

unsafe extern "C" fn open(context: *mut c_void, this: *mut *mut c_void) -> *const c_void {
    // SAFETY: what the test passes.
    let (opened, this) = unsafe { (&mut *context.cast::<Opened>(), &mut *this) };
    let hosted = BehindC::new(Container::new(""));
    let (functions, host) = hosted.parts();
    *this = host;
    opened.push((host, hosted));
    ptr::from_ref(functions).cast()
}

unsafe extern "C" fn close(context: *mut c_void, this: *mut c_void) {
    // SAFETY: what the test passes.
    let opened = unsafe { &mut *context.cast::<Opened>() };
    opened.retain(|(host, _)| *host != this);
}

unsafe extern "C" fn report(text: *mut c_void, data: *const c_char, len: usize) {
    // SAFETY: what the test passes.
    let text = unsafe { &mut *text.cast::<Vec<u8>>() };
    // SAFETY: a piece of text, while it is given.
    text.extend_from_slice(unsafe { slice::from_raw_parts(data.cast(), len) });
}

fn runner() -> Conformance {
    let libnv = compiled::libnv();
    let (runner, inner) = (libnv.join("tests/conformance"), libnv.join("src"));
    let part = |name| runner.join(name).with_extension("cpp");
    let parts = [
        "conformance",
        "expecting",
        "recording",
        "scenario",
        "subject",
        "words",
        "world",
    ];
    // What scenarios of exponential histograms are told in.
    let layout = [
        "exponential",
        "exponential_value",
        "powers",
        "quoted",
        "unprintable",
        "error",
    ];
    let layout = layout.map(|name| inner.join("registry").join(name).with_extension("cpp"));
    let number = inner.join("exposition/decimal.cpp");
    let sources: Vec<PathBuf> = parts
        .map(part)
        .into_iter()
        .chain(layout)
        .chain([number])
        .collect();
    let sources: Vec<_> = sources.iter().map(PathBuf::as_path).collect();
    let library = compiled::load("conformance", &sources, &[&runner, &inner]);
    // SAFETY: a function of that type, of a library that stays loaded.
    unsafe { std::mem::transmute::<*mut c_void, Conformance>(library.symbol(c"libnv_conformance")) }
}

#[test]
fn a_container_of_rust_conforms_as_cxx_sees_it() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/conformance");
    let folder = CString::new(folder).unwrap();
    let (mut opened, mut text) = (Opened::new(), Vec::<u8>::new());
    // SAFETY: functions that expect these places.
    let failed = unsafe {
        runner()(
            folder.as_ptr(),
            open,
            close,
            (&raw mut opened).cast(),
            report,
            (&raw mut text).cast(),
        )
    };
    let text = String::from_utf8_lossy(&text);
    assert_eq!(failed, 0, "{text}");
    assert!(text.contains("passed"), "{text}");
    assert!(opened.is_empty(), "{} were not closed", opened.len());
}
