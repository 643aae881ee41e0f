//! What a sample has in common with the one before it.

use crate::parse::scan::token::begins_with;

/// Places that are remembered in a line.
const PLACES: usize = 8;

/// The line of the last sample, and the places in it up to which it was checked.
///
/// Most lines of a page begin as the one before: the name, and labels that stay.
/// What was found right once is only compared. Behind a value that differs, names
/// of labels still are those of the line before.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Shared<'a> {
    line: &'a str,
    /// Where its bare name ends; 0 where it has none.
    name: usize,
    /// Where its labels begin.
    labels: usize,
    /// Where a label begins, or the braces end.
    places: [u32; PLACES],
    count: usize,
    /// What the label that is the first, the second, … began with when it was last
    /// checked, up to the quote: `code="`. Empty where it never was.
    starts: [&'a str; PLACES],
}

/// Up to where a line is as the one before.
#[derive(Clone, Copy, Debug)]
pub(super) struct Checked {
    /// Where the bare name ends.
    pub(super) name: usize,
    /// Where the labels begin.
    pub(super) labels: usize,
    /// Where a label begins, or the braces end.
    pub(super) place: usize,
}

impl<'a> Shared<'a> {
    /// Begins another line, of which `checked` is as in the last one.
    pub(super) fn go_on(&mut self, line: &'a str, checked: Checked) {
        let is_before = |place: &&u32| **place as usize <= checked.place;
        self.count = self.places[..self.count]
            .iter()
            .take_while(is_before)
            .count();
        self.line = line;
    }

    /// Begins a line whose bare name and braces are there for the first time.
    pub(super) fn begin(&mut self, line: &'a str, name: usize, labels: usize) {
        (self.line, self.name, self.labels, self.count) = (line, name, labels, 0);
    }

    /// Forgets the last line: nothing of the next is as in it.
    pub(super) fn forget(&mut self) {
        self.count = 0;
    }

    /// Notes a place in the current line.
    #[inline]
    pub(super) fn note(&mut self, place: usize) {
        if let Some(next) = self.places.get_mut(self.count) {
            // Lines beyond the range of 32 bits are no longer compared.
            *next = u32::try_from(place).unwrap_or(u32::MAX);
            self.count += 1;
        }
    }

    /// What the label that begins at `at`, the place noted last, began with before, if
    /// it begins so again.
    #[inline]
    pub(super) fn start(&self, line: &str, at: usize) -> Option<&'a str> {
        let start = *self.starts.get(self.count.checked_sub(1)?)?;
        (!start.is_empty() && begins_with(line.as_bytes().get(at..)?, start)).then_some(start)
    }

    /// Keeps what that label begins with, checked.
    pub(super) fn keep(&mut self, start: &'a str) {
        let at = self.count.checked_sub(1);
        if let Some(kept) = at.and_then(|at| self.starts.get_mut(at)) {
            *kept = start;
        }
    }

    /// Up to where `line` is as the last one; `None` where not even to its labels.
    #[inline]
    pub(super) fn checked(&self, line: &str) -> Option<Checked> {
        let first = *self.places[..self.count].first()?;
        let common = common(self.line.as_bytes(), line.as_bytes());
        if common < first as usize {
            return None;
        }
        let places = self.places[..self.count].iter().rev();
        let place = places
            .map(|place| *place as usize)
            .find(|place| *place <= common)?;
        Some(Checked {
            name: self.name,
            labels: self.labels,
            place,
        })
    }
}

/// How many bytes two lines have in common at their beginning.
#[inline]
fn common(one: &[u8], other: &[u8]) -> usize {
    let (ones, _) = one.as_chunks::<16>();
    let (others, _) = other.as_chunks::<16>();
    let mut at = 0;
    for (one, other) in ones.iter().zip(others) {
        let differ = u128::from_le_bytes(*one) ^ u128::from_le_bytes(*other);
        if differ != 0 {
            return at + differ.trailing_zeros() as usize / 8;
        }
        at += 16;
    }
    let rest = one[at..].iter().zip(&other[at..]);
    at + rest.take_while(|(one, other)| one == other).count()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn common_bytes_are_counted_one_by_one(
            begin in "[ab]{0,40}", one in "[ab]{0,20}", other in "[ab]{0,20}",
        ) {
            let (one, other) = (format!("{begin}{one}"), format!("{begin}{other}"));
            let pairs = one.bytes().zip(other.bytes());
            let expected = pairs.take_while(|(one, other)| one == other).count();
            prop_assert_eq!(common(one.as_bytes(), other.as_bytes()), expected);
        }
    }
}
