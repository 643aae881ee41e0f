//! A slot for one exemplar, written and read without a lock or an allocation.

use std::{array, fmt};

use crate::sync::{AtomicU64, Ordering, fence};

/// Bytes that the names and values of an exemplar's labels may have together.
///
/// The format allows as many characters; bytes are counted without decoding:
/// <https://prometheus.io/docs/specs/om/open_metrics_spec/#exemplars>
const MOST_BYTES: usize = 128;

/// Labels that an exemplar may have.
const MOST_LABELS: usize = 15;

/// What the labels are packed into: their text, a length before each name and
/// value, and before all of it the length of all.
const PACKED: usize = 160;

const WORD: usize = size_of::<u64>();

/// How often a reader tries; a second time shows the model checker nothing new.
const TRIES: usize = if cfg!(loom) { 1 } else { 16 };

/// A place for the last exemplar of a series or of a bucket.
///
/// A record replaces what is there, a reader copies it; the slot never grows.
///
/// # Concurrency
///
/// A sequence number is odd while the slot is written. A writer that finds it so
/// gives up; a reader that finds it changed begins anew, and gives up after a few
/// times. So nobody waits, and what is read was written whole, by one writer. In
/// a child that was forked while another thread wrote, the slot stays odd: it
/// takes nothing and shows nothing.
///
/// The orderings are those of a sequence lock over atomics:
/// <https://www.hpl.hp.com/techreports/2012/HPL-2012-68.pdf>
#[derive(Debug)]
pub struct ExemplarSlot {
    /// Zero before the first exemplar, odd while one is written.
    sequence: AtomicU64,
    /// The bits of an `f64`.
    value: AtomicU64,
    timestamp_ns: AtomicU64,
    labels: [AtomicU64; PACKED / WORD],
}

/// A copy of what was in a slot.
#[derive(Clone, PartialEq)]
pub struct StoredExemplar {
    value: f64,
    timestamp_ns: u64,
    labels: [u8; PACKED],
}

/// Why an exemplar was not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ExemplarRefused {
    /// Another exemplar is being written.
    Contended,
    /// Names and values are longer than 128 bytes together.
    TooLong {
        /// How long they are.
        bytes: usize,
    },
    /// There are more than 15 labels.
    TooManyLabels {
        /// How many there are.
        labels: usize,
    },
}

impl fmt::Display for ExemplarRefused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Contended => f.write_str("another exemplar is being written"),
            Self::TooLong { bytes } => write!(
                f,
                "the exemplar's labels have {bytes} bytes, at most {MOST_BYTES} are possible"
            ),
            Self::TooManyLabels { labels } => write!(
                f,
                "the exemplar has {labels} labels, at most {MOST_LABELS} are possible"
            ),
        }
    }
}

impl std::error::Error for ExemplarRefused {}

impl ExemplarSlot {
    /// A slot without an exemplar.
    pub fn new() -> Self {
        Self {
            sequence: AtomicU64::new(0),
            value: AtomicU64::new(0),
            timestamp_ns: AtomicU64::new(0),
            labels: array::from_fn(|_| AtomicU64::new(0)),
        }
    }

    /// Replaces the exemplar by one of `value`, at nanoseconds since 1970.
    ///
    /// # Errors
    ///
    /// Says why the exemplar was dropped; the slot keeps the one it has.
    pub fn try_put(
        &self,
        labels: &[(&str, &str)],
        value: f64,
        timestamp_ns: u64,
    ) -> Result<(), ExemplarRefused> {
        let (packed, len) = pack(labels)?;
        let sequence = self.sequence.load(Ordering::Relaxed);
        // Acquire: what this writer stores comes after what the last one stored.
        let taken = sequence.is_multiple_of(2)
            && self
                .sequence
                .compare_exchange(sequence, sequence + 1, Ordering::Acquire, Ordering::Relaxed)
                .is_ok();
        if !taken {
            return Err(ExemplarRefused::Contended);
        }
        // Release: who sees a store below sees the odd number.
        fence(Ordering::Release);
        self.value.store(value.to_bits(), Ordering::Relaxed);
        self.timestamp_ns.store(timestamp_ns, Ordering::Relaxed);
        let (words, _) = packed.as_chunks();
        for (cell, word) in self.labels.iter().zip(words).take(words_of(len)) {
            cell.store(u64::from_le_bytes(*word), Ordering::Relaxed);
        }
        // Release: who sees the even number sees all stores above.
        self.sequence.store(sequence + 2, Ordering::Release);
        Ok(())
    }

    /// Copies the exemplar; `None` before the first, or under constant writing.
    pub fn read(&self) -> Option<StoredExemplar> {
        for _ in 0..TRIES {
            // Acquire: the copy has all stores up to this number.
            let sequence = self.sequence.load(Ordering::Acquire);
            if sequence == 0 {
                return None;
            }
            let copy = self.copy();
            // Acquire: where the copy has a later store, its odd number is seen.
            fence(Ordering::Acquire);
            if sequence.is_multiple_of(2) && self.sequence.load(Ordering::Relaxed) == sequence {
                return Some(copy);
            }
        }
        None
    }

    /// Copies what is there, be it of several exemplars.
    fn copy(&self) -> StoredExemplar {
        let mut labels = [0; PACKED];
        let (words, _) = labels.as_chunks_mut();
        let mut used = 1;
        for (at, (word, cell)) in words.iter_mut().zip(&self.labels).enumerate() {
            if at == used {
                break;
            }
            *word = cell.load(Ordering::Relaxed).to_le_bytes();
            if at == 0 {
                used = words_of(1 + usize::from(word[0]));
            }
        }
        StoredExemplar {
            value: f64::from_bits(self.value.load(Ordering::Relaxed)),
            timestamp_ns: self.timestamp_ns.load(Ordering::Relaxed),
            labels,
        }
    }
}

impl Default for ExemplarSlot {
    fn default() -> Self {
        Self::new()
    }
}

impl StoredExemplar {
    /// The observed value.
    pub fn value(&self) -> f64 {
        self.value
    }

    /// When it was observed, in nanoseconds since 1970.
    pub fn timestamp_ns(&self) -> u64 {
        self.timestamp_ns
    }

    /// Names and values, in the order they were given in.
    pub fn labels(&self) -> impl Iterator<Item = (&str, &str)> {
        let packed = self.labels.get(1..=usize::from(self.labels[0]));
        let mut rest = packed.unwrap_or_default();
        let mut part = move || {
            let (len, after) = rest.split_first()?;
            let (text, after) = after.split_at_checked(usize::from(*len))?;
            rest = after;
            str::from_utf8(text).ok()
        };
        std::iter::from_fn(move || Some((part()?, part()?)))
    }
}

impl fmt::Debug for StoredExemplar {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("StoredExemplar")
            .field("labels", &self.labels().collect::<Vec<_>>())
            .field("value", &self.value)
            .field("timestamp_ns", &self.timestamp_ns)
            .finish()
    }
}

/// Packs labels; the second number is how many bytes they take.
fn pack(labels: &[(&str, &str)]) -> Result<([u8; PACKED], usize), ExemplarRefused> {
    let parts = || labels.iter().flat_map(|(name, value)| [name, value]);
    let bytes = parts().map(|part| part.len()).sum();
    if bytes > MOST_BYTES {
        return Err(ExemplarRefused::TooLong { bytes });
    }
    if labels.len() > MOST_LABELS {
        let labels = labels.len();
        return Err(ExemplarRefused::TooManyLabels { labels });
    }
    let mut packed = [0; PACKED];
    let mut len = 1;
    for part in parts() {
        packed[len] = part.len() as u8;
        packed[len + 1..][..part.len()].copy_from_slice(part.as_bytes());
        len += 1 + part.len();
    }
    packed[0] = len as u8 - 1;
    Ok((packed, len))
}

/// The words that hold `bytes`.
fn words_of(bytes: usize) -> usize {
    bytes.div_ceil(WORD)
}
