//! What Linux says of this process.
//!
//! <https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html>

use std::fs;
use std::str::{self, FromStr};

use rustix::param::{clock_ticks_per_second, page_size};
use rustix::process::{Resource, getrlimit};
use rustix::time::{ClockId, clock_gettime};

use super::reading::Reading;

const STAT: &str = "/proc/self/stat";
const DESCRIPTORS: &str = "/proc/self/fd";
const NETSTAT: &str = "/proc/self/net/netstat";

/// Reads everything, whatever part of it can be read.
///
/// Only memory, threads and the network need a free file descriptor: a process
/// that has run out of them still shows that it has.
pub(super) fn read() -> Reading {
    let stat = Stat::read();
    let network = fs::read_to_string(NETSTAT).ok();
    let network = network.and_then(|text| octets(&text));
    Reading {
        cpu_seconds: Some(cpu_seconds()),
        resident_bytes: stat.map(|stat| stat.resident_pages * page_size() as u64),
        virtual_bytes: stat.map(|stat| stat.virtual_bytes),
        virtual_max_bytes: Some(limit(Resource::As)),
        open_fds: open_fds(),
        max_fds: Some(limit(Resource::Nofile)),
        threads: stat.map(|stat| stat.threads),
        received_bytes: network.map(|(received, _)| received),
        sent_bytes: network.map(|(_, sent)| sent),
    }
}

/// When this process started, in seconds since the Unix epoch.
///
/// `/proc/self/stat` has it in clock ticks since boot, `btime` of `/proc/stat`
/// the boot.
pub(crate) fn process_start_time() -> Option<f64> {
    let stat = Stat::read()?;
    let system = fs::read_to_string("/proc/stat").ok()?;
    let mut lines = system.lines();
    let booted = lines.find_map(|line| line.strip_prefix("btime "))?;
    let since_boot = stat.start_ticks as f64 / clock_ticks_per_second() as f64;
    Some(booted.trim().parse::<f64>().ok()? + since_boot)
}

/// The sum of `utime` and `stime`, in nanoseconds where `stat` has whole ticks.
fn cpu_seconds() -> f64 {
    let used = clock_gettime(ClockId::ProcessCPUTime);
    used.tv_sec as f64 + used.tv_nsec as f64 / 1e9
}

fn limit(resource: Resource) -> u64 {
    getrlimit(resource).current.unwrap_or(u64::MAX)
}

/// Since Linux 6.2 the size of the folder is the number of its entries.
fn open_fds() -> Option<u64> {
    let size = fs::metadata(DESCRIPTORS).ok()?.len();
    if size > 0 { Some(size) } else { listed_fds() }
}

fn listed_fds() -> Option<u64> {
    let listed = fs::read_dir(DESCRIPTORS).ok()?.count() as u64;
    // One of them is the folder, open while it is listed.
    Some(listed.saturating_sub(1))
}

/// The fields of `/proc/self/stat` that are wanted here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Stat {
    threads: u64,
    start_ticks: u64,
    virtual_bytes: u64,
    resident_pages: u64,
}

impl Stat {
    fn read() -> Option<Self> {
        Self::parse(&fs::read(STAT).ok()?)
    }

    fn parse(line: &[u8]) -> Option<Self> {
        // The second field is the program's name in parentheses: any bytes, spaces
        // and parentheses among them.
        let name_end = line.iter().rposition(|byte| *byte == b')')?;
        let rest = str::from_utf8(&line[name_end + 1..]).ok()?;
        let fields: Vec<&str> = rest.split_ascii_whitespace().collect();
        // The manual counts from 1, and two fields lie before `rest`.
        let field = |number: usize| number_at(&fields, number - 3);
        Some(Self {
            threads: field(20)?,
            start_ticks: field(22)?,
            virtual_bytes: field(23)?,
            resident_pages: field(24)?,
        })
    }
}

/// Bytes received and sent over IP, from pairs of lines, names above values.
fn octets(netstat: &str) -> Option<(u64, u64)> {
    let mut lines = netstat
        .lines()
        .filter_map(|line| line.strip_prefix("IpExt:"));
    let names: Vec<&str> = lines.next()?.split_ascii_whitespace().collect();
    let values: Vec<&str> = lines.next()?.split_ascii_whitespace().collect();
    let value = |name| {
        let at = names.iter().position(|known| *known == name)?;
        number_at(&values, at)
    };
    Some((value("InOctets")?, value("OutOctets")?))
}

fn number_at<N: FromStr>(fields: &[&str], at: usize) -> Option<N> {
    fields.get(at)?.parse().ok()
}

#[cfg(test)]
mod tests {
    use std::fs::File;
    use std::iter;

    use super::*;

    #[test]
    fn a_programs_name_may_hold_anything() {
        let numbers: Vec<String> = (4..=52).map(|field| (field * 10).to_string()).collect();
        let mut line = b"7 (a) b\xff (c)) S ".to_vec();
        line.extend(numbers.join(" ").bytes());
        let expected = Stat {
            threads: 200,
            start_ticks: 220,
            virtual_bytes: 230,
            resident_pages: 240,
        };
        assert_eq!(Stat::parse(&line), Some(expected));
    }

    #[test]
    fn a_line_cut_short_is_no_reading() {
        assert_eq!(Stat::parse(b"7 (a) S 1 2 3"), None);
        assert_eq!(Stat::parse(b""), None);
    }

    #[test]
    fn octets_are_found_by_their_names() {
        let text = "TcpExt: InOctets\nTcpExt: 1\n\
                    IpExt: InNoRoutes OutOctets InOctets\nIpExt: 5 70 90\n";
        assert_eq!(octets(text), Some((90, 70)));
        assert_eq!(octets("IpExt: InOctets OutOctets\nIpExt: 9\n"), None);
        assert_eq!(octets("TcpExt: A\nTcpExt: 1\n"), None);
    }

    #[test]
    fn a_listing_counts_what_is_open() {
        let open = || File::open("/dev/null").unwrap();
        let files: Vec<File> = iter::repeat_with(open).take(100).collect();
        assert!(listed_fds().unwrap() >= 100);
        // The other tests open files too: both ways agree as soon as none does.
        let agree = || fs::metadata(DESCRIPTORS).unwrap().len() == listed_fds().unwrap();
        assert!((0..100_000).any(|_| agree()));
        drop(files);
    }
}
