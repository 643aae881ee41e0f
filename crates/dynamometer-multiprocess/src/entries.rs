//! The layout of a file.

use crate::fault::Fault;

/// Where the first entry begins: behind the number of bytes in use, and padding.
pub(crate) const HEADER: usize = 8;

/// A value and the time it was set.
const NUMBERS: usize = 16;

/// One value of a process.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Entry<'a> {
    /// The sample's name and labels, as JSON.
    pub(crate) key: &'a [u8],
    pub(crate) value: f64,
    /// Seconds since 1970, zero where nobody says.
    pub(crate) timestamp: f64,
}

/// The entries of a file, one behind the other.
///
/// Each is the length of its key, the key, blanks up to a multiple of eight bytes,
/// at least one, and two floats. Numbers are in the order of the machine.
#[derive(Clone, Debug)]
pub(crate) struct Entries<'a> {
    used: &'a [u8],
    at: usize,
}

impl<'a> Entries<'a> {
    /// Reads the header of a file, of which `bytes` are at least what is used.
    ///
    /// A file without bytes, as it is for an instant when it is made, has no entry.
    pub(crate) fn new(bytes: &'a [u8]) -> Result<Self, Fault> {
        let used = if bytes.is_empty() { 0 } else { used(bytes)? };
        let found = bytes.len() as u64;
        let in_use = usize::try_from(used)
            .ok()
            .and_then(|used| bytes.get(..used));
        let used = in_use.ok_or(Fault::Truncated { used, found })?;
        Ok(Self { used, at: HEADER })
    }

    fn read(&mut self) -> Option<Entry<'a>> {
        let rest = self.used.get(self.at..)?;
        let (length, rest) = rest.split_first_chunk()?;
        let length = usize::try_from(i32::from_ne_bytes(*length)).ok()?;
        let padded = length.checked_add(8 - (length + 4) % 8)?;
        let (key, numbers) = (rest.get(..length)?, rest.get(padded..)?);
        let (value, numbers) = numbers.split_first_chunk()?;
        let timestamp = numbers.first_chunk()?;
        self.at += 4 + padded + NUMBERS;
        Some(Entry {
            key,
            value: f64::from_ne_bytes(*value),
            timestamp: f64::from_ne_bytes(*timestamp),
        })
    }
}

/// How many bytes of a file are in use, which its first four say.
pub(crate) fn used(bytes: &[u8]) -> Result<u64, Fault> {
    let found = bytes.len() as u64;
    let header = bytes.first_chunk().ok_or(Fault::Truncated {
        used: HEADER as u64,
        found,
    })?;
    let used = i32::from_ne_bytes(*header);
    u64::try_from(used).map_err(|_| Fault::Header { used })
}

impl<'a> Iterator for Entries<'a> {
    type Item = Result<Entry<'a>, Fault>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.at >= self.used.len() {
            return None;
        }
        let offset = self.at;
        let entry = self.read();
        if entry.is_none() {
            self.at = self.used.len();
        }
        Some(entry.ok_or(Fault::Entry { offset }))
    }
}
