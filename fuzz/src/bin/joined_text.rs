//! Bytes from libFuzzer for `joined_text`.

#![no_main]

libfuzzer_sys::fuzz_target!(|page: &[u8]| dynamometer_fuzz::joined_text(page));
