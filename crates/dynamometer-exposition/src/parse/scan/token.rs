//! The smallest parts of a line.

/// What a byte may be part of: bit 0 for the name of a metric, bit 1 for that of
/// a label, bit 2 for the beginning of either, bit 3 for text between quotes that
/// goes on.
const CLASSES: [u8; 256] = classes();

const fn classes() -> [u8; 256] {
    let mut classes = [0b1000; 256];
    let mut byte = 0;
    while byte < classes.len() {
        classes[byte] |= match byte as u8 {
            b'a'..=b'z' | b'A'..=b'Z' | b'_' => 0b111,
            b'0'..=b'9' => 0b011,
            b':' => 0b001,
            _ => 0,
        };
        byte += 1;
    }
    classes[b'"' as usize] = 0;
    classes[b'\\' as usize] = 0;
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
        Some(byte) if !byte.is_ascii_digit() => end_of::<0b001>(line.as_bytes(), at),
        _ => at,
    }
}

/// Where the bare label name from `at` on ends; `at` where there is none.
#[inline]
pub(super) fn label_name(line: &str, at: usize) -> usize {
    match line.as_bytes().get(at) {
        Some(byte) if !byte.is_ascii_digit() => end_of::<0b010>(line.as_bytes(), at),
        _ => at,
    }
}

/// Where the quotes that open at `at` have closed.
#[inline]
pub(super) fn quoted(line: &str, at: usize) -> Option<usize> {
    let bytes = line.as_bytes();
    let mut end = at + 1;
    loop {
        end = end_of::<0b1000>(bytes, end);
        match bytes.get(end)? {
            b'"' => return Some(end + 1),
            _ => end += 2,
        }
    }
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
