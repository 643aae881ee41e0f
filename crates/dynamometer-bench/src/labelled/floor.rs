//! Entrants that are no family: the floors under a look-up.

use dynamometer::Counter;

use crate::harness::{Entrant, Role, over_keys, over_numbers};
use crate::key::{self, Numbered, TYPED};
use crate::peer::dynamometer::container;

/// Returns an array of counters that is indexed by the key.
pub(crate) fn array() -> Entrant {
    let container = container();
    let counters: [Counter; TYPED] = std::array::from_fn(|i| {
        let index = i.to_string();
        let declared = container.counter("indexed_total");
        declared.label("index", &index).build()
    });
    let readers = counters.clone();
    let keys = key::typed(|status, kind| (status, kind));
    let run = over_keys(counters, keys, |counters, &(status, kind)| {
        counters[status as usize * 4 + kind as usize].inc();
    });
    Entrant::new("limit", "array of counters", run)
        .role(Role::Floor)
        .adds(1.0, move || {
            readers.iter().map(|reader| reader.get_value() as f64).sum()
        })
}

/// Returns the writing of label values alone, which is subtracted.
pub(crate) fn numbers(bound: u32) -> Entrant {
    let run = over_numbers(0_u64, bound, |_, number| {
        std::hint::black_box(Numbered::new(number).as_str());
    });
    Entrant::new("loop", "value generator", run).role(Role::Generator)
}
