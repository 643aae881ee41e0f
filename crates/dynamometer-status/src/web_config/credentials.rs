//! Checking what clients show.

use std::cell::RefCell;
use std::collections::HashSet;
use std::sync::Arc;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use ring::digest::SHA256_OUTPUT_LEN;
use ring::hmac::{self, HMAC_SHA256, Key};
use ring::rand::SystemRandom;
use tokio::sync::Semaphore;
use tokio::task::spawn_blocking;

use crate::web_config::users::Users;

/// Hashes computed at once; each takes a core for tens of milliseconds.
const AT_ONCE: usize = 2;

/// Passwords remembered to be right, above which all are forgotten.
const REMEMBERED: usize = 1024;

/// What an `Authorization` header holds.
#[derive(Debug)]
pub(super) enum Credentials<'a> {
    /// A user's name and a password.
    Basic(String, Vec<u8>),
    /// A token.
    Bearer(&'a str),
}

impl<'a> Credentials<'a> {
    /// Reads a header's value; `None` where it is neither.
    pub(super) fn read(header: &'a str) -> Option<Self> {
        let (scheme, value) = header.split_once(' ')?;
        let value = value.trim_matches(' ');
        if scheme.eq_ignore_ascii_case("bearer") {
            return Some(Self::Bearer(value));
        }
        if !scheme.eq_ignore_ascii_case("basic") {
            return None;
        }
        let mut user = STANDARD.decode(value).ok()?;
        let colon = user.iter().position(|byte| *byte == b':')?;
        let password = user.split_off(colon + 1);
        user.truncate(colon);
        Some(Self::Basic(String::from_utf8(user).ok()?, password))
    }
}

/// Checks passwords, and remembers which were right.
#[derive(Debug)]
pub(super) struct Checker {
    key: Key,
    /// Digests of user, hash and password, each in full: a password is right for
    /// one user and one hash, and for no other.
    right: RefCell<HashSet<[u8; SHA256_OUTPUT_LEN]>>,
    turns: Arc<Semaphore>,
}

impl Checker {
    /// `None` where the system has no random numbers.
    pub(super) fn new() -> Option<Self> {
        Some(Self {
            key: Key::generate(HMAC_SHA256, &SystemRandom::new()).ok()?,
            right: RefCell::default(),
            turns: Arc::new(Semaphore::new(AT_ONCE)),
        })
    }

    /// True where the password is the user's.
    pub(super) async fn is_right(&self, users: &Users, user: &str, password: Vec<u8>) -> bool {
        let known = users.hash(user);
        let hash = known.unwrap_or(users.decoy()).to_owned();
        let digest = self.digest([user.as_bytes(), hash.as_bytes(), &password]);
        if known.is_some() && self.right.borrow().contains(&digest) {
            return true;
        }
        let turn = Arc::clone(&self.turns).acquire_owned().await;
        let fits = spawn_blocking(move || {
            let _turn = turn;
            bcrypt::verify(password, &hash).unwrap_or(false)
        });
        let is_right = fits.await.unwrap_or(false) && known.is_some();
        if is_right {
            self.remember(digest);
        }
        is_right
    }

    fn remember(&self, digest: [u8; SHA256_OUTPUT_LEN]) {
        let mut right = self.right.borrow_mut();
        if right.len() >= REMEMBERED {
            right.clear();
        }
        right.insert(digest);
    }

    /// A digest that only this process can compute, of parts that can not be cut
    /// in another place.
    fn digest(&self, parts: [&[u8]; 3]) -> [u8; SHA256_OUTPUT_LEN] {
        let mut context = hmac::Context::with_key(&self.key);
        for part in parts {
            context.update(&(part.len() as u64).to_le_bytes());
            context.update(part);
        }
        let mut digest = [0; SHA256_OUTPUT_LEN];
        digest.copy_from_slice(context.sign().as_ref());
        digest
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn credentials_are_read_from_their_header() {
        let basic = |text: &str| match Credentials::read(text) {
            Some(Credentials::Basic(user, password)) => Some((user, password)),
            _ => None,
        };
        let header = format!("bAsIc  {}", STANDARD.encode("ann:a:b"));
        assert_eq!(basic(&header), Some(("ann".to_owned(), b"a:b".to_vec())));
        for wrong in [
            "",
            "Basic",
            "Basic !",
            "Basic YW5u",
            "Digest YTpi",
            "Basic /zo=",
        ] {
            assert!(Credentials::read(wrong).is_none(), "{wrong}");
        }
        let bearer = Credentials::read("Bearer abc");
        assert!(matches!(bearer, Some(Credentials::Bearer("abc"))));
    }

    #[test]
    fn what_is_remembered_can_not_be_cut_in_another_place() {
        let checker = Checker::new().unwrap();
        let digest = |parts: [&str; 3]| checker.digest(parts.map(str::as_bytes));
        assert_eq!(digest(["ab", "c", "d"]), digest(["ab", "c", "d"]));
        assert_ne!(digest(["ab", "c", "d"]), digest(["a", "bc", "d"]));
        assert_ne!(digest(["ab", "c", "d"]), digest(["ab", "cd", ""]));
    }

    proptest::proptest! {
        #[test]
        fn any_header_is_read_or_refused(header in "(Basic|Bearer)? ?[A-Za-z0-9+/=:\\PC]{0,40}") {
            let _ = Credentials::read(&header);
        }
    }
}
