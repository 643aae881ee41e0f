//! libnv, the C++ side of dynamometer, inside a Rust program.
//!
//! The C++ sources are compiled into this crate: a program that uses it meets the
//! C++ libraries of its process, however they were built and loaded, and shares
//! cells and a registry with them; see `docs/adr/0011-libnv.md`.
//!
//! | module | holds |
//! |---|---|
//! | [`abi`] | the C ABI of `libnv.h`, field by field |
//! | `meeting` | who owns the cells of the process, and its table |
//! | [`backend`] | the C++ registry as the place of a Rust container's metrics |
//! | [`container`] | a container as C++ that is built with the program declares in it |
//! | [`host`] | what a Rust container does for C++, and its attachment |
//! | `doctor` | what is true of the process now |
//!
//! Everything here is `Send + Sync` and safe to call from any thread.

pub mod abi;
pub mod backend;
mod called;
pub mod container;
mod doctor;
mod error;
pub mod host;
mod meeting;
mod panic;
mod process;

pub use self::{
    doctor::{Copy, Doctor, Refusal, doctor},
    error::Error,
    meeting::{api, prepare},
};
