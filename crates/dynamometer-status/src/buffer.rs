//! Memory for pages, used again by the next one.

use std::mem;
use std::sync::{Arc, Mutex, PoisonError};

/// Buffers kept for later pages.
const KEPT: usize = 4;

/// Capacity from which a buffer is not kept whatever it held: 64 MiB.
const HUGE: usize = 64 << 20;

/// Capacity up to which a buffer is kept however little it held: 256 KiB.
const SMALL: usize = 256 << 10;

/// Buffers that are free.
///
/// Memory fresh from the system is paid for page by page: 1 ms for 10 MB.
#[derive(Debug, Default)]
pub(crate) struct Buffers {
    free: Mutex<Vec<Vec<u8>>>,
}

/// A buffer that goes back when it is dropped.
#[derive(Debug)]
pub(crate) struct Buffer {
    bytes: Vec<u8>,
    home: Arc<Buffers>,
}

impl Buffers {
    /// Returns a buffer that holds what it last held, or nothing: whoever writes a
    /// page over another has nothing to zero.
    pub(crate) fn take(self: &Arc<Self>) -> Buffer {
        let mut free = self.free.lock().unwrap_or_else(PoisonError::into_inner);
        Buffer {
            bytes: free.pop().unwrap_or_default(),
            home: Arc::clone(self),
        }
    }

    fn give_back(&self, bytes: Vec<u8>) {
        let (capacity, used) = (bytes.capacity(), bytes.len());
        let is_wasted = capacity > SMALL && capacity / 4 > used;
        let mut free = self.free.lock().unwrap_or_else(PoisonError::into_inner);
        if capacity < HUGE && !is_wasted && free.len() < KEPT {
            free.push(bytes);
        }
    }
}

impl Buffer {
    /// Lets `write` have the memory, and keeps what it returns.
    pub(crate) fn fill(&mut self, write: impl FnOnce(Vec<u8>) -> Vec<u8>) {
        self.bytes = write(mem::take(&mut self.bytes));
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
        let buffers = Arc::new(Buffers::default());
        let mut buffer = buffers.take();
        buffer.fill(|_| {
            let mut bytes = Vec::with_capacity(capacity);
            bytes.resize(used, b'x');
            bytes
        });
        assert_eq!(buffer.as_ref().len(), used);
        drop(buffer);
        buffers.take().bytes.capacity()
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
    fn no_more_are_kept_than_scrapes_need() {
        let buffers = Arc::new(Buffers::default());
        let taken: Vec<_> = (0..10).map(|_| buffers.take()).collect();
        drop(taken);
        assert_eq!(buffers.free.lock().unwrap().len(), KEPT);
    }
}
