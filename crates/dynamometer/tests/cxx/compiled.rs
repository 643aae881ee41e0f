//! C++ that a test compiles and loads, as a program loads a plug-in.

use std::ffi::{CStr, CString, c_void};
use std::path::{Path, PathBuf};
use std::process::Command;

/// A library that stays loaded.
pub(crate) struct Library(*mut c_void);

/// Compiles sources below `cpp/libnv` or this crate against libnv's headers alone,
/// and loads them into a scope of their own.
pub(crate) fn load(name: &str, sources: &[&Path], include: &[&Path]) -> Library {
    let library = compile(name, sources, include);
    let path = CString::new(library.as_os_str().as_encoded_bytes()).unwrap();
    // SAFETY: a path; the library's own initialisers run.
    let handle = unsafe { libc::dlopen(path.as_ptr(), libc::RTLD_NOW | libc::RTLD_LOCAL) };
    assert!(!handle.is_null(), "{} can not be loaded", library.display());
    Library(handle)
}

impl Library {
    /// The address of a function.
    pub(crate) fn symbol(&self, name: &CStr) -> *mut c_void {
        // SAFETY: a library that is loaded.
        let symbol = unsafe { libc::dlsym(self.0, name.as_ptr()) };
        assert!(!symbol.is_null(), "{name:?}");
        symbol
    }
}

/// The folder of libnv.
pub(crate) fn libnv() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../cpp/libnv")
}

fn compile(name: &str, sources: &[&Path], include: &[&Path]) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR"));
    let library = folder.join(format!("{name}-{}.so", std::process::id()));
    let mut compiler = Command::new(variable("CXX").unwrap_or_else(|| "c++".to_owned()));
    let flags = variable("CXXFLAGS").unwrap_or_default();
    let link = variable("LDFLAGS").unwrap_or_else(|| "-Wl,-z,defs".to_owned());
    compiler
        .args(["-std=c++17", "-O1", "-fPIC", "-shared", "-pthread"])
        .args(["-DLIBNV_LATE_BIND", "-o"])
        .arg(&library)
        .args(flags.split_whitespace().chain(link.split_whitespace()))
        .args(sources)
        .arg("-I")
        .arg(libnv().join("include"));
    for folder in include {
        compiler.arg("-I").arg(folder);
    }
    assert!(compiler.status().unwrap().success());
    library
}

/// What C++ is compiled and linked with elsewhere, such as a sanitizer.
fn variable(name: &str) -> Option<String> {
    #[expect(
        clippy::disallowed_methods,
        reason = "what this compiles belongs with what cargo compiled"
    )]
    std::env::var(name).ok()
}
