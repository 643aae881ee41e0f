//! One connection: its phases and timers, and all of them together.

mod body;
mod http;
mod progress;
mod refusal;
mod stream;
mod table;

pub(crate) use body::{Answer, Unread, forget};
pub(crate) use http::serve;
pub(crate) use progress::{Phase, Progress};
pub(crate) use refusal::refuse;
pub(crate) use stream::BoxStream;
pub(crate) use table::Connections;
