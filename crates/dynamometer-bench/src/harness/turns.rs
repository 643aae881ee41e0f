//! Rounds in which everyone has a turn.

use anyhow::Result;

use crate::report::progress;

/// Measures each entrant once per round and returns what was found of each.
///
/// The order is rotated, so that nobody always runs after the same neighbour.
///
/// # Errors
///
/// When `measure` fails.
pub(crate) fn in_turns<E, T>(
    kind: &str,
    entrants: &mut [E],
    rounds: usize,
    mut measure: impl FnMut(&mut E) -> Result<T>,
) -> Result<Vec<Vec<T>>> {
    let count = entrants.len();
    let mut found: Vec<_> = entrants.iter().map(|_| Vec::new()).collect();
    for round in 0..rounds {
        progress(&format!("{kind}: round {} of {rounds}", round + 1));
        for step in 0..count {
            let index = (step + round) % count;
            found[index].push(measure(&mut entrants[index])?);
        }
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_round_begins_with_the_next_entrant() {
        let mut turns = Vec::new();
        let mut entrants = [0, 1, 2];
        let found = in_turns("turns", &mut entrants, 2, |entrant| {
            turns.push(*entrant);
            Ok(*entrant)
        });
        assert_eq!(turns, [0, 1, 2, 1, 2, 0]);
        assert_eq!(found.unwrap(), [[0, 0], [1, 1], [2, 2]]);
    }
}
