//! What a measurement found, and when to make it again.

use anyhow::Result;

use super::statistic::Summary;

/// How often disturbed measurements of one entrant are made again, over all rounds.
///
/// On a machine that is busy all the time more of them only take longer.
pub(super) const RETRIES: usize = 3;

/// What one measurement found.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Measured {
    /// Nanoseconds per record and thread, by the slowest thread.
    pub(crate) nanos: f64,
    /// Whether other processes took the cores.
    pub(crate) disturbed: bool,
}

/// Measures until nothing disturbs, while there are retries.
pub(super) fn undisturbed(
    retries: &mut usize,
    mut measure: impl FnMut() -> Result<Measured>,
) -> Result<Measured> {
    let mut measured = measure()?;
    while measured.disturbed && *retries > 0 {
        *retries -= 1;
        measured = measure()?;
    }
    Ok(measured)
}

/// Returns the summary of the rounds, and how many of them were disturbed.
pub(super) fn summarise(rounds: &[Measured]) -> (Summary, usize) {
    let nanos = rounds.iter().map(|round| round.nanos).collect();
    let disturbed = rounds.iter().filter(|round| round.disturbed).count();
    (Summary::of(nanos), disturbed)
}
