//! What compiles, and what is said where it does not.
//!
//! The messages are in `fail/*.stderr`; after a change that is meant,
//! `TRYBUILD=overwrite cargo test -p dynamometer --test derive` writes them anew.

#[test]
fn what_is_right_compiles_and_what_is_wrong_is_told_why_not() {
    let cases = trybuild::TestCases::new();
    cases.pass("tests/derive/pass/*.rs");
    cases.compile_fail("tests/derive/fail/*.rs");
}
