//! Bytes from libFuzzer for `text`.

#![no_main]

libfuzzer_sys::fuzz_target!(|page: &[u8]| dynamometer_fuzz::text(page));
