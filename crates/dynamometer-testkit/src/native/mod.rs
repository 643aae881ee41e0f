//! The facade's own container under test, with all that it can do.

mod container;
mod family;
