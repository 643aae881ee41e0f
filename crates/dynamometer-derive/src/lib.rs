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

/// Declares a struct of metrics: each field is one, its type says which kind.
///
/// The struct implements the trait `Metrics`: `register` makes every metric in a
/// container and never fails, `try_register` returns the first mistake.
///
/// ```
/// use dynamometer::{Container, Counter, CounterVec, Histogram, Metrics};
///
/// /// What the server says of itself.
/// #[derive(Metrics)]
/// #[metrics(prefix = "http", labels(port = "8000"))]
/// struct HttpMetrics {
///     /// Requests handled.
///     #[metric(name = "requests_total")]
///     requests: Counter,
///     /// Time to answer.
///     #[metric(unit = "seconds", buckets = [0.01, 0.1, 1.0])]
///     latency: Histogram,
///     /// Requests that failed.
///     #[metric(label_names = ["route"])]
///     errors_total: CounterVec,
///     #[metric(nested, prefix = "db")]
///     database: DatabaseMetrics,
/// }
///
/// #[derive(Metrics)]
/// struct DatabaseMetrics {
///     /// Queries sent.
///     queries_total: Counter,
/// }
///
/// let container = Container::new("app");
/// let metrics = HttpMetrics::register(&container);
/// metrics.requests.inc();
/// metrics.latency.observe(0.05);
/// metrics.errors_total.with_label_values(&["/chat"]).inc();
/// metrics.database.queries_total.inc_by(2);
///
/// let page = container.export_prometheus();
/// assert!(page.contains("# HELP app_http_requests_total Requests handled.\n"));
/// assert!(page.contains("app_http_requests_total{port=\"8000\"} 1\n"));
/// assert!(page.contains("app_http_latency_seconds_count{port=\"8000\"} 1\n"));
/// assert!(page.contains("app_http_errors_total{port=\"8000\",route=\"/chat\"} 1\n"));
/// assert!(page.contains("app_http_db_queries_total{port=\"8000\"} 2\n"));
/// ```
///
/// # Fields
///
/// A field's type implements `Declare`: a handle, a family, or a boxed trait. The
/// metric is called like the field, and the first paragraph of the field's doc
/// comment is its help text. Two kinds of
/// field are not metrics: those marked `nested` or `skip`, and one called `base`,
/// of type `BaseComponentMetrics`, without an attribute. That one is made over
/// the container as it was passed in, and the struct gets `print_metrics(&self)`,
/// which prints all of the component's metrics for a person.
///
/// # Attributes
///
/// | on the struct | means |
/// |---|---|
/// | `metrics(prefix = "…")` | every name begins with this and `_` |
/// | `metrics(labels(key = "…"))` | every metric has these labels |
/// | `metrics(crate = "…")` | the path to `dynamometer`, where it is re-exported |
///
/// | on a field | means |
/// |---|---|
/// | `metric(name = "…")` | the name; without it the field's |
/// | `metric(unit = "seconds")` | the unit, in which the name then ends |
/// | `metric(labels(key = "…"))` | constant labels |
/// | `metric(buckets = […])` | upper bounds: an array, a constant or another expression |
/// | `metric(exponential)` | exponential buckets, behind a `Box<dyn MetricHistogram>`; an `ExponentialHistogram` has no others |
/// | `metric(alias = "…")` | a further name, repeatable |
/// | `metric(limit = 1000)` | at most so many series |
/// | `metric(label_names = ["…"])` | the labels of a family whose keys are strings, which can not do without |
/// | `metric(expire_after = …)` | a family's series leave after this `Duration` without a change |
/// | `metric(states = ["…"])` | the states of a state set, which can not do without: an array, a constant or another expression |
/// | `metric(shared_cells)` | all threads record into one set of cells |
/// | `metric(exemplars)` | series keep exemplars |
/// | `metric(nested)` | the type implements `Metrics` itself; may have `prefix` and `labels` |
/// | `metric(skip)` | not a metric; filled with its default |
///
/// A label's value is any expression of type `&str`. An attribute that the
/// field's type has no use for does not compile.
#[proc_macro_derive(Metrics, attributes(metrics, metric))]
pub fn derive_metrics(input: TokenStream) -> TokenStream {
    let input = parse_macro_input!(input as DeriveInput);
    metrics::expand(&input)
        .unwrap_or_else(Error::into_compile_error)
        .into()
}
