//! Typed labels: keys that are structs, and values that are enums.

mod cardinality;
mod key;
mod value;

pub(crate) use cardinality::cardinality;
pub use key::Labels;
pub use value::LabelValue;
