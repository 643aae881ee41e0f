//! What a slab costs: reserved, on small pages, not in core dumps.
// Miri has no memory map.
#![cfg(all(target_os = "linux", not(any(loom, miri))))]
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]
#![allow(unsafe_code, reason = "asks the owner's table for the base of a slab")]

use std::cell::Cell;
use std::fs;
use std::ptr;
use std::thread;

use dynamometer_cells::{CounterCell, GaugeCell, Options, native_table};

thread_local! {
    static SLOT: Cell<*mut u8> = const { Cell::new(ptr::null_mut()) };
}

/// What the kernel says of one mapping.
#[derive(Debug)]
struct Mapping {
    bytes: usize,
    resident: usize,
    flags: Vec<String>,
}

fn base_of_this_thread() -> usize {
    // SAFETY: the slot is this thread's own pointer and lives as long.
    SLOT.with(|slot| unsafe { (native_table().lease)(slot.as_ptr()) })
        .addr()
}

/// The mapping that holds `address`. Neighbours with the same flags are one.
fn mapping_of(address: usize) -> Mapping {
    let text = fs::read_to_string("/proc/self/smaps").unwrap();
    let mut lines = text.lines().skip_while(|line| {
        let range = line.split(' ').next().unwrap();
        let Some((start, end)) = range.split_once('-') else {
            return true;
        };
        let hex = |text| usize::from_str_radix(text, 16);
        let (Ok(start), Ok(end)) = (hex(start), hex(end)) else {
            return true;
        };
        !(start..end).contains(&address)
    });
    let mut field = |name: &str| {
        let line = lines.find(|line| line.starts_with(name)).unwrap();
        let values = line.split_whitespace().skip(1);
        values.map(str::to_owned).collect::<Vec<_>>()
    };
    let kib = |values: &[String]| values[0].parse::<usize>().unwrap() * 1024;
    Mapping {
        bytes: kib(&field("Size:")),
        resident: kib(&field("Rss:")),
        flags: field("VmFlags:"),
    }
}

fn assert_small_pages_outside_dumps(mapping: &Mapping) {
    for flag in ["nh", "dd"] {
        assert!(
            mapping.flags.iter().any(|known| known == flag),
            "no {flag} in {mapping:?}"
        );
    }
}

#[test]
fn a_slab_has_small_pages_is_left_out_of_dumps_and_commits_what_is_touched() {
    let counter = CounterCell::new(Options::default()).unwrap();
    let gauge = GaugeCell::new(Options::default()).unwrap();
    gauge.set(1.0);
    counter.inc_by(1);
    let mapping = mapping_of(base_of_this_thread());
    assert_small_pages_outside_dumps(&mapping);
    assert!(mapping.bytes >= 64 << 20, "{mapping:?}");
    assert!(mapping.resident <= 64 << 10, "{mapping:?}");

    // SAFETY: any thread may ask.
    let shared = unsafe { (native_table().shared_base)() };
    let mapping = mapping_of(shared.addr());
    assert_small_pages_outside_dumps(&mapping);
    assert!(mapping.bytes >= 1 << 30, "{mapping:?}");
    assert!(mapping.resident <= 64 << 10, "{mapping:?}");
}

#[test]
fn reading_and_freeing_commit_no_page_that_nobody_wrote() {
    let base = thread::spawn(|| {
        let counter = CounterCell::new(Options::default()).unwrap();
        counter.inc_by(1);
        base_of_this_thread()
    })
    .join()
    .unwrap();
    let anonymous = || mapping_of(base).resident;
    let before = anonymous();
    // SAFETY: any thread may allocate, and this range is given back once.
    unsafe {
        let offset = (native_table().allocate)(0, 1 << 20).cast_unsigned();
        (native_table().free)(offset as u32, 1 << 20);
    }
    assert!(
        anonymous() <= before + (64 << 10),
        "{} after {before}",
        anonymous()
    );
}
