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
    Container, CounterFamily, ExponentialHistogramFamily, FloatCounterFamily, GaugeFamily,
    HistogramFamily, InfoFamily, StateSetFamily, UpDownCounterFamily,
};

#[cxx::bridge(namespace = "libnv::rust")]
mod ffi {
    /// A constant label.
    struct Label {
        name: String,
        value: String,
    }

    /// Resolution and range of exponential buckets; all 0: the default ones.
    #[derive(Clone, Copy, Default)]
    struct ExponentialLayout {
        /// Two to this power buckets for each doubling.
        schema: i32,
        /// Magnitudes up to two to this power count as zero.
        min_exponent: i32,
        /// Magnitudes beyond two to this power share one bucket.
        max_exponent: i32,
        /// Negative values have buckets too.
        is_signed: bool,
    }

    /// How a metric is declared; all of it may be left out.
    #[derive(Default)]
    struct Options {
        /// A base unit, such as "seconds"; appended to the name.
        unit: String,
        labels: Vec<Label>,
        /// Upper bounds of a histogram; empty: the default ones.
        buckets: Vec<f64>,
        /// Of an exponential histogram.
        layout: ExponentialLayout,
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
        type ExponentialHistogram;
        type Info;
        type StateSet;

        unsafe fn counter_over(slot: *mut libnv_slot_v1) -> Result<UniquePtr<Counter>>;
        unsafe fn float_counter_over(slot: *mut libnv_slot_v1) -> Result<UniquePtr<FloatCounter>>;
        unsafe fn up_down_counter_over(
            slot: *mut libnv_slot_v1,
        ) -> Result<UniquePtr<UpDownCounter>>;
        unsafe fn gauge_over(slot: *mut libnv_slot_v1) -> Result<UniquePtr<Gauge>>;
        unsafe fn histogram_over(slot: *mut libnv_slot_v1) -> Result<UniquePtr<Histogram>>;
        unsafe fn exponential_histogram_over(
            slot: *mut libnv_slot_v1,
        ) -> Result<UniquePtr<ExponentialHistogram>>;
        unsafe fn info_over(slot: *mut libnv_slot_v1) -> Result<UniquePtr<Info>>;
        unsafe fn state_set_over(
            slot: *mut libnv_slot_v1,
            states: Vec<String>,
        ) -> Result<UniquePtr<StateSet>>;
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
        fn exponential_histogram(
            self: &Container,
            name: &str,
            help: &str,
            options: &Options,
        ) -> Result<UniquePtr<ExponentialHistogram>>;
        /// Facts, which are the labels of the options.
        fn info(
            self: &Container,
            name: &str,
            help: &str,
            options: &Options,
        ) -> Result<UniquePtr<Info>>;
        fn state_set(
            self: &Container,
            name: &str,
            help: &str,
            states: Vec<String>,
            options: &Options,
        ) -> Result<UniquePtr<StateSet>>;

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
        fn exponential_histogram_family(
            self: &Container,
            name: &str,
            help: &str,
            label_names: Vec<String>,
            options: &Options,
        ) -> Result<Box<ExponentialHistogramFamily>>;
        fn info_family(
            self: &Container,
            name: &str,
            help: &str,
            label_names: Vec<String>,
            options: &Options,
        ) -> Result<Box<InfoFamily>>;
        fn state_set_family(
            self: &Container,
            name: &str,
            help: &str,
            label_names: Vec<String>,
            states: Vec<String>,
            options: &Options,
        ) -> Result<Box<StateSetFamily>>;

        /// The page of the whole container, in Prometheus text.
        fn text(self: &Container) -> Result<String>;

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

        type ExponentialHistogramFamily;
        fn with_label_values(
            self: &ExponentialHistogramFamily,
            values: Vec<String>,
        ) -> Result<UniquePtr<ExponentialHistogram>>;
        fn remove(self: &ExponentialHistogramFamily, values: Vec<String>) -> Result<bool>;

        type InfoFamily;
        fn with_label_values(self: &InfoFamily, values: Vec<String>) -> Result<UniquePtr<Info>>;
        fn remove(self: &InfoFamily, values: Vec<String>) -> Result<bool>;

        type StateSetFamily;
        fn with_label_values(
            self: &StateSetFamily,
            values: Vec<String>,
        ) -> Result<UniquePtr<StateSet>>;
        fn remove(self: &StateSetFamily, values: Vec<String>) -> Result<bool>;
    }
}
