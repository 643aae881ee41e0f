//! The token that a client may show instead of a password.

use ring::hmac::{self, HMAC_SHA256, Key, Tag};
use ring::rand::SystemRandom;

/// A token, kept as a tag under a key of its own.
pub(super) struct Token {
    key: Key,
    tag: Tag,
}

impl Token {
    /// `None` where the system has no random numbers.
    pub(super) fn new(token: &str) -> Option<Self> {
        let key = Key::generate(HMAC_SHA256, &SystemRandom::new()).ok()?;
        let tag = hmac::sign(&key, token.as_bytes());
        Some(Self { key, tag })
    }

    /// Compares without telling by its time how much is right.
    pub(super) fn is(&self, shown: &str) -> bool {
        hmac::verify(&self.key, shown.as_bytes(), self.tag.as_ref()).is_ok()
    }
}

impl std::fmt::Debug for Token {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Token")
    }
}
