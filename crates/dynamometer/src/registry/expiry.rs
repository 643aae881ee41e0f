//! Idle series: judged at each snapshot, removed without losing a record.
//!
//! A series whose value stood still for long enough is first hidden from
//! look-ups, and stays on the page. At a later snapshot nobody can be looking at
//! it any more; where no handle keeps it and its value is still the same, it is
//! removed, else found again. So what was recorded is always shown.

use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::{Ordering, fence};
use std::time::Duration;

use dynamometer_cells::{Key, Series};

use crate::registry::members::{Held, Members};

/// The idle series of one family.
#[derive(Debug, Default)]
pub(crate) struct Expiry {
    after: Duration,
    /// What each series held, by its address, and since when.
    seen: HashMap<usize, Seen>,
    /// Hidden from look-ups, still listed; by hash.
    hidden: HashMap<u32, Vec<Hidden>>,
}

#[derive(Clone, Copy, Debug)]
struct Seen {
    mark: u64,
    since: Duration,
}

#[derive(Debug)]
struct Hidden {
    series: Arc<Series>,
    mark: u64,
}

impl Expiry {
    /// Sets for how long a value must stand still.
    pub(crate) fn set_after(&mut self, after: Duration) {
        self.after = after;
    }

    /// Gives back a hidden series that is wanted again.
    pub(crate) fn revive(&mut self, key: &Key) -> Option<Arc<Series>> {
        let hidden = self.hidden.get_mut(&key.hash)?;
        let at = hidden
            .iter()
            .position(|hidden| hidden.series.text() == &*key.text)?;
        let series = hidden.swap_remove(at).series;
        self.seen.remove(&address(&series));
        Some(series)
    }

    /// Forgets a series that is being removed.
    pub(crate) fn forget(&mut self, series: &Arc<Series>) {
        self.seen.remove(&address(series));
        if let Some(hidden) = self.hidden.get_mut(&series.hash()) {
            hidden.retain(|hidden| !Arc::ptr_eq(&hidden.series, series));
        }
    }

    /// Judges `column`, the family's series at the last snapshot, by the marks
    /// of what they held then, and returns those to remove.
    ///
    /// `read` reads series anew. A mark is a number that changes with the value;
    /// `is_busy` knows those of series that are in use though they stand still.
    pub(crate) fn judge(
        &mut self,
        members: &mut Members,
        now: Duration,
        column: &[Arc<Series>],
        marks: impl Iterator<Item = u64>,
        is_busy: impl Fn(u64) -> bool,
        read: impl FnOnce(&[Arc<Series>]) -> Vec<u64>,
    ) -> Vec<Arc<Series>> {
        let held = members.held();
        let expired = self.settle(members, &held, read);
        for (series, mark) in column.iter().zip(marks) {
            if !members.lists(series) || self.is_hidden(series) {
                continue;
            }
            let at = address(series);
            let seen = self.seen.entry(at).or_insert(Seen { mark, since: now });
            if seen.mark != mark || is_busy(mark) {
                *seen = Seen { mark, since: now };
            } else if now.saturating_sub(seen.since) >= self.after && held.is_unkept(series) {
                members.unlink(series);
                let hidden = Hidden {
                    series: Arc::clone(series),
                    mark,
                };
                self.hidden.entry(series.hash()).or_default().push(hidden);
            }
        }
        // So that what was unlinked just now is free by the next snapshot.
        members.free();
        expired
    }

    /// Decides about the hidden ones, once no look-up sees them.
    fn settle(
        &mut self,
        members: &mut Members,
        held: &Held,
        read: impl FnOnce(&[Arc<Series>]) -> Vec<u64>,
    ) -> Vec<Arc<Series>> {
        if self.hidden.is_empty() || !members.free() {
            return Vec::new();
        }
        let hidden = std::mem::take(&mut self.hidden).into_values().flatten();
        let (unkept, kept): (Vec<_>, Vec<_>) = hidden
            .inspect(|hidden| _ = self.seen.remove(&address(&hidden.series)))
            // Hidden, freed by the table, and kept by no handle: nobody can record.
            .partition(|hidden| held.is_unkept(&hidden.series));
        // What was recorded by the last handle is read after it was let go.
        fence(Ordering::Acquire);
        let (unkept, marks): (Vec<_>, Vec<_>) = unkept
            .into_iter()
            .map(|hidden| (hidden.series, hidden.mark))
            .unzip();
        let now = read(&unkept);
        let mut expired = Vec::new();
        for ((series, before), now) in unkept.into_iter().zip(marks).zip(now) {
            if before == now {
                expired.push(series);
            } else {
                members.link(series);
            }
        }
        for hidden in kept {
            members.link(hidden.series);
        }
        expired
    }

    fn is_hidden(&self, series: &Arc<Series>) -> bool {
        let hidden = self.hidden.get(&series.hash());
        hidden.is_some_and(|all| all.iter().any(|one| Arc::ptr_eq(&one.series, series)))
    }
}

fn address(series: &Arc<Series>) -> usize {
    Arc::as_ptr(series).addr()
}
