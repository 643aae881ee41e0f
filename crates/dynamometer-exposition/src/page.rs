//! The bytes of a page, written over those of the one before.

use crate::number::{MOST_BYTES, Number};

/// A page that is being written.
///
/// The bytes of the buffer up to its length are there to be overwritten, so that
/// a line costs one check of the room that is left, and a page as large as the
/// last one costs no allocation.
#[derive(Debug)]
pub(crate) struct Page {
    bytes: Vec<u8>,
    /// Where the next line begins.
    at: usize,
}

impl Page {
    /// Begins a page of about `size` bytes in `buffer`, whatever it holds.
    pub(crate) fn over(buffer: Vec<u8>, size: usize) -> Self {
        // A new allocation that large comes zeroed from the system.
        let bytes = if buffer.capacity() < size {
            vec![0; size]
        } else {
            buffer
        };
        Self { bytes, at: 0 }
    }

    /// The bytes of the page.
    pub(crate) fn finish(mut self) -> Vec<u8> {
        self.bytes.truncate(self.at);
        self.bytes
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

    /// Appends a line of two texts and a number.
    #[inline]
    pub(crate) fn line(&mut self, name: &str, labels: &str, number: impl Number) {
        self.begun(name, labels, number);
        self.bytes[self.at] = b'\n';
        self.at += 1;
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
            self.grow(bytes);
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

/// A page of text: texts are copied whole, and numbers are ASCII.
pub(crate) fn text_of(page: Vec<u8>) -> String {
    String::from_utf8(page)
        .unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned())
}

/// Copies `text` to the beginning of `room`.
///
/// In blocks of 16 bytes, the last of which may overlap the one before: a call of
/// `memcpy` for each name and each label text took a fifth of a page's time.
#[inline]
pub(crate) fn copy(room: &mut [u8], text: &str) {
    let text = text.as_bytes();
    let room = &mut room[..text.len()];
    if let (Some(last), Some(end)) = (text.last_chunk::<16>(), room.last_chunk_mut()) {
        *end = *last;
        let (blocks, _) = text.as_chunks::<16>();
        let (places, _) = room.as_chunks_mut::<16>();
        for (place, block) in places.iter_mut().zip(blocks) {
            *place = *block;
        }
    } else {
        room.copy_from_slice(text);
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn texts_and_numbers_follow_each_other_in_any_buffer(
            lines in prop::collection::vec(("[a-z]{0,70}", "[a-z]{0,70}", any::<u64>()), 0..20),
            buffer in prop::collection::vec(any::<u8>(), 0..3000),
            size in 0..3000_usize,
        ) {
            let mut page = Page::over(buffer, size);
            let mut expected = String::new();
            for (name, labels, value) in &lines {
                page.line(name, labels, *value);
                page.push([name, "-", labels]);
                let value = value.to_string();
                expected.extend([name, labels, &value, "\n", name, "-", labels]);
            }
            prop_assert_eq!(String::from_utf8(page.finish()).unwrap(), expected);
        }
    }
}
