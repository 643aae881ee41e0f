use dynamometer::{BaseComponentMetrics, Counter, Metrics};

#[derive(Metrics)]
struct WorkerMetrics {
    requests: Counter,
    // The field is found by its name.
    the_base: BaseComponentMetrics,
}

fn main() {}
