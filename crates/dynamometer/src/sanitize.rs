//! Names as Prometheus accepts them, the same in every language.
//!
//! The rules and their vectors are in `tests/conformance/sanitisers.json`.

use crate::error::{Error, ErrorKind};

/// What every metric of a component begins with.
const COMPONENT_PREFIX: &str = "dynamo_component_";

/// Returns `name` with every character Prometheus refuses made an underscore.
///
/// `[^a-zA-Z0-9_:]` becomes `_`; where the first character is not in
/// `[a-zA-Z_:]` a `_` is put before it.
///
/// ```
/// use dynamometer::sanitize_prometheus_name;
///
/// assert_eq!(sanitize_prometheus_name("123.test-name@domain")?, "_123_test_name_domain");
/// # Ok::<(), dynamometer::Error>(())
/// ```
///
/// # Errors
///
/// [`ErrorKind::InvalidName`] where the name is empty or nothing but underscores
/// is left of it.
pub fn sanitize_prometheus_name(name: &str) -> Result<String, Error> {
    sanitize(name, |char| char.is_ascii_alphanumeric() || char == ':').ok_or_else(|| {
        let message = format!("metric name {name:?} has no letter, digit or colon to keep");
        Error::new(ErrorKind::InvalidName, message)
    })
}

/// Returns `name` as a Prometheus label name.
///
/// As [`sanitize_prometheus_name`], but colons become `_` too, and a leading
/// `__`, which Prometheus keeps for itself, is stripped.
///
/// ```
/// use dynamometer::sanitize_prometheus_label;
///
/// assert_eq!(sanitize_prometheus_label("__test")?, "test");
/// assert_eq!(sanitize_prometheus_label(":test")?, "_test");
/// # Ok::<(), dynamometer::Error>(())
/// ```
///
/// # Errors
///
/// [`ErrorKind::InvalidLabel`] where the name is empty or nothing but
/// underscores is left of it.
pub fn sanitize_prometheus_label(name: &str) -> Result<String, Error> {
    let refused = || {
        let message = format!("label name {name:?} has no letter or digit to keep");
        Error::new(ErrorKind::InvalidLabel, message)
    };
    let clean = sanitize(name, |char| char.is_ascii_alphanumeric()).ok_or_else(refused)?;
    let Some(rest) = clean.strip_prefix("__") else {
        return Ok(clean);
    };
    // What follows the stripped prefix may begin with a digit, or with `__` again.
    let rest = rest.trim_start_matches('_');
    let needs_underscore = rest.starts_with(|char: char| char.is_ascii_digit());
    Ok(if needs_underscore {
        format!("_{rest}")
    } else {
        rest.to_owned()
    })
}

/// Returns the full name of a component's metric: `dynamo_component_` and `name`.
///
/// ```
/// use dynamometer::build_component_metric_name;
///
/// assert_eq!(build_component_metric_name("123metric")?, "dynamo_component__123metric");
/// # Ok::<(), dynamometer::Error>(())
/// ```
///
/// # Errors
///
/// As [`sanitize_prometheus_name`].
pub fn build_component_metric_name(name: &str) -> Result<String, Error> {
    Ok(format!(
        "{COMPONENT_PREFIX}{}",
        sanitize_prometheus_name(name)?
    ))
}

/// Keeps what `is_kept` and underscores; `None` where only underscores are left.
fn sanitize(name: &str, is_kept: impl Fn(char) -> bool) -> Option<String> {
    let mut clean = String::with_capacity(name.len() + 1);
    if name.starts_with(|char: char| char.is_ascii_digit()) {
        clean.push('_');
    }
    clean.extend(
        name.chars()
            .map(|char| if is_kept(char) { char } else { '_' }),
    );
    clean.contains(|char| char != '_').then_some(clean)
}
