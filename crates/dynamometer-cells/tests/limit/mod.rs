//! Limits the address space of this process.
#![allow(unsafe_code, reason = "calls getrlimit and setrlimit")]

/// One mebibyte.
pub(crate) const MIB: u64 = 1 << 20;

/// Lets this process reserve `room` bytes more than it has, until it is dropped.
pub(crate) struct AddressSpace {
    before: libc::rlimit,
}

impl AddressSpace {
    pub(crate) fn limit(room: u64) -> Self {
        let mut before = libc::rlimit {
            rlim_cur: 0,
            rlim_max: 0,
        };
        // SAFETY: writes to a live local.
        let failed = unsafe { libc::getrlimit(libc::RLIMIT_AS, &raw mut before) };
        assert_eq!(failed, 0);
        let limit = libc::rlimit {
            rlim_cur: in_use() + room,
            rlim_max: before.rlim_max,
        };
        set(&limit);
        Self { before }
    }
}

impl Drop for AddressSpace {
    fn drop(&mut self) {
        set(&self.before);
    }
}

fn set(limit: &libc::rlimit) {
    // SAFETY: reads a live value.
    let failed = unsafe { libc::setrlimit(libc::RLIMIT_AS, limit) };
    assert_eq!(failed, 0);
}

/// Bytes of address space that this process has mapped.
fn in_use() -> u64 {
    let pages = std::fs::read_to_string("/proc/self/statm").expect("procfs is mounted");
    let pages: Option<u64> = pages.split(' ').next().and_then(|pages| pages.parse().ok());
    // SAFETY: asks for a constant.
    let page = unsafe { libc::sysconf(libc::_SC_PAGESIZE) };
    pages.expect("statm begins with a number") * page.cast_unsigned()
}
