//! With libnv, C++ may own the cells.

/// To be called before the engine is used: by each container, and by what is in none.
pub(crate) use dynamometer_libnv::prepare;
