//! The generated code is fine with the strictest lints, and with names of the
//! standard library that mean something else.

#![forbid(unsafe_code)]
#![deny(warnings, missing_docs, unused_qualifications)]
#![allow(dead_code)]

mod component {
    //! A component that is called like what the macro uses.

    type Option = ();
    type Result = ();
    struct BaseComponentMetrics;
    struct Container;
    trait Declare {}
    mod dynamometer {}

    /// The metrics.
    #[derive(::dynamometer::Metrics)]
    #[metrics(prefix = "worker", labels(port = "8000"))]
    pub struct Metrics {
        /// Behind `r#`, and not the first field.
        #[metric(skip)]
        pub r#type: &'static str,
        /// The base.
        pub base: ::dynamometer::BaseComponentMetrics,
        /// Time to answer.
        #[metric(unit = "seconds", buckets = [0.1, 1.0])]
        pub r#loop: ::dynamometer::Histogram,
        /// What the derive must go on using.
        #[deprecated]
        pub old: ::dynamometer::Gauge,
        /// A family.
        #[metric(label_names = ["model"], shared_cells)]
        pub family: ::dynamometer::CounterVec,
        /// More.
        #[metric(nested, prefix = "inner")]
        pub scope: Nothing,
    }

    /// No metrics at all.
    #[derive(::dynamometer::Metrics)]
    pub struct Nothing {}

    /// A key.
    #[derive(::dynamometer::Labels)]
    pub struct Labels<'a, R> {
        /// What generated code might call something else.
        pub with: &'a str,
        /// What the derive must go on using.
        #[deprecated]
        pub old: u8,
        /// The same.
        pub index: R,
    }

    /// A value.
    #[derive(::dynamometer::Labels)]
    pub enum Self_ {
        /// One.
        Some,
        /// Another.
        #[deprecated]
        Old,
        /// A third.
        None,
    }
}

use dynamometer::{Labels, Metrics};

fn main() {
    let container = dynamometer::Container::new("app");
    let metrics = component::Metrics::register(&container);
    // As visible as the struct.
    metrics.print_metrics();
    assert!(metrics.r#type.is_empty());
    #[allow(deprecated)]
    let key = component::Labels {
        with: "a",
        old: 1,
        index: component::Self_::None,
    };
    assert_eq!(key.with_values(|values| values.join(" ")), "a 1 none");
}
