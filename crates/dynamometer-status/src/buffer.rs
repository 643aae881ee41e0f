//! Memory for pages, used again by the next one.

use std::mem;
use std::sync::{Arc, Mutex, PoisonError};

use hyper::body::Bytes;

/// Capacity from which a buffer is not kept whatever it held: 64 MiB.
const HUGE: usize = 64 << 20;

/// Capacity up to which a buffer is kept however little it held: 256 KiB.
const SMALL: usize = 256 << 10;

/// Buffers that are free.
///
/// Memory fresh from the system is paid for page by page: 1 ms for 10 MB.
#[derive(Debug)]
pub(crate) struct Buffers {
    free: Mutex<Vec<Vec<u8>>>,
    /// How many are kept.
    most: usize,
}

/// A buffer that goes back when it is dropped.
#[derive(Debug)]
struct Buffer {
    bytes: Vec<u8>,
    home: Arc<Buffers>,
}

impl Buffers {
    /// Keeps at most `most` for later pages.
    pub(crate) fn new(most: usize) -> Arc<Self> {
        Arc::new(Self {
            free: Mutex::default(),
            most,
        })
    }

    /// Returns a buffer that holds what it last held, or nothing: whoever writes a
    /// page over another has nothing to zero.
    pub(crate) fn take(&self) -> Vec<u8> {
        let mut free = self.free.lock().unwrap_or_else(PoisonError::into_inner);
        free.pop().unwrap_or_default()
    }

    /// Lets a buffer be read until it is dropped, and goes back.
    pub(crate) fn lend(self: &Arc<Self>, bytes: Vec<u8>) -> Bytes {
        Bytes::from_owner(Buffer {
            bytes,
            home: Arc::clone(self),
        })
    }

    fn give_back(&self, bytes: Vec<u8>) {
        let (capacity, used) = (bytes.capacity(), bytes.len());
        let is_wasted = capacity > SMALL && capacity / 4 > used;
        let mut free = self.free.lock().unwrap_or_else(PoisonError::into_inner);
        if capacity < HUGE && !is_wasted && free.len() < self.most {
            free.push(bytes);
        }
    }
}

impl AsRef<[u8]> for Buffer {
    fn as_ref(&self) -> &[u8] {
        &self.bytes
    }
}

impl Drop for Buffer {
    fn drop(&mut self) {
        self.home.give_back(mem::take(&mut self.bytes));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The capacity of the next buffer, after one was used as given.
    fn capacity_after(capacity: usize, used: usize) -> usize {
        let buffers = Buffers::new(1);
        let mut bytes = Vec::with_capacity(capacity);
        bytes.resize(used, b'x');
        let lent = buffers.lend(bytes);
        assert_eq!(lent.len(), used);
        drop(lent);
        buffers.take().capacity()
    }

    #[test]
    fn a_buffer_is_used_again() {
        assert_eq!(capacity_after(10 << 20, 9 << 20), 10 << 20);
        assert_eq!(capacity_after(1000, 1), 1000);
    }

    #[test]
    fn a_buffer_that_is_huge_or_no_longer_needed_is_freed() {
        assert_eq!(capacity_after(HUGE, HUGE), 0);
        assert_eq!(capacity_after(10 << 20, 1 << 20), 0);
    }

    #[test]
    fn no_more_are_kept_than_asked_for() {
        let buffers = Buffers::new(4);
        let lent: Vec<_> = (0..10).map(|_| buffers.lend(vec![0; 10])).collect();
        drop(lent);
        assert_eq!(buffers.free.lock().unwrap().len(), 4);
    }
}
