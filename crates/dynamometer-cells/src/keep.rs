//! What keeps the series of a handle alive: a share in it, or a look-up.
#![allow(unsafe_code, reason = "holds a series by a share or by a look-up")]

use std::fmt;
use std::marker::PhantomData;
use std::ptr::NonNull;
use std::sync::Arc;

use crate::offset::Offset;
use crate::series::Series;
use crate::table::{Found, InCells, Inside, share};

/// How a handle keeps its series: [`Kept`] or [`Looked`]. Sealed.
pub trait Keep: sealed::Sealed + Send + Sync {
    /// How something is held that all series of a family share.
    type Link<T: Send + Sync + 'static>: Send + Sync;

    /// The series; `None` for a handle that records nowhere.
    fn series(&self) -> Option<&Series>;

    /// A share in the series, which keeps it for as long as it is held.
    fn share(&self) -> Option<Arc<Series>>;

    /// What the link holds.
    fn of<T: Send + Sync + 'static>(link: &Self::Link<T>) -> &T;

    /// A link of one's own.
    fn own<T: Send + Sync + 'static>(link: &Self::Link<T>) -> Arc<T>;
}

mod sealed {
    pub trait Sealed {}
    impl Sealed for super::Kept {}
    impl Sealed for super::Looked<'_> {}
}

/// A share in the series: the handle may be kept for as long as one likes.
#[derive(Clone, Debug, Default)]
pub struct Kept(pub(crate) Option<Arc<Series>>);

impl Kept {
    /// Keeps `series`.
    pub fn new(series: Arc<Series>) -> Self {
        Self(Some(series))
    }
}

impl Keep for Kept {
    type Link<T: Send + Sync + 'static> = Arc<T>;

    #[inline]
    fn series(&self) -> Option<&Series> {
        self.0.as_deref()
    }

    fn share(&self) -> Option<Arc<Series>> {
        self.0.clone()
    }

    #[inline]
    fn of<T: Send + Sync + 'static>(link: &Arc<T>) -> &T {
        link
    }

    fn own<T: Send + Sync + 'static>(link: &Arc<T>) -> Arc<T> {
        Arc::clone(link)
    }
}

/// A look-up in a table that has not ended.
///
/// It costs no reference count, which threads would contend for. While it is
/// held the table frees nothing that was removed from it; it keeps nobody
/// waiting. To hold a handle for long, ask it for one that shares its series.
pub struct Looked<'t> {
    /// From a table, or a share of its own; none where records go nowhere.
    series: Option<NonNull<Series>>,
    /// Where the look-up is counted; [`Offset::SCRATCH`], which is zero, where
    /// `series` is a share, and [`Offset::NOWHERE`] where it is lent.
    ///
    /// Two words instead of an enum: they stay in registers. An enum went through
    /// memory on its way to the caller, and cost ten nanoseconds.
    inside: Offset,
    table: PhantomData<Inside<'t>>,
}

// SAFETY: as for an `Arc<Series>`, or a look-up that any thread may end.
unsafe impl Send for Looked<'_> {}
// SAFETY: as above.
unsafe impl Sync for Looked<'_> {}

impl<'t> Looked<'t> {
    /// The outcome of a look-up.
    #[inline]
    pub fn found(found: Found<'t, Series, InCells>) -> Self {
        let (series, inside) = found.into_parts();
        Self {
            series: Some(series),
            inside: inside.into_offset(),
            table: PhantomData,
        }
    }

    /// A series that someone keeps for as long as the look-up may be held.
    pub fn lent(series: &'t Arc<Series>) -> Self {
        Self {
            series: NonNull::new(Arc::as_ptr(series).cast_mut()),
            // There is nothing to count out.
            inside: Offset::NOWHERE,
            table: PhantomData,
        }
    }

    /// What a look-up had to create, or nothing at all.
    pub fn kept(series: Option<Arc<Series>>) -> Self {
        let series = series.map(Arc::into_raw);
        Self {
            series: series.and_then(|series| NonNull::new(series.cast_mut())),
            inside: Offset::SCRATCH,
            table: PhantomData,
        }
    }
}

impl Drop for Looked<'_> {
    #[inline]
    fn drop(&mut self) {
        if self.inside != Offset::SCRATCH {
            drop(Inside::from_offset(self.inside));
        } else if let Some(series) = self.series {
            drop_share(series);
        }
    }
}

#[cold]
fn drop_share(series: NonNull<Series>) {
    // SAFETY: from `Arc::into_raw` in `kept`, given up once.
    drop(unsafe { Arc::from_raw(series.as_ptr()) });
}

impl<'t> Keep for Looked<'t> {
    type Link<T: Send + Sync + 'static> = &'t Arc<T>;

    #[inline]
    fn series(&self) -> Option<&Series> {
        // SAFETY: a share is held, or the look-up has not ended.
        self.series.map(|series| unsafe { series.as_ref() })
    }

    fn share(&self) -> Option<Arc<Series>> {
        // SAFETY: as above; all pointers are those of an `Arc`.
        self.series.map(|series| unsafe { share(series) })
    }

    #[inline]
    fn of<'a, T: Send + Sync + 'static>(link: &'a &'t Arc<T>) -> &'a T {
        link
    }

    fn own<T: Send + Sync + 'static>(link: &&'t Arc<T>) -> Arc<T> {
        Arc::clone(link)
    }
}

impl fmt::Debug for Looked<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Looked").field(&self.series()).finish()
    }
}
