//! Pages of text, line by line and without allocation.

mod dialect;
mod escaped;
mod fault;
mod known;
mod labels;
mod line;
mod metadata;
mod number;
mod sample;
mod scanner;
mod shared;
mod token;

pub use dialect::Dialect;
pub use escaped::Escaped;
pub use known::{KnownSeries, Scraped};
pub use labels::{Label, LabelIter, Labels};
pub use line::{ExemplarText, Line, Point, Sample};
pub use number::Number;
pub(super) use number::read as read_number;
pub use scanner::Scanner;
