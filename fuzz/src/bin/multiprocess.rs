//! Bytes from libFuzzer for `multiprocess`.

#![no_main]

libfuzzer_sys::fuzz_target!(|files: &[u8]| dynamometer_fuzz::multiprocess(files));
