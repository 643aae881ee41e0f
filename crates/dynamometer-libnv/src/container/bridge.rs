//! What cxx carries from a container of Rust to C++ that is built with the program.
#![allow(
    unsafe_code,
    missing_debug_implementations,
    missing_docs,
    unreachable_pub,
    reason = "a bridge of cxx"
)]

pub(super) use self::ffi::*;
use super::{
    Container, CounterFamily, FloatCounterFamily, GaugeFamily, HistogramFamily, UpDownCounterFamily,
};

#[cxx::bridge(namespace = "libnv::rust")]
mod ffi {
    /// A constant label.
    struct Label {
        name: String,
        value: String,
    }

    /// How a metric is declared; all of it may be left out.
    #[derive(Default)]
    struct Options {
        /// A base unit, such as "seconds"; appended to the name.
        unit: String,
        labels: Vec<Label>,
        /// Upper bounds of a histogram; empty: the default ones.
        buckets: Vec<f64>,
        /// Further names for the same values.
        aliases: Vec<String>,
        /// The most series of the family; 0: the container's.
        limit: u64,
        /// One set of cells for all threads, changed by atomic adds.
        shared_cells: bool,
    }

    unsafe extern "C++" {
        include!("dynamometer-libnv/cxx/handles.hpp");

        #[namespace = ""]
        type libnv_slot_v1;
        type Counter;
        type FloatCounter;
        type UpDownCounter;
        type Gauge;
        type Histogram;

        unsafe fn counter_over(slot: *mut libnv_slot_v1) -> Result<UniquePtr<Counter>>;
        unsafe fn float_counter_over(slot: *mut libnv_slot_v1) -> Result<UniquePtr<FloatCounter>>;
        unsafe fn up_down_counter_over(
            slot: *mut libnv_slot_v1,
        ) -> Result<UniquePtr<UpDownCounter>>;
        unsafe fn gauge_over(slot: *mut libnv_slot_v1) -> Result<UniquePtr<Gauge>>;
        unsafe fn histogram_over(slot: *mut libnv_slot_v1) -> Result<UniquePtr<Histogram>>;
    }

    extern "Rust" {
        /// A container of the Rust program, or a scope in one.
        #[derive(ExternType)]
        type Container;

        /// A view with a longer prefix and more constant labels.
        fn scope(self: &Container, prefix: &str, labels: Vec<Label>) -> Result<Box<Container>>;

        fn counter(
            self: &Container,
            name: &str,
            help: &str,
            options: &Options,
        ) -> Result<UniquePtr<Counter>>;
        fn float_counter(
            self: &Container,
            name: &str,
            help: &str,
            options: &Options,
        ) -> Result<UniquePtr<FloatCounter>>;
        fn up_down_counter(
            self: &Container,
            name: &str,
            help: &str,
            options: &Options,
        ) -> Result<UniquePtr<UpDownCounter>>;
        fn gauge(
            self: &Container,
            name: &str,
            help: &str,
            options: &Options,
        ) -> Result<UniquePtr<Gauge>>;
        fn histogram(
            self: &Container,
            name: &str,
            help: &str,
            options: &Options,
        ) -> Result<UniquePtr<Histogram>>;

        fn counter_family(
            self: &Container,
            name: &str,
            help: &str,
            label_names: Vec<String>,
            options: &Options,
        ) -> Result<Box<CounterFamily>>;
        fn float_counter_family(
            self: &Container,
            name: &str,
            help: &str,
            label_names: Vec<String>,
            options: &Options,
        ) -> Result<Box<FloatCounterFamily>>;
        fn up_down_counter_family(
            self: &Container,
            name: &str,
            help: &str,
            label_names: Vec<String>,
            options: &Options,
        ) -> Result<Box<UpDownCounterFamily>>;
        fn gauge_family(
            self: &Container,
            name: &str,
            help: &str,
            label_names: Vec<String>,
            options: &Options,
        ) -> Result<Box<GaugeFamily>>;
        fn histogram_family(
            self: &Container,
            name: &str,
            help: &str,
            label_names: Vec<String>,
            options: &Options,
        ) -> Result<Box<HistogramFamily>>;

        /// Series of a family by the values of their labels.
        type CounterFamily;
        fn with_label_values(
            self: &CounterFamily,
            values: Vec<String>,
        ) -> Result<UniquePtr<Counter>>;
        fn remove(self: &CounterFamily, values: Vec<String>) -> Result<bool>;

        type FloatCounterFamily;
        fn with_label_values(
            self: &FloatCounterFamily,
            values: Vec<String>,
        ) -> Result<UniquePtr<FloatCounter>>;
        fn remove(self: &FloatCounterFamily, values: Vec<String>) -> Result<bool>;

        type UpDownCounterFamily;
        fn with_label_values(
            self: &UpDownCounterFamily,
            values: Vec<String>,
        ) -> Result<UniquePtr<UpDownCounter>>;
        fn remove(self: &UpDownCounterFamily, values: Vec<String>) -> Result<bool>;

        type GaugeFamily;
        fn with_label_values(self: &GaugeFamily, values: Vec<String>) -> Result<UniquePtr<Gauge>>;
        fn remove(self: &GaugeFamily, values: Vec<String>) -> Result<bool>;

        type HistogramFamily;
        fn with_label_values(
            self: &HistogramFamily,
            values: Vec<String>,
        ) -> Result<UniquePtr<Histogram>>;
        fn remove(self: &HistogramFamily, values: Vec<String>) -> Result<bool>;
    }
}
