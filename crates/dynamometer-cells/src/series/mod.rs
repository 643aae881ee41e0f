//! One series: its key, and its cells, which are given back with the last handle.
#![allow(
    unsafe_code,
    reason = "gives the cells back to the owner when the last handle is gone"
)]

mod joined;
mod options;

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU16, AtomicU32, AtomicU64, Ordering};

use self::joined::AllJoined;
pub use self::joined::Joined;
pub use self::options::{Full, Key, Notify, Options, Storage};
use crate::exemplar::ExemplarSlot;
use crate::layout::{CELL_BYTES, OFFSET_LIMIT};
use crate::offset::Offset;
use crate::once_box::OnceBox;
use crate::owner;
use crate::segment::{Segment, SegmentKind};
use crate::space::Space;
use crate::table::Hashed;
use crate::thread::shared_cells;

/// Whether any series of this process was ever given a total, or further cells.
static ANY_ADJUSTED: AtomicBool = AtomicBool::new(false);

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
    joined: AllJoined,
    /// Held to be dropped with the series.
    _keeps: Option<Box<dyn Send + Sync>>,
}

/// Cells that somebody else took, and gives back.
#[derive(Clone, Copy, Debug)]
pub struct Lent {
    /// The byte offset.
    pub offset: u32,
    /// How many there are; as for [`Series::new`].
    pub cells: usize,
    /// They lie in the shared slab alone, and are set or added to by atomic adds.
    pub is_shared: bool,
}

impl Series {
    /// Set in `offset` where the cells are changed by atomic adds.
    const SHARED: u32 = 1;
    /// Set in `offset` where someone is told of each record.
    const WATCHED: u32 = 2;
    /// Set in `offset` where somebody else gives the cells back.
    const LENT: u32 = 4;
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
        Self::set_each(1, options)
    }

    /// Takes `cells` cells that are set rather than added to, one after another.
    ///
    /// A child of `fork` finds them as the parent left them. Read and written at
    /// [`shared_pointer`](Self::shared_pointer).
    ///
    /// # Errors
    ///
    /// [`Full`] where the process has no offsets left.
    pub fn set_each(cells: usize, options: Options) -> Result<Arc<Self>, Full> {
        Self::in_space(Space::Gauge, cells, options)
    }

    /// A series over cells that somebody else took.
    ///
    /// They are not given back with the last handle; `options.keeps` is dropped then,
    /// and may see to that. `options.storage` says nothing here.
    ///
    /// # Errors
    ///
    /// [`Full`] where these can be no cells of a series.
    ///
    /// # Safety
    ///
    /// The owner of the process's cells allocated them, and they are not given back
    /// before `options.keeps` is dropped; without it, never.
    pub unsafe fn over(lent: Lent, options: Options) -> Result<Arc<Self>, Full> {
        let count = u16::try_from(lent.cells).map_err(|_| Full)?;
        let end = u64::from(lent.offset) + u64::from(count) * u64::from(CELL_BYTES);
        if count == 0 || lent.offset & Self::FLAGS != 0 || end > u64::from(OFFSET_LIMIT) {
            return Err(Full);
        }
        let shared = if lent.is_shared { Self::SHARED } else { 0 };
        let at = lent.offset | Self::LENT | shared;
        Ok(Self::at(at, count, options))
    }

    fn in_space(space: Space, cells: usize, options: Options) -> Result<Arc<Self>, Full> {
        let count = u16::try_from(cells).map_err(|_| Full)?;
        let (space, offset) = owner::allocate(space, count.into()).ok_or(Full)?;
        let shared = if space == Space::Thread {
            0
        } else {
            Self::SHARED
        };
        Ok(Self::at(offset | shared, count, options))
    }

    /// The series at an offset with its flags.
    fn at(mut offset: u32, cells: u16, options: Options) -> Arc<Self> {
        let extra = OnceBox::new();
        if options.notify.is_some() {
            offset |= Self::WATCHED;
        }
        if options.notify.is_some() || options.exemplars > 0 || options.keeps.is_some() {
            let slots = std::iter::repeat_with(ExemplarSlot::new);
            extra.get_or_init(|| Extra {
                notify: options.notify,
                exemplars: slots.take(options.exemplars).collect(),
                _keeps: options.keeps,
                ..Extra::default()
            });
        }
        Arc::new(Self {
            offset,
            cells,
            tag: AtomicU16::new(options.key.tag),
            hash: options.key.hash,
            place: AtomicU32::new(0),
            text: options.key.text,
            extra,
        })
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

    /// Makes further cells part of the series: they stay in its sum for ever.
    ///
    /// Cells that are part of it already stay so once. The one cell of a series
    /// that is set is not a sum: see [`take_bits`](Self::take_bits).
    ///
    /// # Safety
    ///
    /// Those in slabs were allocated by the owner of the process's cells, as many
    /// as the series has, and are never given back.
    pub unsafe fn join(&self, cells: Joined) {
        if matches!(cells, Joined::InSlabs { offset } if offset == self.offset()) {
            return;
        }
        let extra = self.extra.get_or_init(Extra::default);
        extra.joined.push(cells);
        ANY_ADJUSTED.store(true, Ordering::Release);
    }

    /// Sets a series that is set to these bits, unless it was set before.
    pub fn take_bits(&self, bits: u64) {
        if let Some(cell) = self.shared_cell() {
            // Set meanwhile: the later value stays.
            let _ = cell.compare_exchange(0, bits, Ordering::Relaxed, Ordering::Relaxed);
        }
    }

    /// Where the cells of a series that is set, or of shared storage, lie.
    pub fn shared_pointer(&self) -> Option<*mut u64> {
        self.shared_cell().map(AtomicU64::as_ptr)
    }

    /// The offset that records are made at, as slots of libnv hold it.
    pub fn recorded_offset(&self) -> i64 {
        self.recorded_at().bits()
    }

    /// How many cells the series has.
    pub fn cell_count(&self) -> u32 {
        self.cells()
    }

    /// The cells that were joined, in the order in which they were.
    pub(crate) fn joined(&self) -> impl Iterator<Item = Joined> {
        self.extra
            .get()
            .into_iter()
            .flat_map(|extra| extra.joined.iter())
    }

    /// Adds what all cells of this series hold to `out`.
    ///
    /// Not for up-down counters, whose cells are read in two passes.
    pub(crate) fn sum(&self, kind: SegmentKind, out: &mut [u64]) {
        let segment = self.segment(kind, 0);
        owner::sum(&[segment], out);
        for joined in self.joined() {
            joined.add_to(segment, out);
        }
    }

    /// True where any series of this process was ever given a total, or further
    /// cells.
    ///
    /// As long as none was, the sums of the cells are values, and a reader need not look at each
    /// series.
    pub fn any_adjusted() -> bool {
        ANY_ADJUSTED.load(Ordering::Acquire)
    }

    /// What is added to the sum of the cells, as [`set_total`] found: a `u64`, wrapping,
    /// or the bits of an `f64`.
    ///
    /// [`set_total`]: crate::CounterCell::set_total
    pub fn adjustment(&self) -> u64 {
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
        match self.offset & (Self::SHARED | Self::WATCHED) {
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

    /// Tells who watches that a copy in another language recorded.
    pub fn notify(&self) {
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
        if self.offset & Self::LENT == 0 {
            // SAFETY: taken by `in_space`, given back once; the last `Arc` is gone,
            // so every record made through a handle happens before this.
            unsafe { owner::free(self.offset(), self.cells()) }
        }
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
