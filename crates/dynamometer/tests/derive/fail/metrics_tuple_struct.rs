use dynamometer::{BaseComponentMetrics, Metrics};

#[derive(Metrics)]
struct Pair(BaseComponentMetrics, u64);

fn main() {}
