//! The library may be reached through another crate.

mod facade {
    pub use ::dynamometer as metrics;
}

mod component {
    use crate::facade::metrics::{Counter, Labels, Metrics};

    #[derive(Metrics)]
    #[metrics(crate = "crate::facade::metrics")]
    pub struct WorkerMetrics {
        pub requests: Counter,
    }

    #[derive(Labels)]
    #[label(crate = "crate::facade::metrics")]
    pub struct Key {
        pub kind: Kind,
    }

    #[derive(Labels)]
    #[label(rename_all = "UPPERCASE", crate = "crate::facade::metrics")]
    pub enum Kind {
        One,
    }
}

use facade::metrics::{Container, Labels, Metrics};

fn main() {
    let container = Container::new("app");
    component::WorkerMetrics::register(&container).requests.inc();
    let key = component::Key {
        kind: component::Kind::One,
    };
    assert_eq!(key.with_values(|values| values.join("")), "ONE");
}
