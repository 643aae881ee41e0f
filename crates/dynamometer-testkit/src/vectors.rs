//! The vectors of the sanitisers: inputs with what must become of them.

use std::path::Path;

use dynamometer::ErrorKind;
use serde::Deserialize;

use crate::scenario::{LoadError, VECTORS, read};

/// One of the three functions, by its name in every language.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize)]
#[non_exhaustive]
pub enum Sanitiser {
    /// `sanitize_prometheus_name`.
    #[serde(rename = "sanitize_prometheus_name")]
    Name,
    /// `sanitize_prometheus_label`.
    #[serde(rename = "sanitize_prometheus_label")]
    Label,
    /// `build_component_metric_name`.
    #[serde(rename = "build_component_metric_name")]
    ComponentMetricName,
}

/// An input of a function, and what it returns.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Vector {
    /// The function.
    pub function: Sanitiser,
    /// The name that is sanitised.
    pub input: String,
    /// What comes out.
    pub expected: Expected,
}

/// What a function returns.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Expected {
    /// This name.
    Output(String),
    /// An error of this kind.
    Error(ErrorKind),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawFile {
    #[serde(rename = "title")]
    _title: String,
    vectors: Vec<RawGroup>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawGroup {
    function: Sanitiser,
    /// Pairs of input and output.
    outputs: Vec<(String, String)>,
    /// The kind of the error for all of `refused`.
    error: String,
    refused: Vec<String>,
}

/// Returns the vectors of the folder's `sanitisers.json`.
///
/// # Errors
///
/// Says what is wrong with the file, by line and column.
pub fn load_vectors(folder: impl AsRef<Path>) -> Result<Vec<Vector>, LoadError> {
    let path = folder.as_ref().join(VECTORS);
    let wrong = |message: String| LoadError::new(&path, message);
    let file: RawFile =
        serde_json::from_str(&read(&path)?).map_err(|error| wrong(error.to_string()))?;
    let mut vectors = Vec::new();
    for group in file.vectors {
        let kind = ErrorKind::ALL
            .iter()
            .find(|kind| kind.as_str() == group.error);
        let kind = kind.ok_or_else(|| wrong(format!("unknown error kind {:?}", group.error)))?;
        let outputs = group.outputs.into_iter();
        let outputs = outputs.map(|(input, output)| (input, Expected::Output(output)));
        let refused = group.refused.into_iter();
        let refused = refused.map(|input| (input, Expected::Error(*kind)));
        vectors.extend(outputs.chain(refused).map(|(input, expected)| Vector {
            function: group.function,
            input,
            expected,
        }));
    }
    Ok(vectors)
}
