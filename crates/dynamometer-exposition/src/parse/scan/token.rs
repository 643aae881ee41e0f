//! The smallest parts of a line.

/// What a byte may be part of: bit 0 for the name of a metric, bit 1 for that of
/// a label.
const CLASSES: [u8; 256] = classes();

const fn classes() -> [u8; 256] {
    let mut classes = [0; 256];
    let mut byte = 0;
    while byte < classes.len() {
        classes[byte] = match byte as u8 {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'_' => 0b11,
            b':' => 0b01,
            _ => 0,
        };
        byte += 1;
    }
    classes
}

/// Blanks and tabs, which 0.0.4 allows between any two tokens.
pub(super) fn is_blank(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t')
}

/// Where the blanks from `at` on end.
#[inline]
pub(super) fn blanks(line: &str, mut at: usize) -> usize {
    let bytes = line.as_bytes();
    while bytes.get(at).copied().is_some_and(is_blank) {
        at += 1;
    }
    at
}

/// Where the bare metric name from `at` on ends; `at` where there is none.
#[inline]
pub(super) fn metric_name(line: &str, at: usize) -> usize {
    match line.as_bytes().get(at) {
        Some(byte) if !byte.is_ascii_digit() => end_of::<0b01>(line.as_bytes(), at),
        _ => at,
    }
}

/// Where the bare label name from `at` on ends; `at` where there is none.
#[inline]
pub(super) fn label_name(line: &str, at: usize) -> usize {
    match line.as_bytes().get(at) {
        Some(byte) if !byte.is_ascii_digit() => end_of::<0b10>(line.as_bytes(), at),
        _ => at,
    }
}

/// Where the quotes that open at `at` have closed.
#[inline]
pub(super) fn quoted(line: &str, at: usize) -> Option<usize> {
    let bytes = line.as_bytes();
    let mut end = at + 1;
    loop {
        end = end_of_plain(bytes, end);
        match bytes.get(end)? {
            b'"' => return Some(end + 1),
            _ => end += 2,
        }
    }
}

/// Where the first quote or backslash from `at` on is; the end where there is none.
#[inline]
fn end_of_plain(bytes: &[u8], mut at: usize) -> usize {
    while let Some(word) = bytes.get(at..).and_then(<[u8]>::first_chunk) {
        let word = u64::from_le_bytes(*word);
        let found = zeros(word ^ each(b'"')) | zeros(word ^ each(b'\\'));
        if found != 0 {
            return at + found.trailing_zeros() as usize / 8;
        }
        at += 8;
    }
    let rest = bytes.get(at..).unwrap_or_default();
    let plain = rest.iter().take_while(|byte| !matches!(byte, b'"' | b'\\'));
    at + plain.count()
}

/// A word of one byte eight times.
const fn each(byte: u8) -> u64 {
    u64::from_le_bytes([byte; 8])
}

/// The high bit of each byte that is zero, up to the lowest such byte; above it
/// there may be others.
#[inline]
fn zeros(word: u64) -> u64 {
    word.wrapping_sub(each(1)) & !word & each(0x80)
}

/// Whether `text` begins with `start`, without a call of `memcmp` where that is
/// between 8 and 32 bytes long.
#[inline]
pub(super) fn begins_with(text: &[u8], start: &str) -> bool {
    let start = start.as_bytes();
    let Some(text) = text.get(..start.len()) else {
        return false;
    };
    match start.len() {
        8..=16 => has_ends::<8>(text, start),
        17..=32 => has_ends::<16>(text, start),
        _ => text == start,
    }
}

/// Whether the first and the last `N` bytes of two texts, which meet or overlap,
/// are the same.
#[inline]
fn has_ends<const N: usize>(one: &[u8], other: &[u8]) -> bool {
    one.first_chunk::<N>() == other.first_chunk() && one.last_chunk::<N>() == other.last_chunk()
}

/// Where the bytes of a class from `at` on end.
#[inline]
fn end_of<const CLASS: u8>(bytes: &[u8], mut at: usize) -> usize {
    let is_part = |byte: u8| CLASSES[usize::from(byte)] & CLASS != 0;
    while let Some(&[a, b, c, d]) = bytes.get(at..).and_then(<[u8]>::first_chunk) {
        if !is_part(a) {
            return at;
        }
        if !is_part(b) {
            return at + 1;
        }
        if !is_part(c) {
            return at + 2;
        }
        if !is_part(d) {
            return at + 3;
        }
        at += 4;
    }
    while bytes.get(at).copied().is_some_and(is_part) {
        at += 1;
    }
    at
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn quotes_close_at_the_first_one_that_is_not_escaped(
            value in "[a\"\\\\é¢Ü]{0,30}",
        ) {
            let line = format!("\"{value}");
            let mut escaped = false;
            let closing = line.bytes().skip(1).position(|byte| {
                let closes = byte == b'"' && !escaped;
                escaped = byte == b'\\' && !escaped;
                closes
            });
            prop_assert_eq!(quoted(&line, 0), closing.map(|at| at + 2));
        }

        #[test]
        fn a_text_begins_with_what_the_standard_library_says(
            start in "[ab]{0,40}", rest in "[ab]{0,9}", flip in any::<prop::sample::Index>(),
        ) {
            let text = format!("{start}{rest}");
            prop_assert!(begins_with(text.as_bytes(), &start));
            let mut other = start.clone().into_bytes();
            if !other.is_empty() {
                let at = flip.index(other.len());
                other[at] ^= 3;
                prop_assert!(!begins_with(text.as_bytes(), std::str::from_utf8(&other).unwrap()));
            }
            prop_assert_eq!(begins_with(start.as_bytes(), &text), rest.is_empty());
        }
    }
}
