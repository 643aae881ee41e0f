//! One series: its key, and its cells, which are given back with the last handle.
#![allow(
    unsafe_code,
    reason = "gives the cells back to the owner when the last handle is gone"
)]

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU16, AtomicU32, AtomicU64, Ordering};

use crate::exemplar::ExemplarSlot;
use crate::offset::Offset;
use crate::once_box::OnceBox;
use crate::owner;
use crate::segment::{Segment, SegmentKind};
use crate::space::Space;
use crate::table::Hashed;
use crate::thread::shared_cells;

/// Whether any series of this process was ever given a total.
static ANY_ADJUSTED: AtomicBool = AtomicBool::new(false);

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

/// What a series is found by in a [`Table`](crate::Table).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Key {
    /// The whole key; look-ups compare it in full.
    pub text: Box<str>,
    /// The hash of the key.
    pub hash: u32,
    /// Something known of the text, which may change while the series lives.
    pub tag: u16,
}

/// How to create a series' cells.
#[derive(Default)]
pub struct Options {
    /// Where the cells live.
    pub storage: Storage,
    /// Whom to tell of each record; costs the plain path nothing when `None`.
    pub notify: Option<Box<dyn Notify>>,
    /// What the series is found by; empty where it is in no table.
    pub key: Key,
    /// How many exemplars the series can hold.
    pub exemplars: usize,
}

impl fmt::Debug for Options {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Options")
            .field("storage", &self.storage)
            .field("notify", &self.notify.is_some())
            .field("key", &self.key)
            .field("exemplars", &self.exemplars)
            .finish()
    }
}

/// A key and a stretch of cells.
///
/// Handles and the table share it; when the last one lets go there is no writer
/// left, and the cells are zeroed and given back (invariant S3 of
/// docs/adr/0002). It is kept small, and what few series need is in a box:
/// with its `Arc` it takes 64 bytes, and the text.
pub struct Series {
    /// The byte offset, a multiple of 8, and flags in its low bits.
    offset: u32,
    cells: u16,
    tag: AtomicU16,
    hash: u32,
    place: AtomicU32,
    text: Box<str>,
    extra: OnceBox<Extra>,
}

/// What few series have.
#[derive(Default)]
struct Extra {
    notify: Option<Box<dyn Notify>>,
    exemplars: Box<[ExemplarSlot]>,
    /// What is added to the sum of the cells: `u64`, wrapping, or the bits of an `f64`.
    adjustment: AtomicU64,
    /// When the value began anew, as bits of an `f64`; zero for never.
    restarted: AtomicU64,
}

impl Series {
    /// Set in `offset` where the cells are changed by atomic adds.
    const SHARED: u32 = 1;
    /// Set in `offset` where someone is told of each record.
    const WATCHED: u32 = 2;
    const FLAGS: u32 = 7;

    /// Takes `cells` cells to add to: 1 for a counter, 2 for an up-down counter,
    /// one more than buckets for a histogram.
    ///
    /// # Errors
    ///
    /// [`Full`] where the process has no offset left.
    pub fn new(cells: usize, options: Options) -> Result<Arc<Self>, Full> {
        let space = match options.storage {
            Storage::PerThread => Space::Thread,
            Storage::Shared => Space::Shared,
        };
        Self::in_space(space, cells, options)
    }

    /// Takes one cell that is set rather than added to.
    ///
    /// # Errors
    ///
    /// [`Full`] where the process has no offset left.
    pub fn set(options: Options) -> Result<Arc<Self>, Full> {
        Self::in_space(Space::Gauge, 1, options)
    }

    fn in_space(space: Space, cells: usize, options: Options) -> Result<Arc<Self>, Full> {
        let count = u16::try_from(cells).map_err(|_| Full)?;
        let (space, offset) = owner::allocate(space, count.into()).ok_or(Full)?;
        let extra = OnceBox::new();
        let mut flags = if space == Space::Thread {
            0
        } else {
            Self::SHARED
        };
        if options.notify.is_some() {
            flags |= Self::WATCHED;
        }
        if options.notify.is_some() || options.exemplars > 0 {
            let slots = std::iter::repeat_with(ExemplarSlot::new);
            extra.get_or_init(|| Extra {
                notify: options.notify,
                exemplars: slots.take(options.exemplars).collect(),
                ..Extra::default()
            });
        }
        Ok(Arc::new(Self {
            offset: offset | flags,
            cells: count,
            tag: AtomicU16::new(options.key.tag),
            hash: options.key.hash,
            place: AtomicU32::new(0),
            text: options.key.text,
            extra,
        }))
    }

    /// The text of the key.
    #[inline]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The hash of the key.
    #[inline]
    pub fn hash(&self) -> u32 {
        self.hash
    }

    /// The tag of the key.
    #[inline]
    pub fn tag(&self) -> u16 {
        self.tag.load(Ordering::Relaxed)
    }

    /// Changes the tag of the key.
    pub fn set_tag(&self, tag: u16) {
        self.tag.store(tag, Ordering::Relaxed);
    }

    /// A number that whoever lists the series keeps with it; 0 at first.
    pub fn place(&self) -> usize {
        self.place.load(Ordering::Relaxed) as usize
    }

    /// Sets the number that is kept with the series, below 2³².
    pub fn set_place(&self, place: usize) {
        self.place.store(place as u32, Ordering::Relaxed);
    }

    /// The places for exemplars.
    pub fn exemplars(&self) -> &[ExemplarSlot] {
        self.extra.get().map_or(&[], |extra| &extra.exemplars)
    }

    /// When the value began anew, in seconds since the Unix epoch, if it did.
    pub fn restarted(&self) -> Option<f64> {
        let restarted = self.extra.get()?.restarted.load(Ordering::Relaxed);
        (restarted != 0).then(|| f64::from_bits(restarted))
    }

    /// Notes when the value began anew.
    pub fn set_restarted(&self, unix_seconds: f64) {
        let extra = self.extra.get_or_init(Extra::default);
        extra
            .restarted
            .store(unix_seconds.to_bits(), Ordering::Relaxed);
    }

    /// The first cell of a series that is set, or added to by atomic adds only.
    #[inline]
    pub(crate) fn shared_cell(&self) -> Option<&'static AtomicU64> {
        let offset = self.recorded_at();
        if !offset.is_shared() {
            return None;
        }
        Some(shared_cells(offset)?.cell(0))
    }

    /// The bits of a series that is set.
    pub fn bits(&self) -> u64 {
        let cell = self.shared_cell();
        cell.map_or(0, |cell| cell.load(Ordering::Relaxed))
    }

    /// True where any series of this process was ever given a total.
    ///
    /// As long as none was, sums are values, and a reader need not look at each
    /// series.
    pub fn any_adjusted() -> bool {
        ANY_ADJUSTED.load(Ordering::Acquire)
    }

    /// What is added to the sum of the cells.
    pub(crate) fn adjustment(&self) -> u64 {
        let extra = self.extra.get();
        extra.map_or(0, |extra| extra.adjustment.load(Ordering::Relaxed))
    }

    pub(crate) fn adjust(&self, by: u64) {
        let extra = self.extra.get_or_init(Extra::default);
        extra.adjustment.store(by, Ordering::Relaxed);
        ANY_ADJUSTED.store(true, Ordering::Release);
    }

    /// What to sum for this series, with its sums from `out` on.
    pub(crate) fn segment(&self, kind: SegmentKind, out: u32) -> Segment {
        Segment {
            offset: self.offset(),
            cells: self.cells(),
            kind,
            out,
        }
    }

    pub(crate) fn offset(&self) -> u32 {
        self.offset & !Self::FLAGS
    }

    pub(crate) fn cells(&self) -> u32 {
        self.cells.into()
    }

    /// Where handles record.
    #[inline]
    pub(crate) fn recorded_at(&self) -> Offset {
        let offset = Offset::plain(self.offset());
        match self.offset & Self::FLAGS {
            0 => offset,
            flags => Self::flagged(offset, flags),
        }
    }

    #[cold]
    fn flagged(mut offset: Offset, flags: u32) -> Offset {
        if flags & Self::SHARED != 0 {
            offset = offset.shared();
        }
        if flags & Self::WATCHED != 0 {
            offset = offset.watched();
        }
        offset
    }

    pub(crate) fn notify(&self) {
        if let Some(extra) = self.extra.get()
            && let Some(notify) = &extra.notify
        {
            notify.recorded();
        }
    }
}

impl Hashed for Series {
    #[inline]
    fn hash(&self) -> u32 {
        self.hash
    }
}

impl Drop for Series {
    fn drop(&mut self) {
        // SAFETY: taken by `in_space`, given back once; the last `Arc` is gone,
        // so every record made through a handle happens before this.
        unsafe { owner::free(self.offset(), self.cells()) }
    }
}

impl fmt::Debug for Series {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Series")
            .field("text", &self.text)
            .field("offset", &self.offset())
            .field("cells", &self.cells)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_series_is_small() {
        assert!(size_of::<Series>() <= 40);
    }
}
