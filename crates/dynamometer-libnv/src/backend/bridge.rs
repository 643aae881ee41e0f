//! What cxx carries between the C++ registry and Rust: slow paths only.
#![allow(
    unsafe_code,
    missing_debug_implementations,
    unreachable_pub,
    reason = "a bridge of cxx"
)]

pub(super) use self::ffi::*;

#[cxx::bridge(namespace = "libnv::rust")]
mod ffi {
    /// The kinds of families, in the order of C++.
    #[derive(Clone, Copy, Debug)]
    #[repr(u32)]
    enum ExposedKind {
        Counter,
        Gauge,
        Histogram,
        Info,
        StateSet,
        Unknown,
        Summary,
    }

    /// Which of the columns of a family is filled.
    #[derive(Clone, Copy, Debug)]
    #[repr(u32)]
    enum Column {
        Unsigned,
        Signed,
        Float,
        Histogram,
        Exponential,
        Summary,
    }

    /// One family now; its columns are of one length.
    struct FamilyData {
        name: String,
        kind: ExposedKind,
        help: String,
        unit: String,
        labels: Vec<String>,
        created: Vec<f64>,
        timestamps: Vec<f64>,
        column: Column,
        unsigned_values: Vec<u64>,
        signed_values: Vec<i64>,
        float_values: Vec<f64>,
        histograms: Vec<HistogramData>,
        exponentials: Vec<ExponentialData>,
        summaries: Vec<SummaryData>,
    }

    struct HistogramData {
        bounds: Vec<f64>,
        counts: Vec<u64>,
        sum: f64,
    }

    struct ExponentialData {
        schema: i32,
        zero_threshold: f64,
        zero_count: u64,
        positive_first: i32,
        positive: Vec<u64>,
        negative_first: i32,
        negative: Vec<u64>,
        sum: f64,
    }

    struct SummaryData {
        ranks: Vec<f64>,
        quantiles: Vec<f64>,
        sum: f64,
        count: u64,
    }

    unsafe extern "C++" {
        include!("dynamometer-libnv/cxx/backend.hpp");

        #[namespace = ""]
        type libnv_api_v1;
        #[namespace = ""]
        type libnv_registry_v1;
        #[namespace = ""]
        type libnv_slot_v1;
        type Opened;
        type Backend;

        fn open_backend(api: &libnv_api_v1, service_name: &str) -> Result<UniquePtr<Backend>>;
        fn functions(self: &Backend) -> *const libnv_registry_v1;
        fn registry(self: &Backend) -> *mut Opened;
        fn snapshot(self: &Backend) -> Result<Vec<FamilyData>>;
        fn remove_written(
            self: &Backend,
            family: &str,
            labels: &str,
            spares_kept: bool,
        ) -> Result<bool>;
        fn labels_of_slot(slot: &libnv_slot_v1) -> Result<String>;
    }
}
