//! What C++ asks a container for, by the type of its handle.
#![expect(clippy::needless_pass_by_value, reason = "C++ writes `{\"method\"}`")]

use cxx::UniquePtr;

use super::bridge::{
    Counter, ExponentialHistogram, FloatCounter, Gauge, Histogram, Info, Options, StateSet,
    UpDownCounter,
};
use super::{
    Asked, Container, CounterFamily, ExponentialHistogramFamily, FloatCounterFamily, GaugeFamily,
    HistogramFamily, InfoFamily, StateSetFamily, UpDownCounterFamily,
};
use crate::error::Error;

type Made<H> = Result<UniquePtr<H>, Error>;
type Declared<F> = Result<Box<F>, Error>;

/// Defines what all kinds have that need no more than a name.
macro_rules! declares {
    ($($handle:ident, $single:ident; $of_many:ident, $family:ident;)*) => {
        impl Container {$(
            pub(super) fn $single(&self, name: &str, help: &str, options: &Options) -> Made<$handle> {
                self.handle(Asked { name, help, label_names: &[], states: &[], options })
            }

            pub(super) fn $family(
                &self,
                name: &str,
                help: &str,
                label_names: Vec<String>,
                options: &Options,
            ) -> Declared<$of_many> {
                self.family(Asked { name, help, label_names: &label_names, states: &[], options })
            }
        )*}
    };
}

declares! {
    Counter, counter; CounterFamily, counter_family;
    FloatCounter, float_counter; FloatCounterFamily, float_counter_family;
    UpDownCounter, up_down_counter; UpDownCounterFamily, up_down_counter_family;
    Gauge, gauge; GaugeFamily, gauge_family;
    Histogram, histogram; HistogramFamily, histogram_family;
    ExponentialHistogram, exponential_histogram;
        ExponentialHistogramFamily, exponential_histogram_family;
    Info, info; InfoFamily, info_family;
}

impl Container {
    pub(super) fn state_set(
        &self,
        name: &str,
        help: &str,
        states: Vec<String>,
        options: &Options,
    ) -> Made<StateSet> {
        self.handle(Asked {
            name,
            help,
            label_names: &[],
            states: &states,
            options,
        })
    }

    pub(super) fn state_set_family(
        &self,
        name: &str,
        help: &str,
        label_names: Vec<String>,
        states: Vec<String>,
        options: &Options,
    ) -> Declared<StateSetFamily> {
        self.family(Asked {
            name,
            help,
            label_names: &label_names,
            states: &states,
            options,
        })
    }
}
