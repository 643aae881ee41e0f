//! What the kernel says of a process at one moment.

/// Values of this process; `None` for what the kernel does not tell.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Reading {
    /// User and system time of all threads, those that ended among them.
    pub(super) cpu_seconds: Option<f64>,
    pub(super) resident_bytes: Option<u64>,
    pub(super) virtual_bytes: Option<u64>,
    /// `u64::MAX` where there is no limit, as in the Prometheus client libraries.
    pub(super) virtual_max_bytes: Option<u64>,
    pub(super) open_fds: Option<u64>,
    pub(super) max_fds: Option<u64>,
    pub(super) threads: Option<u64>,
    pub(super) received_bytes: Option<u64>,
    pub(super) sent_bytes: Option<u64>,
}
