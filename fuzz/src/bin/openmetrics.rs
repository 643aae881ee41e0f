//! Bytes from libFuzzer for `openmetrics`.

#![no_main]

libfuzzer_sys::fuzz_target!(|page: &[u8]| dynamometer_fuzz::openmetrics(page));
