//! What C++ asks a container for, by the type of its handle.
#![expect(clippy::needless_pass_by_value, reason = "C++ writes `{\"method\"}`")]

use cxx::UniquePtr;

use super::bridge::{Counter, FloatCounter, Gauge, Histogram, Options, UpDownCounter};
use super::{
    Container, CounterFamily, FloatCounterFamily, GaugeFamily, HistogramFamily, UpDownCounterFamily,
};
use crate::error::Error;

type Made<H> = Result<UniquePtr<H>, Error>;
type Declared<F> = Result<Box<F>, Error>;

impl Container {
    pub(super) fn counter(&self, name: &str, help: &str, options: &Options) -> Made<Counter> {
        self.handle((name, help), options)
    }

    pub(super) fn float_counter(
        &self,
        name: &str,
        help: &str,
        options: &Options,
    ) -> Made<FloatCounter> {
        self.handle((name, help), options)
    }

    pub(super) fn up_down_counter(
        &self,
        name: &str,
        help: &str,
        options: &Options,
    ) -> Made<UpDownCounter> {
        self.handle((name, help), options)
    }

    pub(super) fn gauge(&self, name: &str, help: &str, options: &Options) -> Made<Gauge> {
        self.handle((name, help), options)
    }

    pub(super) fn histogram(&self, name: &str, help: &str, options: &Options) -> Made<Histogram> {
        self.handle((name, help), options)
    }

    pub(super) fn counter_family(
        &self,
        name: &str,
        help: &str,
        label_names: Vec<String>,
        options: &Options,
    ) -> Declared<CounterFamily> {
        self.family((name, help), &label_names, options)
    }

    pub(super) fn float_counter_family(
        &self,
        name: &str,
        help: &str,
        label_names: Vec<String>,
        options: &Options,
    ) -> Declared<FloatCounterFamily> {
        self.family((name, help), &label_names, options)
    }

    pub(super) fn up_down_counter_family(
        &self,
        name: &str,
        help: &str,
        label_names: Vec<String>,
        options: &Options,
    ) -> Declared<UpDownCounterFamily> {
        self.family((name, help), &label_names, options)
    }

    pub(super) fn gauge_family(
        &self,
        name: &str,
        help: &str,
        label_names: Vec<String>,
        options: &Options,
    ) -> Declared<GaugeFamily> {
        self.family((name, help), &label_names, options)
    }

    pub(super) fn histogram_family(
        &self,
        name: &str,
        help: &str,
        label_names: Vec<String>,
        options: &Options,
    ) -> Declared<HistogramFamily> {
        self.family((name, help), &label_names, options)
    }
}
