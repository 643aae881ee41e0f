//! Bytes from libFuzzer for `protobuf`.

#![no_main]

libfuzzer_sys::fuzz_target!(|page: &[u8]| dynamometer_fuzz::protobuf(page));
