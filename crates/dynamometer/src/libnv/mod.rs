//! Feature `libnv`: the C++ libraries of the process report into a container.
//!
//! [`Container::publish_to_libnv`](crate::Container::publish_to_libnv) makes a container the place where C++ metrics go.
//! [`Container::for_cxx`](crate::Container::for_cxx) shows one to C++ that is built into the program, alone.
//! [`doctor`] says what libnv knows of this process.

mod behind_c;
mod error;
mod family;
mod for_cxx;
mod host;
mod published;

pub use dynamometer_libnv::container::Container as CxxContainer;
pub use dynamometer_libnv::{Copy, Doctor, Refusal};

#[doc(hidden)]
pub use self::behind_c::BehindC;
pub use self::published::Published;
use crate::error::Error;

/// Says who owns the cells of this process, where C++ metrics go, and what was
/// refused; printed, it is a table.
///
/// ```
/// println!("{}", dynamometer::libnv::doctor()?);
/// # Ok::<(), dynamometer::Error>(())
/// ```
///
/// # Errors
///
/// [`ErrorKind::Backend`](crate::ErrorKind::Backend) where a copy of libnv of
/// another version owns the process.
pub fn doctor() -> Result<Doctor, Error> {
    dynamometer_libnv::doctor().map_err(Error::from)
}
