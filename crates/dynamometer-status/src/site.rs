//! Paths and their answers.

use std::rc::Rc;
use std::sync::Arc;

use dynamometer::text;
use hyper::body::{Body, Bytes};
use hyper::header::{ALLOW, CONTENT_TYPE, HeaderValue};
use hyper::{Method, Request, Response, StatusCode};

use crate::connection::{Answer, Progress, Unread, forget};
use crate::limits::Limits;
use crate::page::Page;

/// The content type of everything that is not metrics.
const PLAIN: HeaderValue = HeaderValue::from_static("text/plain; charset=utf-8");

/// What `/` says, and what a wrong path is told.
const INDEX: &str = "/metrics  all metrics of this process, Prometheus text\n";

/// What the server shows.
#[derive(Debug)]
pub(crate) struct Site {
    page: Arc<Page>,
    limits: Limits,
}

impl Site {
    pub(crate) fn new(page: Page, limits: Limits) -> Self {
        Self {
            page: Arc::new(page),
            limits,
        }
    }

    pub(crate) fn limits(&self) -> &Limits {
        &self.limits
    }

    /// Reads a request to its end and answers it.
    pub(crate) async fn answer<B: Body<Data = Bytes> + Unpin>(
        &self,
        request: Request<B>,
        progress: &Rc<Progress>,
    ) -> Response<Answer> {
        let (request, body) = request.into_parts();
        let read = forget(body, self.limits.body_bytes).await;
        progress.has_request();
        let answer = match read {
            Ok(()) => self.find(&request.method, &request.uri).await,
            Err(Unread::TooLong) => plain(
                StatusCode::PAYLOAD_TOO_LARGE,
                format!(
                    "a request needs no body; this one is longer than {} bytes\n",
                    self.limits.body_bytes
                ),
            ),
            Err(Unread::Broken) => plain(
                StatusCode::BAD_REQUEST,
                "the request's body can not be read\n",
            ),
        };
        answer.map(|bytes| Answer::new(bytes, Rc::clone(progress)))
    }

    async fn find(&self, method: &Method, uri: &hyper::Uri) -> Response<Bytes> {
        let length = uri.path_and_query().map_or(0, |both| both.as_str().len());
        if length > self.limits.uri_bytes {
            return plain(
                StatusCode::URI_TOO_LONG,
                format!("the path is longer than {} bytes\n", self.limits.uri_bytes),
            );
        }
        let path = uri.path();
        let is_read = matches!(*method, Method::GET | Method::HEAD);
        match path {
            "/" | "/metrics" if !is_read => not_allowed(method, path),
            "/" => plain(StatusCode::OK, INDEX),
            "/metrics" => self.metrics().await,
            _ => plain(
                StatusCode::NOT_FOUND,
                format!("no such path: {path}\n\n{INDEX}"),
            ),
        }
    }

    async fn metrics(&self) -> Response<Bytes> {
        let page = Arc::clone(&self.page);
        // Off the event loop: a large page must not hold up the other paths.
        let text = tokio::task::spawn_blocking(move || page.text()).await;
        match text {
            Ok(text) => {
                let mut answer = Response::new(Bytes::from(text));
                let content_type = HeaderValue::from_static(text::CONTENT_TYPE);
                answer.headers_mut().insert(CONTENT_TYPE, content_type);
                answer
            }
            Err(error) => {
                log::error!("/metrics: {error}");
                plain(StatusCode::INTERNAL_SERVER_ERROR, format!("{error}\n"))
            }
        }
    }
}

fn not_allowed(method: &Method, path: &str) -> Response<Bytes> {
    let text = format!("{path} can be read with GET or HEAD, not with {method}\n");
    let mut answer = plain(StatusCode::METHOD_NOT_ALLOWED, text);
    let allowed = HeaderValue::from_static("GET, HEAD");
    answer.headers_mut().insert(ALLOW, allowed);
    answer
}

fn plain(status: StatusCode, text: impl Into<String>) -> Response<Bytes> {
    let mut answer = Response::new(Bytes::from(text.into()));
    *answer.status_mut() = status;
    answer.headers_mut().insert(CONTENT_TYPE, PLAIN);
    answer
}
