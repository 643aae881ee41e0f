//! Declaring metrics by their type: what `#[derive(Metrics)]` builds on.
//!
//! [`Metrics`] is a struct of metrics. Each of its fields
//! implements [`Declare`], which makes it out of a [`Declaration`]: the field's
//! name, doc comment and attributes. An attribute that only some types have a use
//! for is given to those that implement [`Takes`] for it.

pub mod attribute;

mod declaration;
mod family;
mod handle;
mod metrics;
mod needs;
mod takes;

pub use declaration::Declaration;
pub use handle::Declare;
pub use metrics::Metrics;
pub use needs::Needs;
pub use takes::Takes;
