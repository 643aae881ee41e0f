//! The answer to a scrape.

use std::sync::Arc;

use dynamometer::Format;
use hyper::body::Bytes;
use hyper::header::{ACCEPT, ACCEPT_ENCODING, HeaderMap, HeaderName};
use hyper::http::request::Parts;
use hyper::{Response, StatusCode};
use tokio::sync::{Semaphore, oneshot};
use tokio::task::spawn_blocking;

use crate::answer::plain;
use crate::content::Content;
use crate::names::Names;
use crate::negotiation::{Representation, accepts_gzip};
use crate::press::Press;
use crate::query::Query;

/// Pages made at once: each takes a core, and its memory.
const AT_ONCE: usize = 2;

/// Makes pages, off the event loop: a large one must not hold up other clients.
#[derive(Debug)]
pub(crate) struct Metrics {
    press: Arc<Press>,
    turns: Arc<Semaphore>,
}

/// What a request asks for.
#[derive(Debug)]
pub(crate) struct Order {
    pub(crate) representation: Representation,
    pub(crate) names: Names,
    /// Whether the client takes gzip.
    pub(crate) is_compressed: bool,
}

impl Metrics {
    pub(crate) fn new(press: Press) -> Self {
        Self {
            press: Arc::new(press),
            turns: Arc::new(Semaphore::new(AT_ONCE)),
        }
    }

    pub(crate) async fn answer(&self, request: &Parts) -> Response<Content> {
        let order = match Order::read(request) {
            Ok(order) => order,
            Err(format) => return unknown_format(&format).map(Content::from),
        };
        let turn = Arc::clone(&self.turns).acquire_owned().await;
        let press = Arc::clone(&self.press);
        let (answer, answered) = oneshot::channel();
        let made = spawn_blocking(move || {
            let _turn = turn;
            press.make(&order, answer);
        });
        if let Ok(answer) = answered.await {
            return answer;
        }
        if let Err(error) = made.await {
            log::error!("/metrics: {error}");
        }
        unmade().map(Content::from)
    }
}

impl Order {
    fn read(request: &Parts) -> Result<Self, String> {
        let headers = &request.headers;
        Self::of(
            request.uri.query().unwrap_or_default(),
            values(headers, &ACCEPT),
            values(headers, &ACCEPT_ENCODING),
        )
    }

    /// Reads a query, and the values of `Accept` and `Accept-Encoding`.
    ///
    /// # Errors
    ///
    /// The name of a format that does not exist.
    pub(crate) fn of<'a>(
        query: &str,
        accept: impl Iterator<Item = &'a str>,
        encodings: impl Iterator<Item = &'a str>,
    ) -> Result<Self, String> {
        let query = Query::read(query)?;
        let negotiated = || Representation::negotiate(accept);
        Ok(Self {
            representation: query.format.unwrap_or_else(negotiated),
            names: query.names,
            is_compressed: accepts_gzip(encodings),
        })
    }
}

/// The values of a header that are text.
fn values<'a>(headers: &'a HeaderMap, name: &HeaderName) -> impl Iterator<Item = &'a str> {
    let values = headers.get_all(name).into_iter();
    values.filter_map(|value| value.to_str().ok())
}

pub(crate) fn unknown_format(name: &str) -> Response<Bytes> {
    let names = Format::ALL.map(Format::as_str).join(", ");
    let text = format!("there is no format {name:?}; formats are {names}\n");
    plain(StatusCode::BAD_REQUEST, text)
}

/// What is answered where nothing of a page could be made.
pub(crate) fn unmade() -> Response<Bytes> {
    let text = "the page can not be made; the log of this process says more\n";
    plain(StatusCode::INTERNAL_SERVER_ERROR, text)
}
