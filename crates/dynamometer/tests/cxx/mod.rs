//! The C++ library `plugin.cpp`.

mod compiled;

use std::ffi::{c_char, c_uint, c_ulong, c_void};
use std::path::Path;

type Handle = unsafe extern "C" fn(c_uint, c_uint);
type CountAs = unsafe extern "C" fn(*const c_char, c_ulong);
type IsRefused = unsafe extern "C" fn(*const c_char, *const c_char) -> bool;

/// Its functions.
pub(crate) struct Plugin {
    pub(crate) handle: Handle,
    pub(crate) count_as: CountAs,
    /// Asked by one of the tests.
    #[allow(dead_code, reason = "this module is part of several tests")]
    pub(crate) is_refused: IsRefused,
}

/// Compiles the library without libnv, and loads it.
pub(crate) fn load() -> Plugin {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cxx/plugin.cpp");
    let library = compiled::load("plugin", &[&source], &[]);
    // SAFETY: functions of those types, of a library that stays loaded.
    unsafe {
        Plugin {
            handle: std::mem::transmute::<*mut c_void, Handle>(library.symbol(c"plugin_handle")),
            count_as: std::mem::transmute::<*mut c_void, CountAs>(
                library.symbol(c"plugin_count_as"),
            ),
            is_refused: std::mem::transmute::<*mut c_void, IsRefused>(
                library.symbol(c"plugin_is_refused"),
            ),
        }
    }
}
