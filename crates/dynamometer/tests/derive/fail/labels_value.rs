//! Mistakes in a label value, all told at once.

use dynamometer::Labels;

#[derive(Labels)]
#[label(rename_all = "Title Case", rename_all = "snake_case")]
enum Status {
    Ok,
    #[label(name = "ok")]
    Fine,
    NotFound,
    Not_Found,
    Code(u16),
    Named { code: u16 },
    #[label(rename_all = "snake_case")]
    #[label(name = 5)]
    Other,
}

fn main() {}
