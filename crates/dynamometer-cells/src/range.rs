//! The cells of one series: taken at creation, given back with the last handle.
#![allow(
    unsafe_code,
    reason = "gives the range back to the owner when the last handle is gone"
)]

use std::fmt;
use std::sync::Arc;

use crate::offset::Offset;
use crate::owner;
use crate::space::Space;

/// There is no offset left for another series.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Full;

impl fmt::Display for Full {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("no cells left for another series")
    }
}

impl std::error::Error for Full {}

/// Where the cells of a new series live.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Storage {
    /// One set per thread: about a nanosecond a record, 8 bytes × threads × cells.
    #[default]
    PerThread,
    /// One shared set: atomic adds, 8 bytes × cells. For families of many series,
    /// and for code on stackful fibres, which may change threads inside a record.
    Shared,
}

/// Called after each record of a handle that was created watchable.
///
/// Runs on the recording thread, so it must not block, allocate or panic: set a
/// flag and wake whoever does the work.
pub trait Notify: Send + Sync {
    /// Says that the watched cells changed.
    fn recorded(&self);
}

/// How to create a series' cells.
#[derive(Default)]
pub struct Options {
    /// Where the cells live.
    pub storage: Storage,
    /// Whom to tell of each record; costs the plain path nothing when `None`.
    pub notify: Option<Box<dyn Notify>>,
}

impl fmt::Debug for Options {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Options")
            .field("storage", &self.storage)
            .field("notify", &self.notify.is_some())
            .finish()
    }
}

/// A stretch of cells that belongs to one series.
///
/// Handles share it; when the last one is dropped there is no writer left, and
/// the cells are zeroed and given back (invariant S3 of docs/adr/0002).
pub(crate) struct Range {
    offset: u32,
    cells: u32,
    notify: Option<Box<dyn Notify>>,
}

impl Range {
    /// Takes `cells` cells and says which offset handles record at.
    pub(crate) fn new(cells: u32, options: Options) -> Result<(Offset, Arc<Self>), Full> {
        let space = match options.storage {
            Storage::PerThread => Space::Thread,
            Storage::Shared => Space::Shared,
        };
        Self::in_space(space, cells, options.notify)
    }

    /// Takes one cell that is set rather than added to.
    pub(crate) fn gauge(notify: Option<Box<dyn Notify>>) -> Result<(Offset, Arc<Self>), Full> {
        Self::in_space(Space::Gauge, 1, notify)
    }

    fn in_space(
        space: Space,
        cells: u32,
        notify: Option<Box<dyn Notify>>,
    ) -> Result<(Offset, Arc<Self>), Full> {
        let (space, bytes) = owner::allocate(space, cells).ok_or(Full)?;
        let mut offset = Offset::plain(bytes);
        if space != Space::Thread {
            offset = offset.shared();
        }
        if notify.is_some() {
            offset = offset.watched();
        }
        Ok((
            offset,
            Arc::new(Self {
                offset: bytes,
                cells,
                notify,
            }),
        ))
    }

    pub(crate) fn offset(&self) -> u32 {
        self.offset
    }

    pub(crate) fn cells(&self) -> u32 {
        self.cells
    }

    pub(crate) fn notify(&self) {
        if let Some(notify) = &self.notify {
            notify.recorded();
        }
    }
}

impl Drop for Range {
    fn drop(&mut self) {
        // SAFETY: taken by `in_space`, given back once; the last `Arc` is gone,
        // so every record made through a handle happens before this.
        unsafe { owner::free(self.offset, self.cells) }
    }
}

impl fmt::Debug for Range {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Range")
            .field("offset", &self.offset)
            .field("cells", &self.cells)
            .finish_non_exhaustive()
    }
}
