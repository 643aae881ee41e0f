//! Cells that were recorded to before their series was known to the host.
#![allow(unsafe_code, reason = "makes series over cells that libnv vouches for")]

use std::slice;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use dynamometer_cells::{Full, Joined, Lent, Options, Series};

use super::{Family, Kind};
use crate::abi;
use crate::error::Error;

/// Cells that become a series' own where it is new, and are joined to it otherwise.
///
/// They are never given back: whoever recorded to them may go on.
#[derive(Clone, Copy, Debug)]
pub struct Adopted {
    place: Place,
    kind: Kind,
    count: usize,
}

#[derive(Clone, Copy, Debug)]
enum Place {
    /// In the slabs, or in the shared one alone.
    InSlabs { offset: u32, is_shared: bool },
    /// Outside all slabs, changed by atomic operations.
    Elsewhere(&'static [AtomicU64]),
}

impl Adopted {
    /// Checks what C says of the cells.
    ///
    /// # Safety
    ///
    /// As `libnv.h` says of `adopt`: there are as many cells as a series of the
    /// family has, for ever.
    pub(super) unsafe fn read(
        family: &impl Family,
        offset: i64,
        cells: *mut u64,
    ) -> Result<Self, Error> {
        let kind = family.kind();
        let count = match family.buckets().count() {
            0 if kind == Kind::UpDownCounter => 2,
            0 => 1,
            buckets => buckets + 1,
        };
        let place = if cells.is_null() {
            if offset < 0 && offset & abi::AT_SHARED == 0 {
                let message = format!("there are no cells at the offset {offset:#x}");
                return Err(Error::argument(message));
            }
            Place::InSlabs {
                offset: offset.cast_unsigned() as u32,
                is_shared: kind.is_set() || offset < 0,
            }
        } else if cells.is_aligned() {
            // SAFETY: by this function's contract.
            Place::Elsewhere(unsafe { slice::from_raw_parts(cells.cast(), count) })
        } else {
            return Err(Error::argument(format!("there are no cells at {cells:p}")));
        };
        Ok(Self { place, kind, count })
    }

    /// A new series over the cells, or [`Full`] where these can be no cells of one.
    ///
    /// # Errors
    ///
    /// The options as they were, where the cells are in no slab.
    pub fn over(&self, options: Options) -> Result<Result<Arc<Series>, Full>, Options> {
        let Place::InSlabs { offset, is_shared } = self.place else {
            return Err(options);
        };
        let lent = Lent {
            offset,
            cells: self.count,
            is_shared,
        };
        // SAFETY: by the contract of `read`; they are never given back.
        Ok(unsafe { Series::over(lent, options) })
    }

    /// Makes the cells part of a series; one that is set and never was takes their
    /// value.
    pub fn join(&self, series: &Series) {
        if self.kind.is_set() {
            return series.take_bits(self.bits());
        }
        let joined = match self.place {
            Place::InSlabs { offset, .. } => Joined::InSlabs { offset },
            Place::Elsewhere(cells) => Joined::Elsewhere(cells),
        };
        // SAFETY: by the contract of `read`.
        unsafe { series.join(joined) };
    }

    /// What the one cell of a series that is set holds.
    fn bits(&self) -> u64 {
        match self.place {
            Place::Elsewhere(cells) => cells.first().map_or(0, |cell| cell.load(Ordering::Relaxed)),
            Place::InSlabs { .. } => {
                let over = self.over(Options::default());
                over.map_or(0, |over| over.map_or(0, |series| series.bits()))
            }
        }
    }
}
