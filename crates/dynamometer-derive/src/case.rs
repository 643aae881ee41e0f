//! How the name of a variant becomes the text of a label value.

use crate::attribute::list;

/// A way to write words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Case {
    Snake,
    Lower,
    Upper,
    ScreamingSnake,
    Kebab,
    Pascal,
    Camel,
}

impl Case {
    const ALL: [(&'static str, Self); 7] = [
        ("snake_case", Self::Snake),
        ("lowercase", Self::Lower),
        ("UPPERCASE", Self::Upper),
        ("SCREAMING_SNAKE_CASE", Self::ScreamingSnake),
        ("kebab-case", Self::Kebab),
        ("PascalCase", Self::Pascal),
        ("camelCase", Self::Camel),
    ];

    /// Reads a case by its name, or says which there are.
    pub(crate) fn parse(name: &str) -> Result<Self, String> {
        let found = Self::ALL.iter().find(|(known, _)| *known == name);
        found.map(|(_, case)| *case).ok_or_else(|| {
            let known = Self::ALL.map(|(known, _)| known);
            format!("unknown case `{name}`; known are {}", list(&known))
        })
    }

    /// Writes an identifier, of any style, in this case.
    pub(crate) fn apply(self, ident: &str) -> String {
        let lower = |separator| words(ident).join(separator).to_lowercase();
        match self {
            Self::Snake => lower("_"),
            Self::Kebab => lower("-"),
            Self::ScreamingSnake => words(ident).join("_").to_uppercase(),
            Self::Lower => ident.to_lowercase(),
            Self::Upper => ident.to_uppercase(),
            Self::Pascal => ident.to_owned(),
            Self::Camel => {
                let words = words(ident);
                let (first, rest) = words.split_first().unwrap_or((&"", &[]));
                first.to_lowercase() + &rest.concat()
            }
        }
    }
}

/// Splits at underscores, before a capital that follows a small letter or a
/// digit, and before one that a small letter follows.
fn words(ident: &str) -> Vec<&str> {
    ident.split('_').flat_map(humps).collect()
}

fn humps(part: &str) -> Vec<&str> {
    let chars: Vec<(usize, char)> = part.char_indices().collect();
    let mut words = Vec::new();
    let mut start = 0;
    for (at, &(offset, char)) in chars.iter().enumerate().skip(1) {
        let after_capital = chars[at - 1].1.is_uppercase();
        let before_small = chars
            .get(at + 1)
            .is_some_and(|(_, next)| next.is_lowercase());
        if char.is_uppercase() && (!after_capital || before_small) {
            words.push(&part[start..offset]);
            start = offset;
        }
    }
    words.push(&part[start..]);
    words.retain(|word| !word.is_empty());
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_begins_at_a_capital_that_is_not_inside_an_acronym() {
        for (ident, expected) in [
            ("Ok", "ok"),
            ("NotFound", "not_found"),
            ("HTTPError", "http_error"),
            ("ErrorHTTP", "error_http"),
            ("V2Beta", "v2_beta"),
            ("Http2", "http2"),
            ("Utf8String", "utf8_string"),
            ("ABC", "abc"),
            ("AB", "ab"),
            ("A", "a"),
            ("already_snake", "already_snake"),
            ("X86_64", "x86_64"),
            ("_Hidden", "hidden"),
            ("ÄußereHülle", "äußere_hülle"),
        ] {
            assert_eq!(Case::Snake.apply(ident), expected, "{ident}");
        }
    }

    #[test]
    fn every_case_writes_the_words_in_its_way() {
        for (name, not_found, http_error) in [
            ("snake_case", "not_found", "http_error"),
            ("lowercase", "notfound", "httperror"),
            ("UPPERCASE", "NOTFOUND", "HTTPERROR"),
            ("SCREAMING_SNAKE_CASE", "NOT_FOUND", "HTTP_ERROR"),
            ("kebab-case", "not-found", "http-error"),
            ("PascalCase", "NotFound", "HTTPError"),
            ("camelCase", "notFound", "httpError"),
        ] {
            let case = Case::parse(name).unwrap();
            assert_eq!(case.apply("NotFound"), not_found, "{name}");
            assert_eq!(case.apply("HTTPError"), http_error, "{name}");
        }
    }

    #[test]
    fn a_case_is_known_by_the_way_it_is_written() {
        let message = Case::parse("Snake_Case").unwrap_err();
        assert!(message.contains("`Snake_Case`"), "{message}");
        assert!(message.contains("`kebab-case`"), "{message}");
    }
}
