//! Series that earlier pages of one source had.

use std::collections::HashMap;
use std::sync::Arc;

use foldhash::fast::RandomState;

use crate::parse::error::ParseError;
use crate::parse::scan::line::{Line, Point, Sample};
use crate::parse::scan::scanner::Scanner;

/// The slot before the first series of a page.
const START: usize = 0;

/// The series of one source, each with a number that the caller gave it.
///
/// A source exposes nearly the same series in the same order each time. Each
/// series therefore knows which one came after it on the last page: when the next
/// line begins with that one's text, one comparison finds it. Otherwise it is
/// looked up by its text, and the order is corrected. A series is known by its
/// text, so one that a source writes in two ways is two.
///
/// ```
/// use dynamometer_exposition::parse::scan::{Dialect, KnownSeries, Line, Scanner, Scraped};
///
/// let mut known = KnownSeries::default();
/// for page in ["up 1\nfree_bytes 7\n", "up 1\nfree_bytes 9\n"] {
///     let mut scanner = Scanner::new(page, Dialect::Prometheus);
///     known.begin();
///     while let Some(line) = known.next_line(&mut scanner)? {
///         match line {
///             Scraped::Known { id, point, .. } => println!("{id}: {}", point.value.as_f64()),
///             Scraped::Line(Line::Sample(sample)) => {
///                 known.learn(sample.series, 100);
///             }
///             Scraped::Line(_) => {}
///         }
///     }
///     known.forget_absent(|id| println!("{id} is gone"));
/// }
/// # Ok::<_, dynamometer_exposition::parse::ParseError>(())
/// ```
///
/// # Cost
///
/// A line in the order of the last page takes about 26 ns, one in another order
/// about 150 ns; a new one what a [`Scanner`] takes, and a look-up.
#[derive(Debug, Default)]
pub struct KnownSeries {
    /// The series, behind one that stands for the beginning of the page.
    slots: Vec<Slot>,
    by_text: HashMap<Arc<str>, usize, RandomState>,
    /// The slot of the last sample on this page.
    last: usize,
    /// Counts pages, and wraps.
    page: u32,
    /// Series that this page had so far.
    present: usize,
}

#[derive(Debug)]
struct Slot {
    text: Arc<str>,
    id: u32,
    /// The last page that had it.
    page: u32,
    /// The slot that came next on the last page; its own where there was none.
    next: usize,
}

/// A line of a page, with its series looked up.
#[derive(Clone, Copy, Debug)]
pub enum Scraped<'a> {
    /// A sample of a known series.
    Known {
        /// The caller's number of the series.
        id: u32,
        /// True where an earlier line of this page has the same series.
        repeated: bool,
        /// The value.
        point: Point<'a>,
    },
    /// A sample of a series that is not known, or another line.
    Line(Line<'a>),
}

impl KnownSeries {
    /// The number of known series.
    pub fn len(&self) -> usize {
        self.by_text.len()
    }

    /// True where no series is known.
    pub fn is_empty(&self) -> bool {
        self.by_text.is_empty()
    }

    /// Begins a page: no series was seen on it yet.
    pub fn begin(&mut self) {
        if self.slots.is_empty() {
            self.slots.push(Slot {
                text: "".into(),
                id: 0,
                page: 0,
                next: START,
            });
        }
        self.page = self.page.wrapping_add(1);
        self.last = START;
        self.present = 0;
    }

    /// Reads the next line of a page.
    ///
    /// # Errors
    ///
    /// Those of [`Scanner::next_line`].
    #[inline]
    pub fn next_line<'a>(
        &mut self,
        scanner: &mut Scanner<'a>,
    ) -> Result<Option<Scraped<'a>>, ParseError> {
        let expected = self.slots.get(self.last).map_or(START, |slot| slot.next);
        if let Some(slot) = self.slots.get(expected)
            && let Some(point) = scanner.next_of(&slot.text)
        {
            return Ok(Some(self.seen(expected, point)));
        }
        let Some(line) = scanner.next_line()? else {
            return Ok(None);
        };
        if let Line::Sample(Sample { series, point, .. }) = line
            && let Some(slot) = self.by_text.get(series).copied()
        {
            self.slots[self.last].next = slot;
            return Ok(Some(self.seen(slot, point)));
        }
        Ok(Some(Scraped::Line(line)))
    }

    /// Remembers a series of this page under a number of the caller's.
    ///
    /// It comes after the last sample that was known or remembered. One that is
    /// known already gets the new number.
    pub fn learn(&mut self, series: &str, id: u32) {
        if self.slots.is_empty() {
            self.begin();
        }
        if let Some(slot) = self.by_text.get(series) {
            self.slots[*slot].id = id;
            return;
        }
        let slot = self.slots.len();
        let text: Arc<str> = series.into();
        // Until the next page says otherwise, what followed the last one follows
        // the new one: a series that is put in costs one look-up, not two.
        let next = std::mem::replace(&mut self.slots[self.last].next, slot);
        self.slots.push(Slot {
            text: Arc::clone(&text),
            id,
            page: self.page,
            next,
        });
        self.by_text.insert(text, slot);
        self.present += 1;
        self.last = slot;
    }

    /// Forgets the series that this page did not have, and calls `gone` with the
    /// number of each.
    ///
    /// # Cost
    ///
    /// Nothing when all are there; otherwise every series is touched.
    pub fn forget_absent(&mut self, mut gone: impl FnMut(u32)) {
        if self.present == self.by_text.len() {
            return;
        }
        // Where each slot goes to, if it stays.
        let mut moved = Vec::with_capacity(self.slots.len());
        let mut kept = 0;
        for (at, slot) in self.slots.iter().enumerate() {
            let stays = at == START || slot.page == self.page;
            moved.push(stays.then_some(kept));
            kept += usize::from(stays);
        }
        let page = self.page;
        let mut at = 0;
        let by_text = &mut self.by_text;
        self.slots.retain_mut(|slot| {
            let stays = at == START || slot.page == page;
            at += 1;
            slot.next = moved[slot.next].unwrap_or(START);
            if !stays {
                by_text.remove(&slot.text);
                gone(slot.id);
            }
            stays
        });
        for slot in by_text.values_mut() {
            *slot = moved[*slot].unwrap_or(START);
        }
        self.last = moved[self.last].unwrap_or(START);
    }

    #[inline]
    fn seen<'a>(&mut self, at: usize, point: Point<'a>) -> Scraped<'a> {
        let slot = &mut self.slots[at];
        let repeated = slot.page == self.page;
        slot.page = self.page;
        self.present += usize::from(!repeated);
        self.last = at;
        let id = slot.id;
        Scraped::Known {
            id,
            repeated,
            point,
        }
    }
}
