//! The derive macros: what they make, what compiles, and what is said where it
//! does not.

mod compile;
mod families;
mod labels;
mod metrics;
mod registration;
