//! The labels of a series, kept as the text they are written as.

use std::borrow::Cow;
use std::fmt;

/// The labels of one series, sorted by name and escaped once.
///
/// Held as `{a="1",b="x\"y"} `, or ` ` where there are none: what follows the
/// name in a line of exposition text, so that a scrape copies bytes and escapes
/// nothing. Two sets are equal when names and values are.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LabelSet {
    text: Box<str>,
}

impl LabelSet {
    /// Sorts and escapes `pairs`.
    ///
    /// Names are taken as they are: whoever builds a set from outside input
    /// checks them against `[a-zA-Z_][a-zA-Z0-9_]*` and for duplicates first.
    /// Values may be any text.
    pub fn new<'a>(pairs: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        let mut pairs: Vec<_> = pairs.into_iter().collect();
        pairs.sort_unstable();
        // Exact where nothing is escaped: `name="value",` a pair, and three more.
        let bytes: usize = pairs
            .iter()
            .map(|(name, value)| name.len() + value.len() + 4)
            .sum();
        let mut text = String::with_capacity(bytes + 3);
        for (index, (name, value)) in pairs.into_iter().enumerate() {
            text.push(if index == 0 { '{' } else { ',' });
            text.push_str(name);
            text.push_str("=\"");
            escape_into(&mut text, value);
            text.push('"');
        }
        text.push_str(if text.is_empty() { " " } else { "} " });
        Self { text: text.into() }
    }

    /// A set from the parts of its own text between the braces.
    ///
    /// The text is taken as it is: sorted, escaped, each name once.
    pub(crate) fn of_plain(parts: &[&str]) -> Self {
        let bytes: usize = parts.iter().map(|part| part.len()).sum();
        if bytes == 0 {
            return Self::empty();
        }
        let mut text = String::with_capacity(bytes + 3);
        text.push('{');
        text.extend(parts.iter().copied());
        text.push_str("} ");
        Self { text: text.into() }
    }

    /// The set without labels.
    pub fn empty() -> Self {
        Self::new([])
    }

    /// The labels, to read.
    pub fn view(&self) -> SeriesLabels<'_> {
        SeriesLabels { text: &self.text }
    }

    /// True where there are no labels.
    pub fn is_empty(&self) -> bool {
        self.view().is_empty()
    }

    /// The names and values, in the order of the names.
    pub fn iter(&self) -> impl Iterator<Item = (&str, Cow<'_, str>)> {
        self.view().iter()
    }

    /// The value of the label `name`.
    pub fn get(&self, name: &str) -> Option<Cow<'_, str>> {
        self.view().get(name)
    }

    /// The text that the set is held as, for [`SeriesLabels::of_text`].
    pub fn into_text(self) -> Box<str> {
        self.text
    }
}

/// The labels of one series, borrowed from wherever they are held.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SeriesLabels<'a> {
    text: &'a str,
}

impl<'a> SeriesLabels<'a> {
    /// The labels that `text`, from [`LabelSet::into_text`], stands for.
    ///
    /// Any other text gives labels that make no sense.
    pub fn of_text(text: &'a str) -> Self {
        Self { text }
    }

    /// True where there are no labels.
    pub fn is_empty(self) -> bool {
        self.pairs_text().is_empty()
    }

    /// The names and values, in the order of the names.
    pub fn iter(self) -> impl Iterator<Item = (&'a str, Cow<'a, str>)> {
        let mut rest = self.pairs_text();
        std::iter::from_fn(move || {
            let (name, after) = rest.split_once("=\"")?;
            let end = end_of_value(after);
            let value = unescape(&after[..end]);
            rest = after.get(end + 1..)?.strip_prefix(',').unwrap_or("");
            Some((name, value))
        })
    }

    /// The value of the label `name`.
    pub fn get(self, name: &str) -> Option<Cow<'a, str>> {
        self.iter()
            .find(|(known, _)| *known == name)
            .map(|(_, value)| value)
    }

    /// A set of one's own.
    pub fn to_set(self) -> LabelSet {
        LabelSet {
            text: self.text.into(),
        }
    }

    /// What stands between a name and a value on a line: `{a="1"} `, or ` `.
    pub(crate) fn text(self) -> &'a str {
        self.text
    }

    /// What stands between the braces: `a="1"`, or nothing.
    pub(crate) fn pairs_text(self) -> &'a str {
        let inner = self.text.strip_prefix('{');
        inner.and_then(|text| text.strip_suffix("} ")).unwrap_or("")
    }
}

impl fmt::Debug for SeriesLabels<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_map().entries(self.iter()).finish()
    }
}

impl fmt::Display for SeriesLabels<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.text.trim_end_matches(' '))
    }
}

/// The labels of a family's series, wherever they are held.
pub trait LabelColumn: fmt::Debug + Send + Sync {
    /// The number of series.
    fn len(&self) -> usize;

    /// The labels of the series at `index`, below [`len`](Self::len).
    fn labels(&self, index: usize) -> SeriesLabels<'_>;

    /// True where there is no series.
    fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// True where no two series have the same labels, as far as is known.
    ///
    /// Who can promise it spares [`Snapshot::merge`](crate::Snapshot::merge) a look
    /// at each series.
    fn is_distinct(&self) -> bool {
        false
    }
}

impl LabelColumn for Vec<LabelSet> {
    fn len(&self) -> usize {
        Self::len(self)
    }

    fn labels(&self, index: usize) -> SeriesLabels<'_> {
        self[index].view()
    }
}

impl fmt::Debug for LabelSet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.view().fmt(f)
    }
}

impl fmt::Display for LabelSet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.view().fmt(f)
    }
}

/// Appends a label value with `\`, `"` and line feeds escaped.
///
/// <https://prometheus.io/docs/instrumenting/exposition_formats/#comments-help-text-and-type-information>
fn escape_into(text: &mut String, value: &str) {
    let mut rest = value;
    while let Some(at) = rest.find(['\\', '"', '\n']) {
        text.push_str(&rest[..at]);
        text.push_str(match rest.as_bytes()[at] {
            b'\\' => "\\\\",
            b'"' => "\\\"",
            _ => "\\n",
        });
        rest = &rest[at + 1..];
    }
    text.push_str(rest);
}

/// The position of the quote that ends an escaped value.
fn end_of_value(text: &str) -> usize {
    let mut escaped = false;
    text.bytes()
        .position(|byte| {
            let ends = byte == b'"' && !escaped;
            escaped = byte == b'\\' && !escaped;
            ends
        })
        .unwrap_or(text.len())
}

fn unescape(text: &str) -> Cow<'_, str> {
    if !text.contains('\\') {
        return Cow::Borrowed(text);
    }
    let mut value = String::with_capacity(text.len());
    let mut chars = text.chars();
    while let Some(char) = chars.next() {
        match char {
            '\\' => value.push(if let Some('n') = chars.clone().next() {
                chars.next();
                '\n'
            } else {
                chars.next().unwrap_or('\\')
            }),
            other => value.push(other),
        }
    }
    Cow::Owned(value)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn labels_are_sorted_by_name_and_read_back() {
        let set = LabelSet::new([("version", "v1"), ("service", "api")]);
        assert_eq!(set.to_string(), r#"{service="api",version="v1"}"#);
        assert_eq!(set.get("version").as_deref(), Some("v1"));
        assert_eq!(set.get("missing"), None);
        assert!(LabelSet::empty().is_empty());
        assert_eq!(LabelSet::empty().to_string(), "");
    }

    #[test]
    fn neighbouring_values_do_not_run_into_each_other() {
        let one = LabelSet::new([("a", "ab"), ("b", "c")]);
        let other = LabelSet::new([("a", "a"), ("b", "bc")]);
        assert_ne!(one, other);
        let quoted = LabelSet::new([("a", "1\",b=\"2")]);
        assert_ne!(quoted, LabelSet::new([("a", "1"), ("b", "2")]));
    }

    proptest! {
        #[test]
        fn any_value_survives_escaping(values in prop::collection::vec(any::<String>(), 0..6)) {
            let names = ["a", "b", "c", "d", "e", "f"];
            let pairs: Vec<_> = names.into_iter().zip(values.iter().map(String::as_str)).collect();
            let set = LabelSet::new(pairs.clone());
            let read: Vec<_> = set.iter().collect();
            let expected: Vec<_> = pairs.into_iter().map(|(n, v)| (n, Cow::from(v))).collect();
            prop_assert_eq!(read, expected);
            prop_assert!(!set.view().text().contains('\n'));
            prop_assert_eq!(SeriesLabels::of_text(&set.clone().into_text()).to_set(), set);
        }
    }
}
