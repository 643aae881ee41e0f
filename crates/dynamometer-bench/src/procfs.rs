//! What Linux tells about a process.

use std::collections::BTreeMap;
use std::fs;

use anyhow::{Context as _, Result};

/// Voluntary and involuntary context switches by thread.
pub(crate) type Switches = BTreeMap<u32, u64>;

/// Returns this process's resident memory and page tables, in KiB.
///
/// # Errors
///
/// When `/proc/self/status` cannot be read.
pub(crate) fn resident_kib() -> Result<u64> {
    let status = read("/proc/self/status")?;
    Ok(field(&status, "VmRSS")? + field(&status, "VmPTE")?)
}

/// Returns the context switches of each thread of a process.
///
/// # Errors
///
/// When the process is gone or may not be read.
pub(crate) fn context_switches(process: u32) -> Result<Switches> {
    let tasks = format!("/proc/{process}/task");
    let mut switches = Switches::new();
    for task in fs::read_dir(&tasks).with_context(|| format!("cannot list {tasks}"))? {
        let task = task?.path();
        let id = task
            .file_name()
            .and_then(|name| name.to_str())
            .and_then(|name| name.parse().ok());
        let status = read(&format!("{}/status", task.display()))?;
        switches.insert(
            id.context("a task's folder is named by its number")?,
            field(&status, "voluntary_ctxt_switches")?
                + field(&status, "nonvoluntary_ctxt_switches")?,
        );
    }
    Ok(switches)
}

/// Returns the nanoseconds for which the calling thread has waited for a core.
///
/// `None` where the kernel does not tell.
pub(crate) fn waited_nanos() -> Option<u64> {
    let schedule = fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    schedule.split_whitespace().nth(1)?.parse().ok()
}

/// Returns how many switches happened between two readings.
///
/// A thread that came counts with all of its switches, and a thread that went
/// counts one: neither is idle.
pub(crate) fn switches_between(before: &Switches, after: &Switches) -> u64 {
    let gone = before
        .keys()
        .filter(|thread| !after.contains_key(thread))
        .count() as u64;
    let switched: u64 = after
        .iter()
        .map(|(thread, count)| count - before.get(thread).copied().unwrap_or(0))
        .sum();
    gone + switched
}

fn read(path: &str) -> Result<String> {
    fs::read_to_string(path).with_context(|| format!("cannot read {path}"))
}

fn field(status: &str, name: &str) -> Result<u64> {
    status
        .lines()
        .filter_map(|line| line.strip_prefix(name)?.strip_prefix(':'))
        .find_map(|value| value.split_whitespace().next()?.parse().ok())
        .with_context(|| format!("a process's status lacks {name}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_found_by_their_whole_name() {
        let status = "VmRSS:\t    1234 kB\nnonvoluntary_ctxt_switches:\t7\n\
                      voluntary_ctxt_switches:\t5\n";
        assert_eq!(field(status, "VmRSS").expect("given"), 1234);
        assert_eq!(field(status, "voluntary_ctxt_switches").expect("given"), 5);
        assert!(field(status, "VmPTE").is_err());
    }

    #[test]
    fn threads_that_come_or_go_are_switches() {
        let before = Switches::from([(1, 10), (2, 20)]);
        assert_eq!(switches_between(&before, &before.clone()), 0);
        assert_eq!(
            switches_between(&before, &Switches::from([(1, 13), (3, 2)])),
            6
        );
    }
}
