//! Runs a body in a forked child, and says how the child ended.
#![allow(unsafe_code, reason = "calls fork, waitpid and _exit")]

use std::io::Write;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Milliseconds after which a child counts as hung.
const PATIENCE: i32 = 60_000;

/// Runs `body` in a child of `fork` and fails where it panics or hangs.
///
/// The child leaves with `_exit`, so that it runs no hook of the test harness.
pub(crate) fn in_child(body: impl FnOnce()) {
    // SAFETY: the child goes on with this thread only, and ends below.
    let child = unsafe { libc::fork() };
    assert!(child >= 0, "fork failed");
    if child == 0 {
        let outcome = catch_unwind(AssertUnwindSafe(body));
        if let Err(panic) = &outcome {
            let message = panic.downcast_ref::<String>().map(String::as_str);
            let message = message.or_else(|| panic.downcast_ref::<&str>().copied());
            let message = message.unwrap_or("a panic without a message");
            let _ = writeln!(std::io::stderr(), "in the child: {message}");
        }
        // SAFETY: ends the child at once.
        unsafe { libc::_exit(i32::from(outcome.is_err())) };
    }
    let in_time = ends_in_time(child);
    if !in_time {
        // SAFETY: the child is not waited for yet, so the number is still its own.
        unsafe { libc::kill(child, libc::SIGKILL) };
    }
    let mut status = 0;
    // SAFETY: waits for the child made above and writes to a live local.
    let ended = unsafe { libc::waitpid(child, &raw mut status, 0) };
    assert_eq!(ended, child);
    assert!(in_time, "the child hung");
    assert!(
        libc::WIFEXITED(status),
        "signal {} ended the child",
        libc::WTERMSIG(status)
    );
    assert_eq!(
        libc::WEXITSTATUS(status),
        0,
        "the child failed; its message is above"
    );
}

/// Waits for the end of `child`; false where that takes too long.
fn ends_in_time(child: libc::pid_t) -> bool {
    // SAFETY: opens a descriptor for the child made above.
    let descriptor = unsafe { libc::syscall(libc::SYS_pidfd_open, child, 0) };
    let mut ready = libc::pollfd {
        fd: descriptor as i32,
        events: libc::POLLIN,
        revents: 0,
    };
    assert!(ready.fd >= 0, "pidfd_open failed");
    // SAFETY: one live entry.
    let ended = unsafe { libc::poll(&raw mut ready, 1, PATIENCE) };
    // SAFETY: opened above, used no more.
    unsafe { libc::close(ready.fd) };
    ended == 1
}
