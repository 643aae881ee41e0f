//! A host behind C functions: what C can get wrong is an error, never more.
#![allow(unsafe_code, reason = "calls a host as C does")]
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod small;

use std::ffi::{c_char, c_void};
use std::ptr;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use dynamometer_cells::{Bounds, CounterCell, HistogramCells, Kept, UpDownCells};
use dynamometer_libnv::Error;
use dynamometer_libnv::abi::{self, Label, Slot, Status, Str};
use dynamometer_libnv::host::{Kind, registry_of};

use self::small::{DROPPED, Small};

/// A host, called as C calls it.
struct Called {
    host: Box<Small>,
    functions: &'static abi::Registry,
    this: *mut c_void,
}

fn called() -> Called {
    let host = Box::<Small>::default();
    let (functions, this) = registry_of(&*host);
    Called {
        host,
        functions,
        this,
    }
}

fn nothing() -> abi::Request {
    // SAFETY: zero is "nothing is said" in every field.
    let mut request: abi::Request = unsafe { std::mem::zeroed() };
    request.struct_size = size_of::<abi::Request>();
    request
}

fn request(kind: Kind, name: &str) -> abi::Request {
    abi::Request {
        kind: kind as u32,
        name: Str::of(name),
        ..nothing()
    }
}

impl Called {
    fn family(&self, request: &abi::Request) -> Result<*mut abi::Family, Status> {
        let mut family = ptr::null_mut();
        // SAFETY: live structures.
        let status = unsafe { (self.functions.family)(self.this, request, &raw mut family) };
        if status == Status::OK {
            Ok(family)
        } else {
            Err(status)
        }
    }

    fn slot(&self, family: *mut abi::Family, values: &[&str]) -> *mut Slot {
        let values: Vec<Str> = values.iter().map(|value| Str::of(value)).collect();
        let mut slot = ptr::null_mut();
        // SAFETY: live structures.
        let status = unsafe {
            (self.functions.look_up)(
                self.this,
                family,
                values.as_ptr(),
                values.len(),
                &raw mut slot,
            )
        };
        assert_eq!(status, Status::OK);
        slot
    }

    fn value(&self, slot: *const Slot, buckets: &mut [u64]) -> abi::Value {
        // SAFETY: zero is a value of each field.
        let mut value: abi::Value = unsafe { std::mem::zeroed() };
        value.struct_size = size_of::<abi::Value>();
        value.buckets = buckets.as_mut_ptr();
        value.capacity = buckets.len();
        // SAFETY: a slot that is held; a table reads it without its host.
        let status = unsafe { (self.functions.value)(ptr::null_mut(), slot, &raw mut value) };
        assert_eq!(status, Status::OK);
        value
    }

    /// Status, message and existing of the last mistake.
    fn last_error(&self) -> (Status, String, String) {
        // SAFETY: the last error of this thread.
        let said = unsafe { *(self.functions.last_error)() };
        let text = |text: Str| {
            // SAFETY: as long as there is no other error.
            let bytes = unsafe { std::slice::from_raw_parts(text.data.cast::<u8>(), text.len) };
            String::from_utf8(bytes.to_vec()).unwrap()
        };
        (said.status, text(said.message), text(said.existing))
    }

    fn release(&self, slot: *mut Slot, family: *mut abi::Family) {
        // SAFETY: the only reference, and the only family.
        unsafe {
            (self.functions.drop_slot)(slot);
            (self.functions.release_family)(self.this, family);
        }
    }
}

#[test]
fn a_slot_has_the_cells_of_its_series_and_keeps_them() {
    let called = called();
    let family = called.family(&request(Kind::Counter, "requests")).unwrap();
    let slot = called.slot(family, &["a"]);
    let series = called.host.series.lock().unwrap()["requests[\"a\"]"].clone();
    // SAFETY: held.
    let shown = unsafe { &*slot };
    assert_eq!(
        shown.offset.load(Ordering::Relaxed),
        series.recorded_offset()
    );
    assert_eq!(
        (
            shown.kind,
            shown.cell_count,
            shown.references.load(Ordering::Relaxed)
        ),
        (1, 1, 1)
    );
    CounterCell::on(Kept::new(Arc::clone(&series))).inc_by(5);
    assert_eq!(called.value(slot, &mut []).number, 5);
    called.host.series.lock().unwrap().clear();
    assert_eq!(Arc::strong_count(&series), 2, "the slot holds it");
    called.release(slot, family);
    assert_eq!(Arc::strong_count(&series), 1);
}

#[test]
fn a_slot_of_a_histogram_finds_buckets_as_the_host_does() {
    let called = called();
    let bounds = [0.5, 1.0, 2.0];
    let asked = abi::Request {
        bounds: bounds.as_ptr(),
        bound_count: bounds.len(),
        ..request(Kind::Histogram, "latency")
    };
    let family = called.family(&asked).unwrap();
    let slot = called.slot(family, &[]);
    // SAFETY: held.
    let table = unsafe { &*(*slot).buckets };
    assert_eq!((table.count, table.is_exact), (4, 1));
    // SAFETY: as many bounds as buckets.
    let upper = unsafe { std::slice::from_raw_parts(table.upper, 4) };
    assert_eq!(upper, [0.5, 1.0, 2.0, f64::INFINITY]);
    let series = called.host.series.lock().unwrap()["latency[]"].clone();
    let own = Arc::new(Bounds::new(&bounds).unwrap());
    HistogramCells::on(Kept::new(series), own).observe(1.5, 3);
    let mut counts = [0; 3];
    let value = called.value(slot, &mut counts);
    assert_eq!((value.bucket_count, value.observations), (4, 3));
    assert_eq!((value.amount, counts), (4.5, [0, 0, 3]));
    called.release(slot, family);
}

#[test]
fn what_is_set_is_reached_by_its_address() {
    let called = called();
    let family = called.family(&request(Kind::Gauge, "depth")).unwrap();
    let slot = called.slot(family, &[]);
    // SAFETY: held.
    let (offset, cell) = unsafe {
        let shown = &*slot;
        (
            shown.offset.load(Ordering::Relaxed),
            &*shown.cells.load(Ordering::Relaxed).cast::<AtomicU64>(),
        )
    };
    assert!(offset >= 0, "no flag sends it off the plain path");
    cell.store(2.5_f64.to_bits(), Ordering::Relaxed);
    assert_eq!(
        called.value(slot, &mut []).amount.to_bits(),
        2.5_f64.to_bits()
    );
    called.release(slot, family);
}

#[test]
fn cells_that_were_recorded_to_before_are_adopted() {
    static OWN: [AtomicU64; 2] = [AtomicU64::new(7), AtomicU64::new(3)];
    let called = called();
    let family = called
        .family(&request(Kind::UpDownCounter, "inflight"))
        .unwrap();
    let mut slot = ptr::null_mut();
    // SAFETY: the cells are static.
    let status = unsafe {
        (called.functions.adopt)(
            called.this,
            family,
            ptr::null(),
            0,
            abi::FLAGGED | abi::AT_OWN,
            OWN.as_ptr().cast_mut().cast(),
            &raw mut slot,
        )
    };
    assert_eq!(status, Status::OK);
    let series = called.host.series.lock().unwrap()["inflight[]"].clone();
    UpDownCells::on(Kept::new(series)).add(1);
    assert_eq!(called.value(slot, &mut []).difference, 5);
    // SAFETY: refused.
    let status = unsafe {
        (called.functions.adopt)(
            called.this,
            family,
            ptr::null(),
            0,
            abi::FLAGGED | abi::AT_NOWHERE,
            ptr::null_mut(),
            &raw mut slot,
        )
    };
    assert_eq!(status, Status::INVALID_ARGUMENT);
    called.release(slot, family);
}

#[test]
fn a_mistake_is_told_with_what_is_there() {
    let called = called();
    let prefix = Str::of("@@");
    let asked = abi::Request {
        prefixes: &raw const prefix,
        prefix_count: 1,
        ..request(Kind::Counter, "a")
    };
    // SAFETY: live structures.
    let status = unsafe { (called.functions.check_scope)(called.this, &raw const asked) };
    assert_eq!(status, Status::INVALID_NAME);
    assert_eq!(
        called.last_error(),
        (status, "no prefix".to_owned(), "a gauge".to_owned())
    );
}

#[test]
fn a_panic_of_the_host_is_a_status() {
    let called = called();
    let refused = called.family(&request(Kind::Counter, "panic"));
    assert_eq!(refused, Err(Status::INTERNAL));
    assert!(called.last_error().1.contains("panicked"));
}

#[test]
fn what_c_can_get_wrong_is_an_invalid_argument() {
    let called = called();
    let ok = request(Kind::Counter, "a");
    let not_utf8 = Str {
        data: c"\xff".as_ptr(),
        len: 1,
    };
    let huge = Str {
        data: ptr::without_provenance(8),
        len: abi::LONGEST_TEXT + 1,
    };
    let null = Str {
        data: ptr::null(),
        len: 3,
    };
    let label = Label {
        name: not_utf8,
        value: Str::EMPTY,
    };
    let wrong = [
        abi::Request { kind: 0, ..ok },
        abi::Request { kind: 9, ..ok },
        abi::Request {
            name: not_utf8,
            ..ok
        },
        abi::Request { help: huge, ..ok },
        abi::Request { unit: null, ..ok },
        abi::Request {
            struct_size: 3,
            ..ok
        },
        abi::Request {
            label_count: 1,
            ..ok
        },
        abi::Request {
            labels: &raw const label,
            label_count: 1,
            ..ok
        },
        abi::Request {
            bound_count: 2,
            ..ok
        },
        abi::Request {
            state_count: usize::MAX,
            states: ptr::without_provenance(8),
            ..ok
        },
    ];
    for request in &wrong {
        assert_eq!(
            called.family(request),
            Err(Status::INVALID_ARGUMENT),
            "{request:?}"
        );
    }
    let functions = called.functions;
    // SAFETY: null is refused everywhere.
    unsafe {
        let null = ptr::null_mut();
        let refused = [
            (functions.family)(called.this, ptr::null(), ptr::null_mut()),
            (functions.family)(called.this, &raw const ok, ptr::null_mut()),
            (functions.family)(null, &raw const ok, &mut ptr::null_mut()),
            (functions.look_up)(
                called.this,
                ptr::null_mut(),
                ptr::null(),
                0,
                ptr::null_mut(),
            ),
            (functions.remove)(
                called.this,
                ptr::null_mut(),
                ptr::null(),
                0,
                ptr::null_mut(),
            ),
            (functions.value)(null, ptr::null(), ptr::null_mut()),
            (functions.write_page)(called.this, 0, None, null),
            (functions.write_page)(called.this, 9, Some(take), null),
            (functions.add_source)(called.this, ptr::null()),
            (functions.remove_source)(null, Str::EMPTY, ptr::null_mut()),
        ];
        assert_eq!(refused, [Status::INVALID_ARGUMENT; 10]);
        (functions.release_family)(called.this, ptr::null_mut());
        (functions.drop_slot)(ptr::null_mut());
        (functions.notify)(ptr::null_mut());
        (functions.report)(called.this, Str::EMPTY, ptr::null());
        (functions.count_dropped)(null, 77, 1);
    }
}

#[test]
fn a_request_of_an_older_header_says_nothing_of_what_that_did_not_know() {
    let called = called();
    let name = "a";
    let older = abi::Request {
        struct_size: std::mem::offset_of!(abi::Request, labels),
        // Not read: they lie behind what the older header has.
        label_count: 5,
        state_count: usize::MAX,
        ..request(Kind::Counter, name)
    };
    let family = called.family(&older).unwrap();
    // SAFETY: the only one.
    unsafe { (called.functions.release_family)(called.this, family) };
}

unsafe extern "C" fn take(place: *mut c_void, data: *const c_char, len: usize) {
    // SAFETY: the test's text.
    let text = unsafe { &mut *place.cast::<Vec<u8>>() };
    // SAFETY: a piece of text.
    text.extend_from_slice(unsafe { std::slice::from_raw_parts(data.cast(), len) });
}

#[test]
fn a_source_of_c_is_read_for_a_page_and_let_go_once() {
    static GONE: AtomicU64 = AtomicU64::new(0);
    unsafe extern "C" fn read(_: *mut c_void, sink: abi::Sink, place: *mut c_void) -> Status {
        for piece in ["a ", "1\n"] {
            // SAFETY: the registry's sink.
            unsafe { sink(place, piece.as_ptr().cast(), piece.len()) };
        }
        Status::OK
    }
    unsafe extern "C" fn gone(_: *mut c_void) {
        GONE.fetch_add(1, Ordering::Relaxed);
    }
    let called = called();
    let name = "cache";
    let source = abi::Source {
        struct_size: size_of::<abi::Source>(),
        name: Str::of(name),
        timeout: 0.0,
        read: Some(read),
        drop: Some(gone),
        context: ptr::null_mut(),
    };
    let mut page: Vec<u8> = Vec::new();
    // SAFETY: live structures.
    unsafe {
        let functions = called.functions;
        assert_eq!(
            (functions.add_source)(called.this, &raw const source),
            Status::OK
        );
        let place = (&raw mut page).cast();
        assert_eq!(
            (functions.write_page)(called.this, 0, Some(take), place),
            Status::OK
        );
        assert_eq!(page, b"a 1\n");
        assert_eq!(GONE.load(Ordering::Relaxed), 0);
        let mut removed = 7;
        let name = Str::of(name);
        for there in [1, 0] {
            (functions.remove_source)(called.this, name, &raw mut removed);
            assert_eq!(removed, there);
        }
    }
    assert_eq!(GONE.load(Ordering::Relaxed), 1);
}

#[test]
fn reports_and_dropped_values_reach_the_host() {
    let called = called();
    let error = Error::new(Status::KIND_MISMATCH, "it is not").with_existing("a gauge");
    let said = abi::Error {
        struct_size: size_of::<abi::Error>(),
        status: error.status(),
        message: Str::of(error.message()),
        existing: Str::of(error.existing().unwrap()),
    };
    // SAFETY: live structures.
    unsafe {
        (called.functions.report)(called.this, Str::of("depth"), &raw const said);
        (called.functions.count_dropped)(ptr::null_mut(), 1, 4);
    }
    assert_eq!(
        *called.host.reports.lock().unwrap(),
        ["depth: it is not; it is a gauge"]
    );
    assert_eq!(DROPPED.load(Ordering::Relaxed), 4);
}
