//! The C++ library `plugin.cpp`, compiled and loaded as a program does it.

use std::ffi::{CStr, CString, c_char, c_uint, c_ulong, c_void};
use std::path::PathBuf;
use std::process::Command;

/// Its functions.
pub struct Plugin {
    pub handle: unsafe extern "C" fn(c_uint, c_uint),
    pub count_as: unsafe extern "C" fn(*const c_char, c_ulong),
    pub is_refused: unsafe extern "C" fn(*const c_char, *const c_char) -> bool,
}

/// Compiles the library without libnv, and loads it into a scope of its own.
pub fn load() -> Plugin {
    let library = compile();
    let path = CString::new(library.as_os_str().as_encoded_bytes()).unwrap();
    // SAFETY: a path; the library's own initialisers run.
    let handle = unsafe { libc::dlopen(path.as_ptr(), libc::RTLD_NOW | libc::RTLD_LOCAL) };
    assert!(!handle.is_null(), "{} can not be loaded", library.display());
    // SAFETY: functions of those types, of a library that stays loaded.
    unsafe {
        Plugin {
            handle: std::mem::transmute::<*mut c_void, unsafe extern "C" fn(c_uint, c_uint)>(
                symbol(handle, c"plugin_handle"),
            ),
            count_as: std::mem::transmute::<
                *mut c_void,
                unsafe extern "C" fn(*const c_char, c_ulong),
            >(symbol(handle, c"plugin_count_as")),
            is_refused: std::mem::transmute::<
                *mut c_void,
                unsafe extern "C" fn(*const c_char, *const c_char) -> bool,
            >(symbol(handle, c"plugin_is_refused")),
        }
    }
}

fn symbol(handle: *mut c_void, name: &CStr) -> *mut c_void {
    // SAFETY: a library that is loaded.
    let symbol = unsafe { libc::dlsym(handle, name.as_ptr()) };
    assert!(!symbol.is_null(), "{name:?}");
    symbol
}

fn compile() -> PathBuf {
    let here = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/cxx/plugin.cpp");
    let include = concat!(env!("CARGO_MANIFEST_DIR"), "/../../cpp/libnv/include");
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR"));
    let library = folder.join(format!("plugin-{}.so", std::process::id()));
    let done = Command::new("c++")
        .args(["-std=c++17", "-O2", "-fPIC", "-shared", "-pthread"])
        .args(["-DLIBNV_LATE_BIND", "-I", include, here, "-o"])
        .arg(&library)
        .status()
        .unwrap();
    assert!(done.success());
    library
}
