//! A container for C++ that is built into this program.

use std::sync::Arc;

use dynamometer_libnv::container::Container as CxxContainer;

use super::host::CxxHost;
use crate::container::Container;

impl Container {
    /// Shows this container to C++ that is built into this program, through `cxx`.
    ///
    /// C++ declares in this view, with its prefix and labels, and gets the handles of
    /// `libnv.hpp`, which record inline and outlive it. Nothing is published: it is the
    /// container of those to whom it is handed. How a bridge names it is said in the
    /// guide for C++.
    ///
    /// ```
    /// let container = dynamometer::Container::new("app");
    /// let engine = container.scope("engine", &[]).for_cxx();
    /// // ffi::start_engine(&engine);
    /// # drop(engine);
    /// ```
    pub fn for_cxx(&self) -> CxxContainer {
        CxxContainer::over(&Arc::new(CxxHost(self.clone())))
    }
}
