//! `#[derive(Metrics)]`: what compiles, and what is said where it does not.
//!
//! The messages are in `derive/fail/*.stderr`; after a change that is meant,
//! `TRYBUILD=overwrite cargo test -p dynamometer --test derive` writes them anew.

#[test]
fn structs_with_a_base_compile_and_others_are_told_why_not() {
    let cases = trybuild::TestCases::new();
    cases.pass("tests/derive/pass/*.rs");
    cases.compile_fail("tests/derive/fail/*.rs");
}
