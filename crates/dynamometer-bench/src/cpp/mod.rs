//! libnv and prometheus-cpp, which a C++ program measures: `cpp/libnv/bench`.

mod found;
mod needed;
mod program;

pub(crate) use found::Found;
pub(crate) use needed::ensure;
pub(crate) use program::measure;
