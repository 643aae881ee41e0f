//! Declaring a metric step by step.

use dynamometer_exposition::Unit;

use crate::DEFAULT_BUCKETS;
use crate::container::{Container, Declared};
use crate::error::{Error, ErrorKind};
use crate::handle::{Counter, FloatCounter, Gauge, Histogram, UpDownCounter};
use crate::registry::{Cells, Instrument};
use crate::self_metrics::report;

/// Defines the builder of one kind: the setters are the same for all.
macro_rules! builder {
    ($(#[$doc:meta])* $builder:ident, $handle:ident, $cells:pat => $made:expr, $container:ident) => {
        $(#[$doc])*
        #[derive(Clone, Debug)]
        #[must_use = "nothing is registered before `build`"]
        pub struct $builder<'a> {
            $container: &'a Container,
            declared: Declared<'a>,
        }

        impl<'a> $builder<'a> {
            pub(crate) fn new($container: &'a Container, name: &'a str) -> Self {
                let declared = Declared {
                    name,
                    instrument: Instrument::$handle,
                    help: "",
                    unit: None,
                    labels: Vec::new(),
                    buckets: DEFAULT_BUCKETS,
                };
                Self { $container, declared }
            }

            /// Sets the help text: one sentence for whoever reads the page.
            pub fn help(mut self, help: &'a str) -> Self {
                self.declared.help = help;
                self
            }

            /// Sets the unit, and makes the name end in it.
            pub fn unit(mut self, unit: Unit) -> Self {
                self.declared.unit = Some(unit);
                self
            }

            /// Adds one constant label.
            pub fn label(mut self, name: &'a str, value: &'a str) -> Self {
                self.declared.labels.push((name, value));
                self
            }

            /// Adds constant labels.
            pub fn labels(mut self, labels: &[(&'a str, &'a str)]) -> Self {
                self.declared.labels.extend_from_slice(labels);
                self
            }

            /// Returns the handle; on a mistake, one that is in no container.
            ///
            /// The mistake is logged once and counted in
            /// `dynamometer_registration_errors_total{reason}`.
            pub fn build(self) -> $handle {
                let name = self.declared.name;
                self.try_build().unwrap_or_else(|error| {
                    report(name, &error);
                    $handle::detached()
                })
            }

            /// Returns the handle, or why it can not be registered.
            ///
            /// Asking twice for the same series returns the same cells.
            ///
            /// # Errors
            ///
            /// Any [`ErrorKind`] but `Backend`; the bucket kinds for histograms only.
            pub fn try_build(self) -> Result<$handle, Error> {
                let $container = self.$container;
                match $container.register(&self.declared)? {
                    $cells => Ok($made),
                    _ => Err(wrong_cells(&self.declared)),
                }
            }
        }
    };
}

builder!(
    /// Declares a [`Counter`].
    CounterBuilder, Counter, Cells::Counter(cells) => Counter(cells), container
);
builder!(
    /// Declares a [`FloatCounter`].
    FloatCounterBuilder, FloatCounter, Cells::FloatCounter(cells) => FloatCounter(cells), container
);
builder!(
    /// Declares an [`UpDownCounter`].
    UpDownCounterBuilder, UpDownCounter, Cells::UpDownCounter(cells) => UpDownCounter(cells), container
);
builder!(
    /// Declares a [`Gauge`].
    GaugeBuilder, Gauge, Cells::Gauge(cells) => Gauge(cells), container
);
builder!(
    /// Declares a [`Histogram`]; without [`buckets`](Self::buckets) it has
    /// [`DEFAULT_BUCKETS`].
    HistogramBuilder, Histogram,
    Cells::Histogram(cells) => Histogram { cells, clock: container.clock().clone() }, container
);

impl<'a> HistogramBuilder<'a> {
    /// Sets the upper bounds: finite, increasing, without `+Inf`.
    pub fn buckets(mut self, buckets: &'a [f64]) -> Self {
        self.declared.buckets = buckets;
        self
    }
}

/// The registry hands out cells of the kind asked for, or a mismatch.
fn wrong_cells(declared: &Declared<'_>) -> Error {
    let message = format!("{:?} is not {}", declared.name, declared.instrument);
    Error::new(ErrorKind::KindMismatch, message)
}
