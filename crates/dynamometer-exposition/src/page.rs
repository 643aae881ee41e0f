//! The bytes of a page, written over those of the one before.

use std::fmt;
use std::mem::take;

use crate::number::{MOST_BYTES, Number};

/// About how many bytes a piece of a page has: few enough to stay in the cache
/// of a core.
const PIECE: usize = 64 << 10;

/// Takes a piece of a page, and returns a buffer for the next.
pub(crate) type Next<'n> = &'n mut dyn FnMut(Vec<u8>) -> Vec<u8>;

/// A page that is being written.
///
/// The bytes of the buffer up to its length are there to be overwritten, so that
/// a line costs one check of the room that is left, and a page as large as the
/// last one costs no allocation.
pub(crate) struct Page<'n> {
    bytes: Vec<u8>,
    /// Where the next line begins.
    at: usize,
    /// Where full pieces go; without it, the page grows.
    next: Option<Next<'n>>,
}

impl<'n> Page<'n> {
    /// Begins a page of about `size` bytes in `buffer`, whatever it holds.
    pub(crate) fn over(buffer: Vec<u8>, size: usize) -> Self {
        // A new allocation that large comes zeroed from the system.
        let bytes = if buffer.capacity() < size {
            vec![0; size]
        } else {
            buffer
        };
        Self {
            bytes,
            at: 0,
            next: None,
        }
    }

    /// Begins a page in `buffer` that is handed on piece by piece.
    ///
    /// What was handed on can not be [opened](Self::open), [closed](Self::close) or
    /// [changed](Self::written).
    pub(crate) fn in_pieces(buffer: Vec<u8>, next: Next<'n>) -> Self {
        Self {
            bytes: piece(buffer),
            at: 0,
            next: Some(next),
        }
    }

    /// The bytes of the page, or of its last piece, which is handed on as well.
    pub(crate) fn finish(mut self) -> Vec<u8> {
        self.bytes.truncate(self.at);
        match self.next {
            Some(next) if self.at > 0 => next(self.bytes),
            _ => self.bytes,
        }
    }

    /// How many bytes were written.
    pub(crate) fn len(&self) -> usize {
        self.at
    }

    /// Appends texts.
    pub(crate) fn push<const N: usize>(&mut self, texts: [&str; N]) {
        for text in texts {
            let room = self.room(text.len());
            copy(room, text);
            self.at += text.len();
        }
    }

    /// Appends a number.
    pub(crate) fn number(&mut self, number: impl Number) {
        let room = self.room(MOST_BYTES);
        self.at += number.write(room);
    }

    /// Appends lines of two texts and a number each.
    ///
    /// One loop that keeps its place in a register; a call for each line took longer.
    #[inline]
    pub(crate) fn lines<'t, N: Number>(
        &mut self,
        lines: impl Iterator<Item = (&'t str, &'t str, N)>,
    ) {
        let mut at = self.at;
        for (name, labels, number) in lines {
            let texts = name.len() + labels.len();
            let most = texts + MOST_BYTES + 1;
            if self.bytes.len() - at < most {
                self.at = at;
                self.make_room(most);
                at = self.at;
            }
            let room = &mut self.bytes[at..][..most];
            copy(room, name);
            copy(&mut room[name.len()..], labels);
            let end = texts + number.write(&mut room[texts..]);
            room[end] = b'\n';
            at += end + 1;
        }
        self.at = at;
    }

    /// Appends two texts and a number, and leaves room for a line feed.
    #[inline]
    pub(crate) fn begun(&mut self, name: &str, labels: &str, number: impl Number) {
        let texts = name.len() + labels.len();
        let room = self.room(texts + MOST_BYTES + 1);
        copy(room, name);
        copy(&mut room[name.len()..], labels);
        let digits = number.write(&mut room[texts..]);
        self.at += texts + digits;
    }

    /// The next bytes, to be written and then [taken](Self::take).
    #[inline]
    pub(crate) fn room(&mut self, bytes: usize) -> &mut [u8] {
        if self.bytes.len() - self.at < bytes {
            self.make_room(bytes);
        }
        &mut self.bytes[self.at..][..bytes]
    }

    /// Makes bytes of the [room](Self::room) that was given part of the page.
    #[inline]
    pub(crate) fn take(&mut self, bytes: usize) {
        self.at += bytes;
    }

    /// Moves what was written from `at` on up by `bytes`, for something before it.
    pub(crate) fn open(&mut self, at: usize, bytes: usize) {
        self.room(bytes);
        self.bytes.copy_within(at..self.at, at + bytes);
        self.at += bytes;
    }

    /// Moves what was written from `at + bytes` on down by `bytes`.
    pub(crate) fn close(&mut self, at: usize, bytes: usize) {
        self.bytes.copy_within(at + bytes..self.at, at);
        self.at -= bytes;
    }

    /// What was written from `at` on, to be changed.
    pub(crate) fn written(&mut self, at: usize) -> &mut [u8] {
        &mut self.bytes[at..self.at]
    }

    #[cold]
    fn make_room(&mut self, bytes: usize) {
        if let Some(next) = self.next.as_deref_mut().filter(|_| self.at > 0) {
            self.bytes.truncate(self.at);
            self.bytes = piece(next(take(&mut self.bytes)));
            self.at = 0;
        }
        if self.bytes.len() - self.at < bytes {
            self.grow(bytes);
        }
    }

    fn grow(&mut self, bytes: usize) {
        let least = self.at + bytes;
        let len = if self.bytes.capacity() >= least {
            self.bytes.capacity()
        } else {
            least.next_power_of_two().max(4096)
        };
        self.bytes.resize(len, 0);
    }
}

impl fmt::Debug for Page<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Page")
            .field("bytes", &self.bytes.len())
            .field("at", &self.at)
            .finish_non_exhaustive()
    }
}

/// Makes a buffer as long as a piece; what it holds already is not written anew.
fn piece(mut buffer: Vec<u8>) -> Vec<u8> {
    if buffer.capacity() < PIECE {
        return vec![0; PIECE];
    }
    if buffer.len() < PIECE {
        buffer.resize(PIECE, 0);
    }
    buffer
}

/// A page of text: texts are copied whole, and numbers are ASCII.
pub(crate) fn text_of(page: Vec<u8>) -> String {
    String::from_utf8(page)
        .unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned())
}

/// Copies `text` to the beginning of `room`.
///
/// A call of `memcpy` for each name and each label text took a fifth of a page's
/// time, and the compiler makes one of any loop over blocks.
#[inline]
pub(crate) fn copy(room: &mut [u8], text: &str) {
    let text = text.as_bytes();
    let room = &mut room[..text.len()];
    match text.len() {
        16..=32 => copy_ends::<16, 16>(room, text),
        33..=64 => copy_ends::<32, 32>(room, text),
        65..=128 => copy_ends::<64, 64>(room, text),
        129..=192 => copy_ends::<128, 64>(room, text),
        _ => room.copy_from_slice(text),
    }
}

/// Copies the first `M` and the last `N` bytes, which meet or overlap.
#[inline]
fn copy_ends<const M: usize, const N: usize>(room: &mut [u8], text: &[u8]) {
    if let (Some(first), Some(begin)) = (text.first_chunk::<M>(), room.first_chunk_mut()) {
        *begin = *first;
    }
    if let (Some(last), Some(end)) = (text.last_chunk::<N>(), room.last_chunk_mut()) {
        *end = *last;
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn texts_and_numbers_follow_each_other_in_any_buffer(
            lines in prop::collection::vec(("[a-z]{0,300}", "[a-z]{0,70}", any::<u64>()), 0..20),
            buffer in prop::collection::vec(any::<u8>(), 0..3000),
            size in 0..3000_usize,
        ) {
            let mut page = Page::over(buffer, size);
            let mut expected = String::new();
            for (name, labels, value) in &lines {
                page.lines([(&**name, &**labels, *value)].into_iter());
                page.push([name, "-", labels]);
                let value = value.to_string();
                expected.extend([name, labels, &value, "\n", name, "-", labels]);
            }
            prop_assert_eq!(String::from_utf8(page.finish()).unwrap(), expected);
        }
    }
}
