use dynamometer::Metrics;

#[derive(Metrics)]
struct Nothing;

fn main() {}
