//! Any sequence of changes leaves on the page what a map would hold.

mod family;
mod held;
mod world;

use proptest::prelude::*;

use self::world::World;

/// Values that are hard to tell apart once they are written.
const VALUES: [&str; 8] = ["", "x", "\"", "\\", "\n", "x\",b=\"y", "ä→🙂", "true"];
const NAMES: [&str; 6] = [
    "counted_total",
    "amount_total",
    "queue",
    "level",
    "sizes",
    "typed_total",
];
const TYPED: usize = 5;
/// Scopes that are there for ever; behind them come two that are owned.
const PLAIN: [&[(&str, &str)]; 3] = [&[], &[("s", "one")], &[("s", "\"\\")]];
const OWNED: [(&str, &str); 2] = [("conn", "1"), ("stream", "2")];

/// One change.
#[derive(Clone, Copy, Debug)]
enum Step {
    Record(At, i8),
    Single(At, i8),
    Keep(At),
    RecordKept(usize, i8),
    DropKept(usize),
    Own(At),
    DropOwned(usize),
    Remove(At),
    Clear(usize),
    Open(usize),
    Close(usize),
    Limit(usize, usize),
    Look,
}

/// A family, a scope and two of the values.
type At = (usize, usize, [usize; 2]);

fn step() -> impl Strategy<Value = Step> {
    let values = || [0..VALUES.len(), 0..VALUES.len()];
    let at = || (0..NAMES.len(), 0..PLAIN.len() + OWNED.len(), values());
    prop_oneof![
        8 => (at(), -5_i8..6).prop_map(|(at, n)| Step::Record(at, n)),
        2 => (at(), -5_i8..6).prop_map(|(at, n)| Step::Single(at, n)),
        2 => at().prop_map(Step::Keep),
        3 => (0..20_usize, -5_i8..6).prop_map(|(at, n)| Step::RecordKept(at, n)),
        1 => (0..20_usize).prop_map(Step::DropKept),
        2 => at().prop_map(Step::Own),
        2 => (0..20_usize).prop_map(Step::DropOwned),
        2 => at().prop_map(Step::Remove),
        1 => (0..NAMES.len()).prop_map(Step::Clear),
        2 => (0..OWNED.len()).prop_map(Step::Open),
        1 => (0..OWNED.len()).prop_map(Step::Close),
        1 => (0..NAMES.len(), 0..6_usize).prop_map(|(family, limit)| Step::Limit(family, limit)),
        2 => Just(Step::Look),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]
    #[test]
    fn any_sequence_of_changes_leaves_what_a_map_would_hold(
        steps in prop::collection::vec(step(), 0..120),
    ) {
        let mut world = World::new();
        for step in steps {
            world.run(step);
        }
        world.check();
    }
}
