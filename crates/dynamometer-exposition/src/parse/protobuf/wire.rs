//! The wire format of protobuf: varints, tags and lengths.
//!
//! <https://protobuf.dev/programming-guides/encoding/>

use crate::parse::error::{Found, ParseErrorKind};
use crate::parse::protobuf::fault::Fault;

/// The most bytes of a varint that holds 64 bits.
const VARINT: usize = 10;

/// A message, or what is left of it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Wire<'a> {
    page: &'a [u8],
    /// Bytes of the page before the next field.
    at: usize,
    /// Bytes of the page before the end of the message.
    end: usize,
}

/// A field of a message.
#[derive(Clone, Copy, Debug)]
pub(super) struct Field<'a> {
    pub(super) number: u32,
    /// Bytes of the page before the value.
    pub(super) at: usize,
    value: Value<'a>,
}

#[derive(Clone, Copy, Debug)]
enum Value<'a> {
    Varint(u64),
    Fixed64(u64),
    Delimited(Wire<'a>),
    Fixed32,
}

impl<'a> Wire<'a> {
    pub(super) fn new(page: &'a [u8]) -> Self {
        let end = page.len();
        Self { page, at: 0, end }
    }

    /// Bytes of the page before what is read next.
    pub(super) fn at(&self) -> usize {
        self.at
    }

    /// True at the end of the message.
    pub(super) fn is_empty(&self) -> bool {
        self.at == self.end
    }

    fn text(&self) -> &'a [u8] {
        &self.page[self.at..self.end]
    }

    /// Reads the next field; `None` at the end.
    pub(super) fn field(&mut self) -> Result<Option<Field<'a>>, Fault> {
        if self.is_empty() {
            return Ok(None);
        }
        let start = self.at;
        let tag = self.varint()?;
        let number = u32::try_from(tag >> 3).unwrap_or(0);
        if number == 0 || number >= 1 << 29 {
            let expected = "a field number from 1 to 536870911";
            return Err(Self::wrong(start, expected, &(tag >> 3).to_string()));
        }
        let at = self.at;
        let value = match tag & 7 {
            0 => Value::Varint(self.varint()?),
            1 => Value::Fixed64(u64::from_le_bytes(self.fixed()?)),
            2 => Value::Delimited(self.delimited()?),
            5 => {
                let _: [u8; 4] = self.fixed()?;
                Value::Fixed32
            }
            other => {
                let expected = "a wire type of 0, 1, 2 or 5";
                return Err(Self::wrong(start, expected, &other.to_string()));
            }
        };
        Ok(Some(Field { number, at, value }))
    }

    /// Reads a length, and takes that many bytes.
    pub(super) fn delimited(&mut self) -> Result<Self, Fault> {
        let start = self.at;
        let length = self.varint()?;
        let left = self.end - self.at;
        let Some(length) = usize::try_from(length)
            .ok()
            .filter(|length| *length <= left)
        else {
            let expected = format!("a length of at most {left}, what is left");
            let (kind, found) = (ParseErrorKind::Incomplete, length.to_string());
            return Err(Fault::in_words(start, kind, expected, &found));
        };
        let at = self.at;
        self.at += length;
        let end = self.at;
        Ok(Self { at, end, ..*self })
    }

    fn varint(&mut self) -> Result<u64, Fault> {
        let mut number = 0;
        for (at, byte) in self.text().iter().take(VARINT).enumerate() {
            number |= u64::from(byte & 0x7f) << (7 * at);
            if byte & 0x80 == 0 {
                // Only one bit of the tenth byte is left to hold.
                if at + 1 == VARINT && *byte > 1 {
                    break;
                }
                self.at += at + 1;
                return Ok(number);
            }
        }
        if self.end - self.at < VARINT {
            return Err(self.truncated("the rest of a varint"));
        }
        let expected = "a varint of at most 64 bits";
        Err(Self::wrong(self.at, expected, "a longer one"))
    }

    fn fixed<const N: usize>(&mut self) -> Result<[u8; N], Fault> {
        let Some(bytes) = self.text().first_chunk() else {
            return Err(self.truncated("the rest of a fixed number"));
        };
        self.at += N;
        Ok(*bytes)
    }

    fn truncated(&self, expected: &'static str) -> Fault {
        let found = "the end of the message";
        Fault::in_words(self.at, ParseErrorKind::Incomplete, expected, found)
    }

    fn wrong(at: usize, expected: &'static str, found: &str) -> Fault {
        Fault::in_words(at, ParseErrorKind::Syntax, expected, found)
    }
}

impl<'a> Field<'a> {
    /// The field as a whole number from zero up.
    pub(super) fn unsigned(&self) -> Result<u64, Fault> {
        match self.value {
            Value::Varint(number) => Ok(number),
            _ => Err(self.other("a varint")),
        }
    }

    /// The field as a whole number in two's complement.
    pub(super) fn int64(&self) -> Result<i64, Fault> {
        self.unsigned().map(u64::cast_signed)
    }

    /// The field as a whole number in zigzag encoding.
    pub(super) fn signed(&self) -> Result<i64, Fault> {
        self.unsigned().map(zigzag)
    }

    /// The field as a float.
    pub(super) fn double(&self) -> Result<f64, Fault> {
        match self.value {
            Value::Fixed64(bits) => Ok(f64::from_bits(bits)),
            _ => Err(self.other("a double")),
        }
    }

    /// The field as a message.
    pub(super) fn message(&self) -> Result<Wire<'a>, Fault> {
        match self.value {
            Value::Delimited(wire) => Ok(wire),
            _ => Err(self.other("a message")),
        }
    }

    /// The field as text.
    pub(super) fn text(&self) -> Result<&'a str, Fault> {
        let Value::Delimited(wire) = self.value else {
            return Err(self.other("text"));
        };
        std::str::from_utf8(wire.text()).map_err(|error| {
            let good = error.valid_up_to();
            let found = Found::Byte(wire.text()[good]);
            Fault::new(wire.at + good, ParseErrorKind::Encoding, "UTF-8", &found)
        })
    }

    /// Adds the field's numbers, packed or one, in zigzag encoding.
    pub(super) fn add_signed(&self, numbers: &mut Vec<i64>) -> Result<(), Fault> {
        if let Value::Delimited(mut packed) = self.value {
            while !packed.is_empty() {
                numbers.push(zigzag(packed.varint()?));
            }
        } else {
            numbers.push(self.signed()?);
        }
        Ok(())
    }

    /// Adds the field's numbers, packed or one, as floats.
    pub(super) fn add_doubles(&self, numbers: &mut Vec<f64>) -> Result<(), Fault> {
        if let Value::Delimited(mut packed) = self.value {
            while !packed.is_empty() {
                numbers.push(f64::from_le_bytes(packed.fixed()?));
            }
        } else {
            numbers.push(self.double()?);
        }
        Ok(())
    }

    fn other(&self, expected: &'static str) -> Fault {
        let found = match self.value {
            Value::Varint(_) => "a varint",
            Value::Fixed64(_) => "64 bits",
            Value::Delimited(_) => "bytes with a length",
            Value::Fixed32 => "32 bits",
        };
        Fault::in_words(self.at, ParseErrorKind::Syntax, expected, found)
    }
}

/// The number that 0, -1, 1, -2, … stand for as 0, 1, 2, 3, ….
fn zigzag(number: u64) -> i64 {
    (number >> 1).cast_signed() ^ -(number & 1).cast_signed()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn varint(bytes: &[u8]) -> Result<u64, Fault> {
        Wire::new(bytes).varint()
    }

    #[test]
    fn varints_hold_64_bits_and_no_more() {
        assert_eq!(varint(&[0x96, 0x01]).unwrap(), 150);
        assert_eq!(varint(&[0x80, 0x00]).unwrap(), 0);
        let mut longest = [0xff; 10];
        longest[9] = 0x01;
        assert_eq!(varint(&longest).unwrap(), u64::MAX);
        longest[9] = 0x02;
        assert!(varint(&longest).is_err());
        assert!(varint(&[0xff; 11]).is_err());
        assert!(varint(&[0x80; 9]).is_err());
        assert!(varint(&[]).is_err());
    }

    #[test]
    fn zigzag_goes_to_and_fro() {
        let ends = [0, 1, 2, 3, u64::MAX - 1, u64::MAX].map(zigzag);
        assert_eq!(ends, [0, -1, 1, -2, i64::MAX, i64::MIN]);
    }
}
