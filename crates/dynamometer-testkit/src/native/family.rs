//! Families: each look-up is kept, as a scenario goes on with it.

use dynamometer::{
    Counter, Error, ExponentialHistogram, FloatCounter, Gauge, Histogram, Info, MetricVec,
    StateSet, UpDownCounter,
};

use crate::family::FamilyHandle;
use crate::handle::Handle;

macro_rules! families {
    ($($kind:ident),*) => {$(
        impl FamilyHandle for MetricVec<$kind> {
            fn try_look_up(&self, values: &[&str]) -> Result<Handle, Error> {
                Ok(self.try_with_label_values(values)?.keep().into())
            }

            fn look_up(&self, values: &[&str]) -> Handle {
                self.with_label_values(values).keep().into()
            }

            fn remove(&self, values: &[&str]) -> bool {
                Self::remove(self, values)
            }
        }
    )*};
}

families!(
    Counter,
    FloatCounter,
    UpDownCounter,
    Gauge,
    Histogram,
    ExponentialHistogram,
    Info,
    StateSet
);
