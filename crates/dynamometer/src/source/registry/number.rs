//! The number of a counter or gauge of `prometheus`, in both of its models.

use prometheus::proto;

/// Reads a number.
///
/// The plain model calls it `get_value`, the generated one, under the feature
/// `protobuf` that anybody in the build may switch on, `value`. What the model in
/// use has is an inherent method and goes before this trait's: each of the two
/// below calls the one that is there, on its own or by the other.
#[allow(
    dead_code,
    reason = "which one is called from inside depends on the model in use"
)]
pub(super) trait Number {
    fn value(&self) -> f64;
    fn get_value(&self) -> f64;
}

impl Number for proto::Counter {
    fn value(&self) -> f64 {
        self.get_value()
    }

    fn get_value(&self) -> f64 {
        self.value()
    }
}

impl Number for proto::Gauge {
    fn value(&self) -> f64 {
        self.get_value()
    }

    fn get_value(&self) -> f64 {
        self.value()
    }
}
