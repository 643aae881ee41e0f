//! Mistakes in a key, all told at once.

use dynamometer::Labels;

#[derive(Labels)]
#[label(rename_all = "UPPERCASE", prefix = "x")]
struct Key {
    #[label(rename = "type")]
    kind: u8,
    #[label(name = "a-b")]
    dashed: u8,
    #[label(name = "__name__")]
    meta: u8,
    le: u8,
    größe: u8,
    #[label(name = "kind")]
    other: u8,
    #[label(name)]
    nameless: u8,
}

fn main() {}
