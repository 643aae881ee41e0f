//! Files as `prometheus_client` writes them, and as nobody should.

mod faults;
mod file;
mod folder;
mod merging;
