//! Names as the page shows them, checked where they are written.

use proc_macro2::{Ident, Span};
use syn::ext::IdentExt;
use syn::{Error, LitStr};

/// Label names that exposition formats use themselves.
const RESERVED: [&str; 2] = ["le", "quantile"];

/// A name or a text, and where it is written.
#[derive(Clone)]
pub(crate) struct Name {
    pub(crate) text: String,
    pub(crate) span: Span,
}

impl Name {
    /// What is given, or else the identifier, without `r#`.
    pub(crate) fn given_or(given: Option<&LitStr>, ident: &Ident) -> Self {
        given.map_or_else(|| ident.into(), Self::from)
    }

    pub(crate) fn error(&self, message: impl std::fmt::Display) -> Error {
        Error::new(self.span, message)
    }

    /// Checks the name of a label; `instead` says how to choose another.
    pub(crate) fn check_label(&self, instead: &str) -> Result<(), Error> {
        let text = &self.text;
        if !is_name(text, |char| char == '_') {
            return Err(self.error(format!(
                "`{text}` is no label name: letters, digits and underscores, \
                 beginning with no digit; {instead}"
            )));
        }
        if text.starts_with("__") || RESERVED.contains(&text.as_str()) {
            return Err(self.error(format!(
                "label name `{text}` is reserved: `le`, `quantile` and names beginning \
                 with `__` belong to the exposition formats; {instead}"
            )));
        }
        Ok(())
    }

    /// Checks a name, prefix or alias of a metric; `instead` says how to choose
    /// another.
    pub(crate) fn check_metric(&self, instead: &str) -> Result<(), Error> {
        let text = &self.text;
        let is_name = is_name(text, |char| matches!(char, '_' | ':'));
        if is_name && text.contains(|char| char != '_') {
            return Ok(());
        }
        Err(self.error(format!(
            "`{text}` is no metric name: letters, digits, underscores and colons, \
             beginning with no digit; {instead}"
        )))
    }
}

impl From<&Ident> for Name {
    fn from(ident: &Ident) -> Self {
        Self {
            text: ident.unraw().to_string(),
            span: ident.span(),
        }
    }
}

impl From<&LitStr> for Name {
    fn from(literal: &LitStr) -> Self {
        Self {
            text: literal.value(),
            span: literal.span(),
        }
    }
}

fn is_name(text: &str, is_extra: impl Fn(char) -> bool) -> bool {
    !text.is_empty()
        && !text.starts_with(|char: char| char.is_ascii_digit())
        && text
            .chars()
            .all(|char| char.is_ascii_alphanumeric() || is_extra(char))
}

/// Returns the mistake for each name that an earlier one has already.
pub(crate) fn repeated<'a>(
    names: &'a [Name],
    message: impl Fn(&str) -> String + 'a,
) -> impl Iterator<Item = Error> + 'a {
    names.iter().enumerate().filter_map(move |(at, name)| {
        let is_known = names[..at].iter().any(|earlier| earlier.text == name.text);
        is_known.then(|| name.error(message(&name.text)))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(text: &str) -> Name {
        Name {
            text: text.to_owned(),
            span: Span::call_site(),
        }
    }

    #[test]
    fn label_names_are_those_that_need_no_sanitising() {
        for good in ["model", "_x", "A1", "leader", "type", "_"] {
            assert!(name(good).check_label("").is_ok(), "{good}");
        }
        for bad in ["", "1st", "a-b", "a:b", "größe", "le", "quantile", "__x"] {
            assert!(name(bad).check_label("").is_err(), "{bad}");
        }
    }

    #[test]
    fn metric_names_are_those_that_need_no_sanitising() {
        for good in ["requests_total", "job:rate", "_x", "A1", "le"] {
            assert!(name(good).check_metric("").is_ok(), "{good}");
        }
        for bad in ["", "_", "1st", "a-b", "größe"] {
            assert!(name(bad).check_metric("").is_err(), "{bad}");
        }
    }

    #[test]
    fn each_repetition_is_one_mistake() {
        let names = ["a", "b", "a", "a"].map(name);
        assert_eq!(repeated(&names, str::to_owned).count(), 2);
    }
}
