use dynamometer::Metrics;

#[derive(Metrics)]
enum Choice {
    One,
    Other,
}

fn main() {}
