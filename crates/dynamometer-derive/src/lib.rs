//! The derive macros of dynamometer; use them through the crate `dynamometer`.

#![forbid(unsafe_code)]

mod metrics;

use proc_macro::TokenStream;
use syn::{DeriveInput, parse_macro_input};

/// Gives a component's struct of metrics its methods.
///
/// The struct has a field `base`, of type `BaseComponentMetrics`, that holds the
/// container its other fields were created in. The derive adds
/// `print_metrics(&self)`, which prints all of the component's metrics for a
/// person.
#[proc_macro_derive(Metrics)]
pub fn derive_metrics(input: TokenStream) -> TokenStream {
    let input = parse_macro_input!(input as DeriveInput);
    metrics::expand(&input)
        .unwrap_or_else(syn::Error::into_compile_error)
        .into()
}
