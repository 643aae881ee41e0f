//! The protobuf wire format, written.
//!
//! <https://protobuf.dev/programming-guides/encoding/>

use crate::page::{Page, copy};

/// The most bytes of a varint.
pub(super) const MOST_VARINT: usize = 10;

const VARINT: u32 = 0;
const FIXED64: u32 = 1;
const LEN: u32 = 2;

/// The first byte of a field below 16 that is a varint.
pub(super) const fn varint_key(field: u32) -> u8 {
    (field << 3 | VARINT) as u8
}

/// Writes messages to a page, which is not handed on in pieces: the length of a
/// message stands before it. Fields are numbered from 1 to 31.
#[derive(Debug)]
pub(super) struct Wire<'a> {
    page: &'a mut Page<'static>,
}

impl<'a> Wire<'a> {
    pub(super) fn new(page: &'a mut Page<'static>) -> Self {
        Self { page }
    }

    pub(super) fn page(&mut self) -> &mut Page<'static> {
        self.page
    }

    #[inline]
    fn key(&mut self, field: u32, kind: u32) {
        self.varint((field << 3 | kind).into());
    }

    #[inline]
    fn varint(&mut self, value: u64) {
        let bytes = put_varint(self.page.room(MOST_VARINT), value);
        self.page.take(bytes);
    }

    /// A `uint64`, `int64`, `int32` or enum.
    pub(super) fn whole(&mut self, field: u32, value: u64) {
        self.key(field, VARINT);
        self.varint(value);
    }

    /// A `sint64` or `sint32`.
    pub(super) fn signed(&mut self, field: u32, value: i64) {
        self.whole(field, zigzag(value));
    }

    /// A `double`.
    pub(super) fn double(&mut self, field: u32, value: f64) {
        self.key(field, FIXED64);
        self.page.room(8).copy_from_slice(&value.to_le_bytes());
        self.page.take(8);
    }

    /// A `string`.
    pub(super) fn text(&mut self, field: u32, text: &str) {
        self.key(field, LEN);
        self.varint(text.len() as u64);
        copy(self.page.room(text.len()), text);
        self.page.take(text.len());
    }

    /// A list of `sint64`, packed.
    pub(super) fn packed(&mut self, field: u32, values: impl Iterator<Item = i64>) {
        self.message(field, |wire| {
            values.for_each(|value| wire.varint(zigzag(value)));
        });
    }

    /// A message, whose fields `write` writes.
    pub(super) fn message(&mut self, field: u32, write: impl FnOnce(&mut Self)) {
        self.key(field, LEN);
        self.delimited(0, write);
    }

    /// A message after its length, which is expected to be about `expected`.
    ///
    /// Room is left for a length as long as that; where the length takes more or
    /// less of it, the message is moved.
    #[inline]
    pub(super) fn delimited(&mut self, expected: usize, write: impl FnOnce(&mut Self)) {
        let start = self.page.len();
        let left = varint_len(expected);
        self.page.room(left);
        self.page.take(left);
        write(self);
        let bytes = self.page.len() - start - left;
        let taken = varint_len(bytes);
        if taken != left {
            self.make_room(start, left, taken);
        }
        put_varint(self.page.written(start), bytes as u64);
    }

    /// Moves a message so that its length takes `taken` bytes and not `left`.
    #[cold]
    fn make_room(&mut self, start: usize, left: usize, taken: usize) {
        if taken > left {
            self.page.open(start, taken - left);
        } else {
            self.page.close(start, left - taken);
        }
    }
}

/// How many bytes a varint takes.
#[inline]
fn varint_len(value: usize) -> usize {
    value.checked_ilog2().unwrap_or(0) as usize / 7 + 1
}

/// Writes a varint to the beginning of `room`; returns how many bytes it takes.
#[inline]
pub(super) fn put_varint(room: &mut [u8], mut value: u64) -> usize {
    let mut at = 0;
    while value >= 0x80 {
        room[at] = value as u8 | 0x80;
        value >>= 7;
        at += 1;
    }
    room[at] = value as u8;
    at + 1
}

fn zigzag(value: i64) -> u64 {
    (value << 1 ^ value >> 63).cast_unsigned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(write: impl FnOnce(&mut Wire<'_>)) -> Vec<u8> {
        let mut page = Page::over(Vec::new(), 0);
        write(&mut Wire::new(&mut page));
        page.finish()
    }

    #[test]
    fn numbers_are_written_as_the_encoding_guide_has_them() {
        assert_eq!(written(|wire| wire.whole(1, 150)), [0x08, 0x96, 0x01]);
        assert_eq!(written(|wire| wire.whole(1, 0)), [0x08, 0]);
        assert_eq!(written(|wire| wire.whole(16, 1)), [0x80, 0x01, 1]);
        assert_eq!(written(|wire| wire.whole(1, u64::MAX)).len(), 11);
        assert_eq!(written(|wire| wire.signed(1, -2)), [0x08, 3]);
        assert_eq!(written(|wire| wire.signed(1, i64::MIN)).len(), 11);
        let packed = written(|wire| wire.packed(4, [0, -1, 1, -64, 64].into_iter()));
        assert_eq!(packed, [0x22, 6, 0, 1, 2, 127, 128, 1]);
        assert_eq!(
            written(|wire| wire.text(2, "testing")),
            [0x12, 7, b't', b'e', b's', b't', b'i', b'n', b'g']
        );
        assert_eq!(
            written(|wire| wire.double(3, 1.0)),
            [0x19, 0, 0, 0, 0, 0, 0, 0xf0, 0x3f]
        );
    }

    #[test]
    fn a_message_has_its_length_before_it_whatever_was_expected() {
        for bytes in [0, 1, 126, 127, 128, 300, 20_000] {
            let text = "x".repeat(bytes);
            for expected in [0, 127, 128, 40_000] {
                let message = written(|wire| wire.delimited(expected, |wire| wire.text(1, &text)));
                let fields = written(|wire| wire.text(1, &text));
                let mut length = [0; MOST_VARINT];
                let taken = put_varint(&mut length, fields.len() as u64);
                assert_eq!(message, [&length[..taken], &fields].concat());
            }
        }
    }
}
