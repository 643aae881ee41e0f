//! The derive macros of dynamometer; use them through the crate `dynamometer`.
//!
//! Each macro reads its input, collects every mistake in it, and only then
//! writes code. What it writes calls functions of `dynamometer::__private` and
//! decides nothing itself.

#![forbid(unsafe_code)]

mod attribute;
mod case;
mod errors;
mod generics;
mod labels;
mod metrics;
mod name;

use proc_macro::TokenStream;
use syn::{DeriveInput, Error, parse_macro_input};

/// Makes a struct the key of a family, or an enum the value of a label.
///
/// # Structs
///
/// A struct with named fields implements `Labels`: one label for each field, in
/// their order, each of a type that implements `LabelValue`. A struct without
/// fields is a key without labels.
///
/// ```
/// use dynamometer::Labels;
///
/// #[derive(Labels)]
/// struct Request<'a> {
///     model: &'a str,
///     #[label(name = "code")]
///     status: u16,
/// }
///
/// assert_eq!(Request::NAMES, ["model", "code"]);
/// let key = Request { model: "small", status: 404 };
/// assert_eq!(key.with_values(|values| values.join(" ")), "small 404");
/// ```
///
/// A label is called like its field, a raw one without `r#`. Names have letters,
/// digits and underscores, begin with no digit, and are not `le`, `quantile` or
/// beginning with `__`.
///
/// # Enums
///
/// An enum whose variants carry no data implements `LabelValue`, with the closed
/// list of its variants. A key of such labels alone is found by its position,
/// without hashing.
///
/// ```
/// use dynamometer::{LabelValue, Labels};
///
/// #[derive(Labels)]
/// enum Status {
///     Ok,
///     NotFound,
///     HTTPError,
///     #[label(name = "2.0-beta")]
///     V2Beta,
/// }
///
/// assert_eq!(Status::VALUES, Some(&["ok", "not_found", "http_error", "2.0-beta"][..]));
/// assert_eq!(Status::HTTPError.index(), 2);
/// ```
///
/// A value is its variant's name in snake case: a word begins at a capital after
/// a small letter or a digit, at a capital before a small letter, and after an
/// underscore. `V2Beta` is `v2_beta`, `Http2` is `http2`, `X86_64` is `x86_64`.
///
/// # Attributes
///
/// | attribute | on | means |
/// |---|---|---|
/// | `label(name = "…")` | field, variant | the label's name, the value's text |
/// | `label(rename_all = "…")` | enum | `snake_case`, `lowercase`, `UPPERCASE`, `SCREAMING_SNAKE_CASE`, `kebab-case`, `PascalCase` or `camelCase` |
/// | `label(crate = "…")` | struct, enum | the path to `dynamometer`, where it is re-exported |
///
/// `lowercase` and `UPPERCASE` keep words together, `PascalCase` keeps the name
/// as it is written.
#[proc_macro_derive(Labels, attributes(label))]
pub fn derive_labels(input: TokenStream) -> TokenStream {
    let input = parse_macro_input!(input as DeriveInput);
    labels::expand(&input)
        .unwrap_or_else(Error::into_compile_error)
        .into()
}

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
