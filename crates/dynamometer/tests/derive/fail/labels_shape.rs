//! What is neither a key nor a label value.

use dynamometer::Labels;

#[derive(Labels)]
struct Tuple(u8, u8);

#[derive(Labels)]
enum Empty {}

#[derive(Labels)]
union Either {
    a: u8,
    b: i8,
}

fn main() {}
