//! The latencies that every histogram observes.
//!
//! A constant would let a branch predictor and a store buffer learn the answer,
//! and a generator in the loop would be measured with it. So the values come
//! from a table that is small enough for the first-level cache; what reading it
//! costs is measured as an entrant of its own and subtracted.

/// Entries of a table. A power of two, so that the index is a mask.
pub(crate) const LEN: usize = 1024;

/// Two views of the same 1024 pseudo-random latencies.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Latencies {
    /// Seconds.
    pub(crate) seconds: &'static [f64; LEN],
    /// Whole nanoseconds, for libraries that record integers only, so that the
    /// conversion is not charged to them.
    pub(crate) nanos: &'static [u64; LEN],
}

impl Latencies {
    /// Returns latencies spread evenly over the logarithm of the bounds' range.
    ///
    /// The range reaches from half the lowest bound to twice the highest, so
    /// that the first bucket and the one above all bounds are hit too. The
    /// sequence is the same in every run. The tables live until the process
    /// ends.
    ///
    /// # Panics
    ///
    /// When `bounds` is empty.
    pub(crate) fn over(bounds: &[f64]) -> Self {
        let (low, high) = (bounds[0] / 2.0, bounds[bounds.len() - 1] * 2.0);
        let mut state = 0x9E37_79B9_7F4A_7C15_u64;
        let seconds: [f64; LEN] = std::array::from_fn(|_| {
            let fraction = (split_mix(&mut state) >> 11) as f64 / (1_u64 << 53) as f64;
            low * (high / low).powf(fraction)
        });
        #[expect(clippy::cast_sign_loss, reason = "latencies are positive")]
        let nanos = seconds.map(|value| (value * 1e9) as u64);
        Self {
            seconds: Box::leak(Box::new(seconds)),
            nanos: Box::leak(Box::new(nanos)),
        }
    }
}

/// Returns the next number of the `SplitMix64` sequence.
///
/// <https://prng.di.unimi.it/splitmix64.c>
fn split_mix(state: &mut u64) -> u64 {
    *state = state.wrapping_add(0x9E37_79B9_7F4A_7C15);
    let mut z = *state;
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn latencies_reach_every_bucket() {
        let bounds = [0.005, 0.1, 1.0, 10.0];
        let values = Latencies::over(&bounds).seconds;
        let mut hits = [0; 5];
        for value in values {
            hits[bounds.iter().filter(|bound| *bound < value).count()] += 1;
        }
        assert!(hits.iter().all(|&count| count > 20), "{hits:?}");
    }
}
