//! Text as it stands on a page, with its escapes.

use std::borrow::Cow;

use memchr::memchr;

/// A name, a label's value or a help text, escaped as the page has it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Escaped<'a> {
    raw: &'a str,
}

impl<'a> Escaped<'a> {
    pub(super) fn new(raw: &'a str) -> Self {
        Self { raw }
    }

    /// The text as it stands, without quotes around it.
    pub fn raw(self) -> &'a str {
        self.raw
    }

    /// The text that is meant: `\n` is a line feed, `\"` a quote and `\\` a
    /// backslash; any other escape stands for itself.
    ///
    /// # Cost
    ///
    /// Allocates only where there is a backslash.
    pub fn unescape(self) -> Cow<'a, str> {
        let Some(mut at) = memchr(b'\\', self.raw.as_bytes()) else {
            return Cow::Borrowed(self.raw);
        };
        let mut text = String::with_capacity(self.raw.len());
        let mut rest = self.raw;
        loop {
            text.push_str(&rest[..at]);
            rest = &rest[at + 1..];
            let meant = match rest.bytes().next() {
                Some(b'n') => Some('\n'),
                Some(b'"') => Some('"'),
                Some(b'\\') => Some('\\'),
                _ => None,
            };
            text.push(meant.unwrap_or('\\'));
            rest = &rest[usize::from(meant.is_some())..];
            let Some(next) = memchr(b'\\', rest.as_bytes()) else {
                text.push_str(rest);
                return Cow::Owned(text);
            };
            at = next;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_three_escapes_are_undone_and_others_are_kept() {
        let meant = |raw| Escaped::new(raw).unescape().into_owned();
        assert_eq!(meant(r#"a\n\"\\b"#), "a\n\"\\b");
        assert_eq!(meant(r"\z\é\"), r"\z\é\");
        assert_eq!(meant(r"\\n"), r"\n");
        assert!(matches!(
            Escaped::new("plain").unescape(),
            Cow::Borrowed("plain")
        ));
    }
}
