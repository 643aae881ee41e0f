//! Names that the model can hold.

use std::borrow::Cow;

/// `name` with a `_` for each character that a metric's name can not have there.
///
/// This is the `underscores` escaping of Prometheus 3:
/// <https://github.com/prometheus/docs/blob/main/docs/instrumenting/escaping_schemes.md>
pub(in crate::parse) fn classic_name(name: Cow<'_, str>) -> Cow<'_, str> {
    escaped(name, |byte| byte == b':')
}

/// `name` with a `_` for each character that a label's name can not have there.
pub(in crate::parse) fn classic_label(name: Cow<'_, str>) -> Cow<'_, str> {
    escaped(name, |_| false)
}

fn escaped(name: Cow<'_, str>, also: impl Fn(u8) -> bool) -> Cow<'_, str> {
    let fits = |at: usize, byte: u8| {
        byte.is_ascii_alphabetic()
            || byte == b'_'
            || also(byte)
            || (at > 0 && byte.is_ascii_digit())
    };
    if name.bytes().enumerate().all(|(at, byte)| fits(at, byte)) {
        return name;
    }
    let chars = name
        .char_indices()
        .map(|(at, char)| match u8::try_from(char) {
            Ok(byte) if fits(at, byte) => char,
            _ => '_',
        });
    chars.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_classic_name_can_not_have_becomes_an_underscore() {
        let name = |name| classic_name(Cow::Borrowed(name));
        assert!(matches!(name("a:b_1"), Cow::Borrowed("a:b_1")));
        assert_eq!(name("1a.é-b"), "_a___b");
        assert_eq!(classic_label(Cow::Borrowed("a:b")), "a_b");
    }
}
