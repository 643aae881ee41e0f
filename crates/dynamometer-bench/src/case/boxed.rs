//! `inc` of a counter behind `Box<dyn MetricCounter>`.

use crate::floor;
use crate::harness::Contest;
use crate::peer::dynamometer;

/// Returns the contest: only this library has the object-safe trait.
pub(crate) fn contest() -> Contest {
    Contest::new(
        "boxed-counter",
        vec![floor::unlocked_add(), dynamometer::boxed_counter()],
    )
}
