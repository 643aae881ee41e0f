//! Pages that are read, and pages that are refused.

mod generated;
mod joined;
mod known;
mod openmetrics;
mod protobuf;
mod round_trip;
mod scan;
mod text;
