//! A label whose type has no text.

use dynamometer::Labels;

#[derive(Labels)]
struct Key {
    model: &'static str,
    temperature: f64,
}

fn main() {}
