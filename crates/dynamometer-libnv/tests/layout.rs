//! The structures of this crate are those of `libnv.h`, byte for byte.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fmt::Write as _;
use std::io::Write as _;
use std::mem::offset_of;
use std::process::{Command, Stdio};

use dynamometer_libnv::abi::{
    self, Api, Buckets, CellStats, Cells, CopyOfLibnv, Doctor, Error, Label, Refusal, Registry,
    Request, Segment, Serve, Slot, Source, Status, Str, Value,
};
use dynamometer_libnv::host::Kind;

/// Asserts in C what is true of a structure in Rust.
macro_rules! same {
    ($source:ident: $($c:literal is $rust:ty { $($field:ident),* })*) => {$(
        writeln!($source, "_Static_assert(sizeof({}) == {}, \"\");", $c, size_of::<$rust>())
            .unwrap();
        $(writeln!(
            $source,
            "_Static_assert(offsetof({}, {}) == {}, \"\");",
            $c,
            stringify!($field),
            offset_of!($rust, $field)
        )
        .unwrap();)*
    )*};
}

/// Asserts in C the value that a constant has in Rust.
macro_rules! constant {
    ($source:ident: $($c:literal is $rust:expr;)*) => {$(
        writeln!($source, "_Static_assert({} == INT64_C({}), \"\");", $c, $rust).unwrap();
    )*};
}

#[test]
fn every_structure_and_number_is_that_of_the_header() {
    let mut source = String::from("#include <libnv/libnv.h>\n");
    same! { source:
        "libnv_str" is Str { data, len }
        "libnv_label" is Label { name, value }
        "libnv_error_v1" is Error { struct_size, status, message, existing }
        "libnv_segment_v1" is Segment { offset, cells, kind, out }
        "libnv_cell_stats_v1" is CellStats { struct_size, slabs, leased, leases, fallback_records }
        "libnv_cells_v1" is Cells {
            struct_size, abi, lease, lease_to_lock, return_from_lock, allocate, free, sum,
            shared_base, stats
        }
        "libnv_buckets_v1" is Buckets {
            struct_size, count, shift, upper, below, first_key, entries, is_exact, steps, lowest,
            first, last, mirror, schema, min_exponent, max_exponent, is_signed
        }
        "libnv_slot_v1" is Slot {
            offset, cells, buckets, kind, cell_count, references, reserved, registry, series
        }
        "libnv_request_v1" is Request {
            struct_size, kind, flags, prefixes, prefix_count, name, asked, help, unit, labels,
            label_count, label_names, label_name_count, bounds, bound_count, schema, min_exponent,
            max_exponent, is_signed, states, state_count, aliases, alias_count, limit,
            expire_after
        }
        "libnv_value_v1" is Value {
            struct_size, kind, bucket_count, number, difference, amount, observations, buckets,
            capacity
        }
        "libnv_source_v1" is Source { struct_size, name, timeout, read, drop, context }
        "libnv_registry_v1" is Registry {
            struct_size, abi, language, backend, check_scope, family, release_family, look_up,
            remove, drop_slot, notify, value, write_page, add_source, remove_source, adopt, report,
            last_error, count_dropped, write_self_page, each_family, write_labels, remove_written
        }
        "libnv_copy_v1" is CopyOfLibnv { struct_size, path, abi, is_owner }
        "libnv_refusal_v1" is Refusal { struct_size, name, status, message }
        "libnv_doctor_v1" is Doctor {
            struct_size, version, cells_language, host_language, host_backend, service_name,
            is_hosted, copies, refused_copies, cells, series, detached, unbound, refusals
        }
        "libnv_serve_v1" is Serve { struct_size, host, port }
        "libnv_api_v1" is Api {
            struct_size, abi, reserved, version, cells, registry, process, open, close, attach,
            detach, doctor, each_copy, each_refusal, count_unbound, serve, port, stop, last_error
        }
    }
    constant! { source:
        "LIBNV_ABI" is abi::ABI;
        "LIBNV_LONGEST_TEXT" is abi::LONGEST_TEXT;
        "LIBNV_AT_SHARED" is abi::AT_SHARED;
        "LIBNV_AT_WATCHED" is abi::AT_WATCHED;
        "LIBNV_AT_NOWHERE" is abi::AT_NOWHERE;
        "LIBNV_AT_OWN" is abi::AT_OWN;
        "LIBNV_RESOLVED" is abi::RESOLVED;
        "LIBNV_SHARED_CELLS" is abi::SHARED_CELLS;
        "LIBNV_EXEMPLARS" is abi::EXEMPLARS;
        "LIBNV_INVALID_NAME" is Status::INVALID_NAME.0;
        "LIBNV_INVALID_LABEL" is Status::INVALID_LABEL.0;
        "LIBNV_RESERVED_LABEL" is Status::RESERVED_LABEL.0;
        "LIBNV_DUPLICATE_LABEL" is Status::DUPLICATE_LABEL.0;
        "LIBNV_INVALID_BUCKETS" is Status::INVALID_BUCKETS.0;
        "LIBNV_NAME_COLLISION" is Status::NAME_COLLISION.0;
        "LIBNV_KIND_MISMATCH" is Status::KIND_MISMATCH.0;
        "LIBNV_UNIT_MISMATCH" is Status::UNIT_MISMATCH.0;
        "LIBNV_BUCKETS_MISMATCH" is Status::BUCKETS_MISMATCH.0;
        "LIBNV_LABEL_COUNT" is Status::LABEL_COUNT.0;
        "LIBNV_LABELS_MISMATCH" is Status::LABELS_MISMATCH.0;
        "LIBNV_INVALID_STATES" is Status::INVALID_STATES.0;
        "LIBNV_STATES_MISMATCH" is Status::STATES_MISMATCH.0;
        "LIBNV_EXHAUSTED" is Status::EXHAUSTED.0;
        "LIBNV_BACKEND" is Status::BACKEND.0;
        "LIBNV_SOURCE_IN_USE" is Status::SOURCE_IN_USE.0;
        "LIBNV_INVALID_ARGUMENT" is Status::INVALID_ARGUMENT.0;
        "LIBNV_ABI_MISMATCH" is Status::ABI_MISMATCH.0;
        "LIBNV_UNAVAILABLE" is Status::UNAVAILABLE.0;
        "LIBNV_INTERNAL" is Status::INTERNAL.0;
        "LIBNV_IO" is Status::IO.0;
        "LIBNV_COUNTER" is Kind::Counter as u32;
        "LIBNV_FLOAT_COUNTER" is Kind::FloatCounter as u32;
        "LIBNV_UP_DOWN_COUNTER" is Kind::UpDownCounter as u32;
        "LIBNV_GAUGE" is Kind::Gauge as u32;
        "LIBNV_HISTOGRAM" is Kind::Histogram as u32;
        "LIBNV_EXPONENTIAL_HISTOGRAM" is Kind::ExponentialHistogram as u32;
        "LIBNV_INFO" is Kind::Info as u32;
        "LIBNV_STATE_SET" is Kind::StateSet as u32;
    }
    writeln!(source, "_Static_assert(LIBNV_FLAGGED == INT64_MIN, \"\");").unwrap();
    assert_eq!(abi::FLAGGED, i64::MIN);
    assert_compiles(&source);
}

fn assert_compiles(source: &str) {
    let include = concat!(env!("CARGO_MANIFEST_DIR"), "/../../cpp/libnv/include");
    let mut compiler = Command::new("cc")
        .args(["-x", "c", "-std=c11", "-fsyntax-only", "-I", include, "-"])
        .stdin(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut input = compiler.stdin.take().unwrap();
    input.write_all(source.as_bytes()).unwrap();
    drop(input);
    let done = compiler.wait_with_output().unwrap();
    let said = String::from_utf8_lossy(&done.stderr);
    assert!(done.status.success(), "{said}");
}
