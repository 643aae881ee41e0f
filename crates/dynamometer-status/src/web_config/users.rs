//! Users and the hashes of their passwords.

use std::collections::BTreeMap;

use bcrypt::HashParts;
use serde_saphyr::Spanned;

use crate::web_config::fault::Fault;

/// Highest cost of a hash: each step doubles the time, and this one takes minutes.
const HIGHEST_COST: u32 = 20;

/// Who may come in with which password.
#[derive(Default)]
pub(super) struct Users {
    hashes: BTreeMap<String, String>,
    /// The hash that takes longest, for those who are nobody.
    decoy: String,
}

impl Users {
    pub(super) fn of(users: BTreeMap<String, Spanned<String>>) -> Result<Self, Fault> {
        let mut read = Self::default();
        let mut dearest = 0;
        for (user, hash) in users {
            let cost = cost_of(&user, &hash)?;
            if cost > dearest {
                dearest = cost;
                read.decoy.clone_from(&hash.value);
            }
            read.hashes.insert(user, hash.value);
        }
        Ok(read)
    }

    /// True where nobody needs a password.
    pub(super) fn is_empty(&self) -> bool {
        self.hashes.is_empty()
    }

    /// The hash of a user's password; `None` where there is no such user.
    pub(super) fn hash(&self, user: &str) -> Option<&str> {
        self.hashes.get(user).map(String::as_str)
    }

    /// A hash to compare with where there is no such user, so that it takes as
    /// long to say so.
    pub(super) fn decoy(&self) -> &str {
        &self.decoy
    }
}

fn cost_of(user: &str, hash: &Spanned<String>) -> Result<u32, Fault> {
    if user.contains(':') {
        let message =
            format!("the user {user:?} has a colon in the name, which no client can send");
        return Err(Fault::at(hash, message));
    }
    let parts: HashParts = hash.value.parse().map_err(|_| {
        let message = format!(
            "the password of the user {user:?} is not a bcrypt hash; \
             make one with `htpasswd -nBC 10 {user}`"
        );
        Fault::at(hash, message)
    })?;
    let cost = parts.get_cost();
    if cost > HIGHEST_COST {
        let message = format!(
            "the password hash of the user {user:?} has cost {cost}, above {HIGHEST_COST}: \
             each check would take minutes; make one with `htpasswd -nBC 10 {user}`"
        );
        return Err(Fault::at(hash, message));
    }
    Ok(cost)
}

impl std::fmt::Debug for Users {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_set().entries(self.hashes.keys()).finish()
    }
}
