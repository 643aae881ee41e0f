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
use crate::page::Page;
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

/// What makes a page.
#[derive(Debug)]
pub(crate) struct Press {
    page: Page,
    may_compress: bool,
    pages: Arc<Buffers>,
    compressed: Arc<Buffers>,
}

/// What a request asks for.
#[derive(Debug)]
pub(crate) struct Order {
    representation: Representation,
    names: Names,
    is_compressed: bool,
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
        let text = "the page can not be made; the log of this process says more\n";
        plain(StatusCode::INTERNAL_SERVER_ERROR, text).map(Content::from)
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

impl Press {
    pub(crate) fn new(page: Page, may_compress: bool) -> Self {
        Self {
            page,
            may_compress,
            pages: Arc::default(),
            compressed: Arc::default(),
        }
    }

    pub(crate) fn make(&self, order: &Order) -> Response<Bytes> {
        let mut page = self.pages.take();
        page.fill(|buffer| {
            self.page
                .render(order.representation.format(), &order.names, buffer)
        });
        let is_worth_it = self.may_compress && page.as_ref().len() >= WORTH_COMPRESSING;
        let is_compressed = is_worth_it && order.is_compressed;
        let body = if is_compressed {
            self.compress(&page)
        } else {
            page
        };
        let mut answer = Response::new(Bytes::from_owner(body));
        let headers = answer.headers_mut();
        let content_type = HeaderValue::from_static(order.representation.content_type());
        headers.insert(CONTENT_TYPE, content_type);
        headers.insert(VARY, HeaderValue::from_static("accept, accept-encoding"));
        if is_compressed {
            headers.insert(CONTENT_ENCODING, HeaderValue::from_static("gzip"));
        }
        answer
    }

    fn compress(&self, page: &Buffer) -> Buffer {
        let mut compressed = self.compressed.take();
        compressed.fill(|mut buffer| {
            buffer.clear();
            let mut encoder = GzEncoder::new(buffer, LEVEL);
            let written = encoder.write_all(page.as_ref());
            let finished = written.and_then(|()| encoder.finish());
            finished.expect("writing to memory does not fail")
        });
        compressed
    }
}

pub(crate) fn unknown_format(name: &str) -> Response<Bytes> {
    let names = Format::ALL.map(Format::as_str).join(", ");
    let text = format!("there is no format {name:?}; formats are {names}\n");
    plain(StatusCode::BAD_REQUEST, text)
}
