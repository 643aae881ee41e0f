//! The keys that families are looked up by, the same for every library.

use dynamometer::Labels;
use measured::FixedCardinalityLabel;
use prometheus_client::encoding::EncodeLabelValue;

/// Series that are looked up by two texts, in turn.
pub(crate) const TEXTS: usize = 64;

/// Series that are looked up by two enums, in turn.
pub(crate) const TYPED: usize = 16;

/// The names of the labels whose values are texts.
pub(crate) const NAMES: [&str; 2] = ["model", "path"];

/// The values of two labels.
pub(crate) type Pair = (String, String);

/// How a request ended.
#[derive(
    Clone, Copy, Debug, Hash, PartialEq, Eq, Labels, FixedCardinalityLabel, EncodeLabelValue,
)]
pub(crate) enum Status {
    Success,
    ClientError,
    ServerError,
    Cancelled,
}

/// What was asked for.
#[derive(
    Clone, Copy, Debug, Hash, PartialEq, Eq, Labels, FixedCardinalityLabel, EncodeLabelValue,
)]
pub(crate) enum Kind {
    Chat,
    Completion,
    Embedding,
    Ranking,
}

/// Returns the keys of two texts, which are as long as names of models and paths are.
pub(crate) fn texts() -> [Pair; TEXTS] {
    std::array::from_fn(|i| {
        (
            format!("model-{}", i % 8),
            format!("/v1/endpoint/{}", i / 8),
        )
    })
}

/// Returns the same keys as texts that stay until the process ends.
pub(crate) fn known_texts() -> [(&'static str, &'static str); TEXTS] {
    texts().map(|(model, path)| (&*model.leak(), &*path.leak()))
}

/// Returns all keys of two enums, as the library at hand writes such a key.
pub(crate) fn typed<K>(key: impl Fn(Status, Kind) -> K) -> [K; TYPED] {
    const STATUSES: [Status; 4] = [
        Status::Success,
        Status::ClientError,
        Status::ServerError,
        Status::Cancelled,
    ];
    const KINDS: [Kind; 4] = [Kind::Chat, Kind::Completion, Kind::Embedding, Kind::Ranking];
    std::array::from_fn(|i| key(STATUSES[i / 4], KINDS[i % 4]))
}

/// A label value made of a number, without allocating.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Numbered([u8; 16]);

impl Numbered {
    /// Returns "user-id-" and a letter from "a" to "p" for each hexadecimal digit.
    ///
    /// Both halves are written as words: what hashes the text reads words, and
    /// would wait for single bytes to leave the store buffer.
    pub(crate) fn new(number: u32) -> Self {
        let spread = |digits: u64, by: u32, mask: u64| (digits << by | digits) & mask;
        let digits = spread(number.into(), 16, 0x0000_ffff_0000_ffff);
        let digits = spread(digits, 8, 0x00ff_00ff_00ff_00ff);
        let digits = spread(digits, 4, 0x0f0f_0f0f_0f0f_0f0f);
        let letters = digits + u64::from_be_bytes([b'a'; 8]);
        let mut text = *b"user-id-________";
        text[8..].copy_from_slice(&letters.to_be_bytes());
        Self(text)
    }

    /// Returns the text.
    pub(crate) fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).expect("the letters are ASCII")
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn keys_are_distinct() {
        assert_eq!(BTreeSet::from(texts()).len(), TEXTS);
        let typed = typed(|status, kind| (status as u8, kind as u8));
        assert_eq!(BTreeSet::from(typed).len(), TYPED);
    }

    #[test]
    fn numbers_become_texts() {
        assert_eq!(Numbered::new(0x12_abcd).as_str(), "user-id-aabcklmn");
    }
}
