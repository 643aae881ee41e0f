//! The labels of a family's series: which are constant, and which are looked up.

use dynamometer_cells::{Key, Series};
use dynamometer_exposition::LabelSet;

use crate::registry::hash::{LabelHasher, fold};

/// The tag of a key whose text has escapes in it.
const ESCAPED: u16 = u16::MAX;

/// The tag of a key that was made by a schema without a number.
const UNNUMBERED: u16 = u16::MAX - 1;

/// The tag of a schema without a number, which no series has.
const NO_NUMBER: u16 = u16::MAX - 2;

/// Label names in the order in which values are given, and constant labels.
///
/// Series are found by their text, `{a="1",b="2"} `. It is compared with what
/// would be written for the values asked for: constant labels and names come from
/// here, so nothing is written to look a series up.
#[derive(Debug)]
pub(crate) struct Schema {
    constant: Box<[(String, String)]>,
    names: Box<[Box<str>]>,
    constant_hash: u64,
    /// The labels that are looked up, in the order of their names. One slice, so
    /// that one comparison of lengths tells the compiler all there is to unroll.
    labels: Box<[Label]>,
    /// What stands behind the last value.
    tail: Box<str>,
    /// Bytes of all text that is not a value.
    glue_len: usize,
    /// The tag of series that are known to be written by this schema.
    tag: u16,
}

/// One label that is looked up.
#[derive(Debug)]
pub(crate) struct Label {
    /// Which of the given values is its own.
    at: usize,
    hasher: LabelHasher,
    /// What stands before its value.
    glue: Box<str>,
}

impl Schema {
    /// The labels `constant`, and one for each of `names`, all checked before.
    pub(crate) fn new(constant: &[(String, String)], names: Vec<String>) -> Self {
        let constant_hash = constant.iter().fold(0_u64, |sum, (name, value)| {
            sum.wrapping_add(LabelHasher::new(name).hash(value))
        });
        let mut order: Vec<usize> = (0..names.len()).collect();
        order.sort_unstable_by_key(|&at| &names[at]);
        let mut glue = glue(constant, &names, &order);
        let tail = glue.pop().unwrap_or_default();
        let label = |(&at, glue): (&usize, Box<str>)| Label {
            at,
            hasher: LabelHasher::new(&names[at]),
            glue,
        };
        Self {
            constant_hash,
            glue_len: tail.len() + glue.iter().map(|glue| glue.len()).sum::<usize>(),
            labels: order.iter().zip(glue).map(label).collect(),
            tail,
            tag: NO_NUMBER,
            names: names.into_iter().map(Into::into).collect(),
            constant: constant.into(),
        }
    }

    /// The names of the labels that are looked up, in the order of the values.
    pub(crate) fn names(&self) -> &[Box<str>] {
        &self.names
    }

    /// The constant labels.
    pub(crate) fn constant(&self) -> &[(String, String)] {
        &self.constant
    }

    /// True where there are as many values as labels.
    #[inline(always)]
    pub(crate) fn fits<V>(&self, values: &[V]) -> bool {
        values.len() == self.labels.len()
    }

    /// The labels that are looked up, for [`hash`](Self::hash) and
    /// [`matches`](Self::matches): as an array they unroll.
    #[inline(always)]
    pub(crate) fn labels(&self) -> &[Label] {
        &self.labels
    }

    /// The hash of the series with these values, one for each of all `labels`.
    #[inline(always)]
    pub(crate) fn hash<V: AsRef<str>>(&self, labels: &[Label], values: &[V]) -> u32 {
        fold(labels.iter().fold(self.constant_hash, |sum, label| {
            sum.wrapping_add(label.hasher.hash(values[label.at].as_ref()))
        }))
    }

    /// What all schemas have in common that write the same texts.
    pub(crate) fn form(&self) -> String {
        let glue = self.labels.iter().map(|label| &*label.glue);
        glue.chain([&*self.tail]).collect::<Vec<_>>().join("\0")
    }

    /// Numbers the schema among those of its family; the same form, the same
    /// number.
    pub(crate) fn number(&mut self, number: usize) {
        self.tag = u16::try_from(number).unwrap_or(NO_NUMBER).min(NO_NUMBER);
    }

    /// True where `series` has these values, one for each of all `labels`.
    ///
    /// Of a series with the tag of this schema it is known that its text is the
    /// same glue around other values, without escapes. So what stands first and
    /// last needs no comparison. What stands between the values does: a value can
    /// imitate it. Where it is equal, all quotes of the text are in the glue; no
    /// value holds one, and each value is the one it seems to be.
    #[inline(always)]
    pub(crate) fn matches<V: AsRef<str>>(
        &self,
        series: &Series,
        labels: &[Label],
        values: &[V],
    ) -> bool {
        if series.tag() != self.tag {
            return self.matches_written(series, values);
        }
        let mut rest = series.text().as_bytes();
        let values_len: usize = values.iter().map(|value| value.as_ref().len()).sum();
        if rest.len() != self.glue_len + values_len {
            return false;
        }
        for (at, label) in labels.iter().enumerate() {
            let value = values[label.at].as_ref().as_bytes();
            let Some((before, after)) = rest.split_at_checked(label.glue.len()) else {
                return false;
            };
            let Some((held, after)) = after.split_at_checked(value.len()) else {
                return false;
            };
            if (at > 0 && !is_equal(before, label.glue.as_bytes())) || !is_equal(held, value) {
                return false;
            }
            rest = after;
        }
        true
    }

    /// Compares in full, and notes a series that is written by this schema.
    #[cold]
    fn matches_written<V: AsRef<str>>(&self, series: &Series, values: &[V]) -> bool {
        let matches = *self.label_set(values).into_text() == *series.text();
        if matches && series.tag() != ESCAPED && self.tag != NO_NUMBER {
            series.set_tag(self.tag);
        }
        matches
    }

    /// The labels of the series with these values.
    fn label_set<V: AsRef<str>>(&self, values: &[V]) -> LabelSet {
        let looked_up = self.names.iter().zip(values);
        let looked_up = looked_up.map(|(name, value)| (&**name, value.as_ref()));
        LabelSet::new(pairs(&self.constant).chain(looked_up))
    }

    /// The key of the series with these values.
    pub(crate) fn key<V: AsRef<str>>(&self, values: &[V]) -> Key {
        let text = self.label_set(values).into_text();
        let tag = if text.contains('\\') {
            ESCAPED
        } else if self.tag == NO_NUMBER {
            UNNUMBERED
        } else {
            self.tag
        };
        let hash = self.hash(&self.labels, values);
        Key { text, hash, tag }
    }
}

/// The text around the values of the labels `names`, sorted in among the constant ones.
fn glue(constant: &[(String, String)], names: &[String], order: &[usize]) -> Vec<Box<str>> {
    // More of these in a row than in any constant value mark where a value goes.
    let runs = constant
        .iter()
        .flat_map(|(_, value)| value.split(|char| char != '\0'));
    let mark = "\0".repeat(runs.map(str::len).max().unwrap_or(0) + 1);
    let marked = order.iter().map(|&at| (names[at].as_str(), mark.as_str()));
    let text = LabelSet::new(pairs(constant).chain(marked)).into_text();
    text.split(mark.as_str()).map(Into::into).collect()
}

fn pairs(labels: &[(String, String)]) -> impl Iterator<Item = (&str, &str)> {
    labels.iter().map(|(name, value)| (&**name, &**value))
}

/// Compares texts of one length, short ones without a call.
///
/// Label values are mostly shorter than 17 bytes, where `memcmp` costs more than
/// the comparison.
#[inline(always)]
fn is_equal(a: &[u8], b: &[u8]) -> bool {
    if let (Some(a_first), Some(a_last)) = (a.first_chunk::<8>(), a.last_chunk()) {
        if a.len() > 16 {
            return a == b;
        }
        // Two words that may overlap.
        let differ = |a: &[u8; 8], b: Option<&[u8; 8]>| {
            b.map_or(1, |b| u64::from_ne_bytes(*a) ^ u64::from_ne_bytes(*b))
        };
        return differ(a_first, b.first_chunk()) | differ(a_last, b.last_chunk()) == 0;
    }
    if let (Some(a_first), Some(a_last)) = (a.first_chunk::<4>(), a.last_chunk()) {
        let differ = |a: &[u8; 4], b: Option<&[u8; 4]>| {
            b.map_or(1, |b| u32::from_ne_bytes(*a) ^ u32::from_ne_bytes(*b))
        };
        return differ(a_first, b.first_chunk()) | differ(a_last, b.last_chunk()) == 0;
    }
    a.iter().zip(b).all(|(a, b)| a == b)
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use dynamometer_cells::Options;
    use proptest::prelude::*;

    use super::*;

    fn schema(constant: &[(&str, &str)], names: &[&str]) -> Schema {
        let own = |(name, value): &(&str, &str)| ((*name).to_owned(), (*value).to_owned());
        let constant: Vec<_> = constant.iter().map(own).collect();
        let names = names.iter().map(ToString::to_string).collect();
        let mut schema = Schema::new(&constant, names);
        // As a family numbers them: these differ in their names only.
        schema.number(schema.names.len());
        schema
    }

    fn series(schema: &Schema, values: &[&str]) -> Arc<Series> {
        let options = Options {
            key: schema.key(values),
            ..Options::default()
        };
        Series::new(1, options).unwrap()
    }

    fn matches<V: AsRef<str>>(schema: &Schema, series: &Series, values: &[V]) -> bool {
        schema.matches(series, schema.labels(), values)
    }

    fn hash(schema: &Schema, values: &[&str]) -> u32 {
        schema.hash(schema.labels(), values)
    }

    #[test]
    fn values_are_found_by_name_whatever_their_order() {
        let one = schema(&[("m", "x")], &["z", "a"]);
        let other = schema(&[("m", "x")], &["a", "z"]);
        let held = series(&one, &["1", "2"]);
        assert_eq!(held.text(), r#"{a="2",m="x",z="1"} "#);
        assert_eq!(hash(&one, &["1", "2"]), hash(&other, &["2", "1"]));
        assert!(matches(&one, &held, &["1", "2"]) && matches(&other, &held, &["2", "1"]));
        assert!(!matches(&one, &held, &["2", "1"]));
        let none = schema(&[], &[]);
        assert!(matches(&none, &series(&none, &[]), &[] as &[&str]));
        assert!(!matches(&one, &series(&none, &[]), &["1", "2"]));
    }

    #[test]
    fn a_value_that_looks_like_more_labels_is_one_value() {
        let two = schema(&[], &["a", "b"]);
        let one = schema(&[], &["a"]);
        let held = series(&two, &["x", "y"]);
        assert!(!matches(&one, &held, &[r#"x",b="y"#]));
        let escaped = series(&one, &[r#"x",b="y"#]);
        assert!(matches(&one, &escaped, &[r#"x",b="y"#]));
        assert!(!matches(&one, &escaped, &[r#"x\",b=\"y"#]));
        assert!(!matches(&two, &escaped, &["x", "y"]));
    }

    proptest! {
        #[test]
        fn only_the_same_values_match(
            values in prop::collection::vec("[ab\"\\\\\n]{0,9}", 3),
            others in prop::collection::vec("[ab\"\\\\\n]{0,9}", 3),
        ) {
            let schema = schema(&[("m", "\"")], &["z", "a", "n"]);
            let texts: Vec<&str> = values.iter().map(String::as_str).collect();
            let held = series(&schema, &texts);
            prop_assert!(matches(&schema, &held, &values));
            prop_assert_eq!(matches(&schema, &held, &others), values == others);
        }

        #[test]
        fn short_texts_compare_as_slices_do(
            a in prop::collection::vec(0_u8..2, 0..20),
            flip in any::<prop::sample::Index>(),
        ) {
            let mut b = a.clone();
            prop_assert!(is_equal(&a, &b));
            if !b.is_empty() {
                let at = flip.index(b.len());
                b[at] ^= 1;
                prop_assert!(!is_equal(&a, &b));
            }
        }
    }
}
