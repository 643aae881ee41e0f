//! The engine of dynamometer: a record is one unlocked add to memory that only
//! the recording thread writes.
//!
//! Each thread leases a *slab*, a large reserved stretch of memory. A series
//! owns the same offsets in every slab, its *cells*; a handle adds to the cell
//! of the calling thread; a reader sums the cells of all slabs. There is no lock,
//! no atomic read-modify-write, no allocation and no failure on a record.
//!
//! ```
//! use dynamometer_cells::{CounterCell, Options};
//!
//! let requests = CounterCell::new(Options::default())?;
//! std::thread::scope(|scope| {
//!     for _ in 0..4 {
//!         scope.spawn(|| requests.inc_by(1));
//!     }
//! });
//! assert_eq!(requests.value(), 4);
//! # Ok::<(), dynamometer_cells::Full>(())
//! ```
//!
//! Everything here is `Send + Sync` and safe to call from any thread unless it
//! says otherwise. Recording from a signal handler is not promised.
//!
//! | module | holds |
//! |---|---|
//! | `cell` | the cells of each kind, with the inline record paths |
//! | `thread`, `lock_lease` | who may write a slab without atomics: a thread, or the holder of a lock |
//! | `pool`, `slab`, `region` | slabs: reserved, leased, handed on |
//! | `series`, `space`, `layout`, `offset` | which cells belong to which series |
//! | `keep` | what keeps the series of a handle: a share, or a look-up |
//! | `plan`, `segment`, `nesting`, `engine` | reading: what to sum, and in which order |
//! | `table` | the series table: look-up without a lock, with removal |
//! | `exemplar` | the last exemplar of a series, written and read without a lock |
//! | `owner`, `native` | the table by which several copies of the engine share one set of cells |
//! | `fork` | locks and leases over `fork` |
//!
//! The invariants behind the unsafe code are numbered in
//! `docs/adr/0002-lifetime-of-a-slab.md`.

#![allow(
    clippy::inline_always,
    reason = "a record that is not inlined costs twice as much"
)]

#[cfg(not(target_pointer_width = "64"))]
compile_error!("dynamometer-cells needs 64-bit pointers: slabs are reserved address space");

#[cfg_attr(
    not(loom),
    expect(unreachable_pub, reason = "public to the model tests")
)]
mod engine;
mod exemplar;
#[cfg_attr(
    not(loom),
    expect(unreachable_pub, reason = "public to the model tests")
)]
mod layout;
#[cfg_attr(
    not(loom),
    expect(unreachable_pub, reason = "public to the model tests")
)]
mod nesting;
mod pool;
#[cfg_attr(
    not(loom),
    expect(unreachable_pub, reason = "public to the model tests")
)]
mod record;
mod region;
mod segment;
mod slab;
mod space;
mod sync;
mod table;

#[cfg(not(loom))]
mod cell;
#[cfg(not(loom))]
mod fork;
#[cfg(not(loom))]
mod keep;
#[cfg(not(loom))]
mod lock_lease;
#[cfg(not(loom))]
mod native;
#[cfg(not(loom))]
mod offset;
#[cfg(not(loom))]
mod once_box;
#[cfg(not(loom))]
mod owner;
#[cfg(not(loom))]
mod plan;
#[cfg(not(loom))]
mod series;
#[cfg(not(loom))]
mod stats;
#[cfg(not(loom))]
mod stretches;
#[cfg(not(loom))]
mod thread;

#[cfg(not(loom))]
pub use self::{
    cell::{
        Bounds, BoundsError, BoundsTable, Buckets, CounterCell, ExponentialBuckets,
        ExponentialCells, ExponentialError, ExponentialLayout, ExponentialTable, FloatCell,
        GaugeCell, HistogramCells, HistogramSums, UpDownCells,
    },
    fork::{ForkGuard, ForkLock},
    keep::{Keep, Kept, Looked},
    lock_lease::LockLease,
    owner::{
        AdoptError, Meeting, OWNER_ABI, OwnerTable, adopt, is_native, native_table, set_meeting,
    },
    plan::{Place, Plan, Sums},
    series::{Full, Joined, Key, Lent, Notify, Options, Series, Storage},
    stats::{CellStats, Stats, stats},
    stretches::Stretches,
    table::InCells,
};

pub use self::{
    exemplar::{ExemplarRefused, ExemplarSlot, StoredExemplar},
    segment::{Segment, SegmentKind},
    space::Space,
    table::{Dense, Found, Hashed, Presence, Table, Writer},
};

/// The protocols, for the model checker's tests.
#[cfg(loom)]
pub mod model {
    pub use crate::engine::{Engine, Lease};
    pub use crate::layout::CELL_BYTES;
    pub use crate::nesting::sum_nested;
    pub use crate::record::{
        add_alone, add_float_alone, add_float_among_others, count_alone, count_among_others,
        observe_alone, observe_among_others,
    };
}
