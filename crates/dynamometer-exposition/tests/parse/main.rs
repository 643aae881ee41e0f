//! Pages that are read, and pages that are refused.

mod known;
mod scan;
