//! The page for whoever has a server already.

use std::fmt;
use std::sync::Arc;

use hyper::Response;
use hyper::body::Bytes;
use tokio::sync::oneshot;

use crate::content::Content;
use crate::metrics::{Order, unknown_format, unmade};
use crate::press::Press;

/// Answers scrapes for a server that is not ours, as [`StatusServer`] does.
///
/// Made by [`Builder::handler`]. It bounds nothing: limits, users and TLS are the
/// other server's.
///
/// ```
/// use dynamometer_status::{Scrape, StatusServer};
///
/// let container = dynamometer::PrometheusContainer::new("app");
/// container.counter("requests_total").build().inc();
/// let handler = StatusServer::builder().container(container).handler()?;
/// let answer = handler.answer(&Scrape { accept: "application/json", ..Scrape::default() });
/// assert_eq!(answer.status(), 200);
/// assert!(answer.headers().any(|header| header == ("content-type", "application/json")));
/// # Ok::<(), dynamometer_status::Error>(())
/// ```
///
/// [`StatusServer`]: crate::StatusServer
/// [`Builder::handler`]: crate::Builder::handler
#[derive(Clone, Debug)]
pub struct Handler {
    press: Arc<Press>,
}

/// What a request says of the page that it wants.
#[derive(Clone, Copy, Debug, Default)]
pub struct Scrape<'a> {
    /// The part of the URL after `?`: `format=` and `name[]=` count.
    pub query: &'a str,
    /// The value of `Accept`; several are joined by commas.
    pub accept: &'a str,
    /// The value of `Accept-Encoding`; several are joined by commas.
    pub accept_encoding: &'a str,
}

/// A page, and what to send with it.
pub struct Answer(Response<Bytes>);

impl Handler {
    pub(crate) fn new(press: Arc<Press>) -> Self {
        Self { press }
    }

    /// Makes the page, on the thread that calls.
    ///
    /// # Cost
    ///
    /// About 50 ns a series, and 1.5 ms a megabyte where the page is compressed;
    /// sources of metrics take what they take, up to their timeouts.
    pub fn answer(&self, scrape: &Scrape<'_>) -> Answer {
        let accept = std::iter::once(scrape.accept);
        let encodings = std::iter::once(scrape.accept_encoding);
        Answer(match Order::of(scrape.query, accept, encodings) {
            Ok(order) => self.make(&order),
            Err(format) => unknown_format(&format),
        })
    }

    fn make(&self, order: &Order) -> Response<Bytes> {
        let (answer, mut answered) = oneshot::channel();
        self.press.make(order, answer);
        let made = answered.try_recv().map(|made| made.map(Content::gather));
        made.unwrap_or_else(|_| unmade())
    }
}

impl Answer {
    /// The status: 200, or 400 where the query names a format that does not exist.
    pub fn status(&self) -> u16 {
        self.0.status().as_u16()
    }

    /// The headers' names, in lower case, and values.
    pub fn headers(&self) -> impl Iterator<Item = (&str, &str)> {
        let headers = self.0.headers().iter();
        headers.filter_map(|(name, value)| Some((name.as_str(), value.to_str().ok()?)))
    }

    /// The page.
    pub fn body(&self) -> &[u8] {
        self.0.body()
    }
}

impl fmt::Debug for Answer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Answer")
            .field("status", &self.status())
            .field("bytes", &self.body().len())
            .finish_non_exhaustive()
    }
}
