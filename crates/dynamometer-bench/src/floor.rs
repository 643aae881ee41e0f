//! Entrants that are no library: the floors under every number.

use std::array;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use crate::harness::{Entrant, Role, in_turn, over_table, repeat};
use crate::limit::LimitCounter;
use crate::value::Latencies;

/// Cells 0 to 15 serve the variant in turn, this one the single counter.
const SINGLE: usize = 16;

/// Returns the loop with nothing in it but the hiding of the handle.
pub(crate) fn empty_loop() -> Entrant {
    Entrant::new("loop", "empty", repeat(0_u64, |_| ())).role(Role::Floor)
}

/// Returns the unlocked add in the thread's own cell.
pub(crate) fn unlocked_add() -> Entrant {
    let before = LimitCounter::new(SINGLE).get();
    Entrant::new(
        "limit",
        "unlocked add",
        repeat(LimitCounter::new(SINGLE), LimitCounter::inc),
    )
    .role(Role::Floor)
    .adds(1.0, move || {
        (LimitCounter::new(SINGLE).get() - before) as f64
    })
}

/// Returns the unlocked add in sixteen cells in turn.
pub(crate) fn unlocked_adds_in_turn() -> Entrant {
    let total = || {
        (0..16)
            .map(|cell| LimitCounter::new(cell).get())
            .sum::<u64>()
    };
    let before = total();
    Entrant::new(
        "limit",
        "unlocked add",
        in_turn(array::from_fn(LimitCounter::new), LimitCounter::inc),
    )
    .role(Role::Floor)
    .adds(1.0, move || (total() - before) as f64)
}

/// Returns the locked add that most libraries' counters are.
pub(crate) fn fetch_add() -> Entrant {
    let cell = Arc::new(AtomicU64::new(0));
    let reader = Arc::clone(&cell);
    let run = repeat(cell, |cell| {
        cell.fetch_add(1, Ordering::Relaxed);
    });
    Entrant::new("std", "fetch_add", run)
        .role(Role::Floor)
        .adds(1.0, move || reader.load(Ordering::Relaxed) as f64)
}

/// Returns the reading of the table of values alone, which is subtracted.
pub(crate) fn generator(values: Latencies) -> Entrant {
    Entrant::new(
        "loop",
        "value generator",
        over_table(0_u64, values.seconds, |_, _| ()),
    )
    .role(Role::Generator)
}
