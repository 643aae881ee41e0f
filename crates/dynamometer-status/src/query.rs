//! The query of `/metrics`.

use std::borrow::Cow;

use dynamometer::Format;

use crate::names::Names;
use crate::negotiation::Representation;

/// What a query asks for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Query {
    /// The format, where one is named: `?format=`.
    pub(crate) format: Option<Representation>,
    /// The families, where some are named: `?name[]=`, any number of times.
    pub(crate) names: Names,
}

impl Query {
    /// Reads a query, percent-encoded or not; other parameters are passed over.
    ///
    /// # Errors
    ///
    /// The format's name, where there is no such format.
    pub(crate) fn read(query: &str) -> Result<Self, String> {
        let mut read = Self::default();
        for (key, value) in form_urlencoded::parse(query.as_bytes()) {
            match &*key {
                "format" => read.format = Some(format(value)?),
                "name[]" => read.names.push(value.into_owned()),
                _ => {}
            }
        }
        Ok(read)
    }
}

fn format(name: Cow<'_, str>) -> Result<Representation, String> {
    let format = Format::ALL
        .into_iter()
        .find(|format| format.as_str() == name);
    format
        .map(Representation::of)
        .ok_or_else(|| name.into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_decoded_and_added_up() {
        let query = Query::read("name[]=a&name%5B%5D=b%3Ac&name=d&name[]=e+f&x").unwrap();
        let mut names = Names::default();
        for name in ["a", "b:c", "e f"] {
            names.push(name.to_owned());
        }
        assert_eq!(
            query,
            Query {
                format: None,
                names
            }
        );
    }

    #[test]
    fn a_format_is_found_by_its_name() {
        let query = Query::read("format=json").unwrap();
        assert_eq!(query.format, Some(Representation::Json));
        assert_eq!(Query::read("format=xml").unwrap_err(), "xml");
        assert_eq!(Query::read("").unwrap(), Query::default());
    }

    proptest::proptest! {
        #[test]
        fn any_query_is_read(query in "[a-z\\[\\]%&=+\\PC]{0,60}") {
            let _ = Query::read(&query);
        }
    }
}
