//! Types that a field of a struct of metrics may have.

use super::declaration::Declaration;
use super::needs::Needs;
use crate::builder::Builder;
use crate::container::Container;
use crate::error::Error;
use crate::handle::{
    Counter, ExponentialHistogram, FloatCounter, Gauge, Histogram, Info, StateSet, UpDownCounter,
};
use crate::traits::{MetricCounter, MetricGauge, MetricHistogram};

/// A metric that is made out of its declaration: the type says the kind.
///
/// A field of a struct with `#[derive(Metrics)]` is of such a type. Implemented
/// for the handles, for families of them, and for the boxed traits.
///
/// # For implementors
///
/// Called once for each time the struct is registered. The name, help, unit and
/// constant labels must be used; of the other fields of [`Declaration`] those
/// whose attribute the type [`Takes`](super::Takes). The rest have their
/// defaults. [`declare`](Self::declare) must not fail or panic: a type of one's
/// own is made of handles that do not either.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a metric that a struct can declare",
    label = "not a metric",
    note = "add `#[metric(nested)]` to the field where its type derives `Metrics` itself",
    note = "add `#[metric(skip)]` to a field that is not a metric; it is filled with its default"
)]
pub trait Declare: Sized {
    /// The attributes that a field of this type can not do without.
    ///
    /// A field that leaves one out does not compile. A declaration made by hand
    /// is not checked for them.
    const NEEDS: Needs = Needs::NOTHING;

    /// Makes the metric in `container`; on a mistake, one that is in none.
    ///
    /// The mistake is logged once and counted in
    /// `dynamometer_registration_errors_total{reason}`.
    fn declare(container: &Container, declaration: &Declaration<'_>) -> Self;

    /// Makes the metric in `container`, or returns why it can not be.
    ///
    /// Declaring the same series twice returns the same cells.
    ///
    /// # Errors
    ///
    /// As the builder of the kind; see [`ErrorKind`](crate::ErrorKind).
    fn try_declare(container: &Container, declaration: &Declaration<'_>) -> Result<Self, Error>;
}

/// Declares a handle through its builder.
macro_rules! declare {
    ($($handle:ident $(needs $needed:ident)?,)*) => {$(
        impl Declare for $handle {
            $(const NEEDS: Needs = Needs::NOTHING.$needed();)?

            fn declare(container: &Container, declaration: &Declaration<'_>) -> Self {
                Builder::of(container, declaration.into()).build()
            }

            fn try_declare(
                container: &Container,
                declaration: &Declaration<'_>,
            ) -> Result<Self, Error> {
                Builder::of(container, declaration.into()).try_build()
            }
        }
    )*};
}

declare! {
    Counter,
    FloatCounter,
    UpDownCounter,
    Gauge,
    Histogram,
    ExponentialHistogram,
    Info,
    StateSet needs states,
}

/// Declares a trait object as the handle behind it.
macro_rules! declare_boxed {
    ($metric:ident, $handle:ident) => {
        impl Declare for Box<dyn $metric> {
            fn declare(container: &Container, declaration: &Declaration<'_>) -> Self {
                Box::new($handle::declare(container, declaration))
            }

            fn try_declare(
                container: &Container,
                declaration: &Declaration<'_>,
            ) -> Result<Self, Error> {
                Ok(Box::new($handle::try_declare(container, declaration)?))
            }
        }
    };
}

declare_boxed!(MetricCounter, Counter);
declare_boxed!(MetricGauge, Gauge);

/// With exponential buckets where the declaration asks for them.
impl Declare for Box<dyn MetricHistogram> {
    fn declare(container: &Container, declaration: &Declaration<'_>) -> Self {
        if declaration.exponential {
            Box::new(ExponentialHistogram::declare(container, declaration))
        } else {
            Box::new(<Histogram>::declare(container, declaration))
        }
    }

    fn try_declare(container: &Container, declaration: &Declaration<'_>) -> Result<Self, Error> {
        Ok(if declaration.exponential {
            Box::new(ExponentialHistogram::try_declare(container, declaration)?)
        } else {
            Box::new(<Histogram>::try_declare(container, declaration)?)
        })
    }
}
