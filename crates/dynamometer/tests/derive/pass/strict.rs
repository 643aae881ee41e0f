//! The generated code is fine with the strictest lints, and with names of the
//! standard library that mean something else.

#![forbid(unsafe_code)]
#![deny(warnings, missing_docs)]
#![allow(dead_code)]

mod component {
    //! A component that is called like what the macro uses.

    type Option = ();
    struct BaseComponentMetrics;
    mod dynamometer {}

    /// The metrics.
    #[derive(::dynamometer::Metrics)]
    pub struct Metrics {
        /// Behind `r#`, and not the first field.
        pub r#type: &'static str,
        /// The base.
        pub base: ::dynamometer::BaseComponentMetrics,
    }
}

fn main() {
    let metrics = component::Metrics {
        r#type: "worker",
        base: dynamometer::BaseComponentMetrics::new_prometheus("worker"),
    };
    // As visible as the struct.
    metrics.print_metrics();
}
