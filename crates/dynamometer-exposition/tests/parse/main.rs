//! Pages that are read, and pages that are refused.

mod differential;
mod generated;
mod joined;
mod known;
mod openmetrics;
mod peer;
mod protobuf;
mod round_trip;
mod sample;
mod scan;
mod text;
