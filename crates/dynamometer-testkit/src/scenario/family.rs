//! Steps on a family that is looked up by label values.

use dynamometer::ErrorKind;
use serde::Deserialize;

use crate::scenario::word;

/// Looks a series up, or must fail to.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct LookUp {
    #[serde(rename = "look_up")]
    pub(crate) family: String,
    pub(crate) values: Vec<String>,
    #[serde(rename = "as")]
    pub(crate) alias: Option<String>,
    #[serde(default, deserialize_with = "word::error_kind")]
    pub(crate) error: Option<ErrorKind>,
    /// The error's words.
    pub(crate) message: Option<String>,
}

/// Removes a series, which must have been there or not.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Remove {
    #[serde(rename = "remove")]
    pub(crate) family: String,
    pub(crate) values: Vec<String>,
    pub(crate) removed: bool,
}
