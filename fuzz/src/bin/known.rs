//! Bytes from libFuzzer for `known`.

#![no_main]

libfuzzer_sys::fuzz_target!(|page: &[u8]| dynamometer_fuzz::known(page));
