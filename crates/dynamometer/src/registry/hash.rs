//! The hash of a series: the sum of its labels' hashes, so that their order does
//! not matter.

use std::hash::{BuildHasher as _, Hasher as _};

use foldhash::SharedSeed;
use foldhash::fast::SeedableRandomState;

/// Hashes the values of one label.
///
/// Seeded by the label's name and a number drawn once per process: who sends
/// label values cannot choose them to collide.
#[derive(Clone, Debug)]
pub(crate) struct LabelHasher(SeedableRandomState);

impl LabelHasher {
    pub(crate) fn new(name: &str) -> Self {
        let seed = SharedSeed::global_random();
        let mut hasher = SeedableRandomState::with_seed(0, seed).build_hasher();
        hasher.write(name.as_bytes());
        Self(SeedableRandomState::with_seed(hasher.finish(), seed))
    }

    #[inline(always)]
    pub(crate) fn hash(&self, value: &str) -> u64 {
        let mut hasher = self.0.build_hasher();
        hasher.write(value.as_bytes());
        hasher.finish()
    }
}

/// The hash of a series from the sum of its labels' hashes.
#[inline]
pub(crate) fn fold(sum: u64) -> u32 {
    // The low bits choose the slot: both halves belong in them.
    (sum ^ (sum >> 32)) as u32
}
