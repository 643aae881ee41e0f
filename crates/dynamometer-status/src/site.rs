//! Paths and their answers.

use std::rc::Rc;

use hyper::body::{Body, Bytes};
use hyper::header::{ALLOW, CACHE_CONTROL, HeaderValue};
use hyper::http::request::Parts;
use hyper::{Method, Request, Response, StatusCode};

use crate::answer::plain;
use crate::connection::{Answer, Progress, Unread, forget};
use crate::content::Content;
use crate::limits::Limits;
use crate::metrics::Metrics;
use crate::web_config::Guard;

/// What `/` says, and what a wrong path is told.
const INDEX: &str = "\
/metrics                 all metrics of this process
/metrics?name[]=x        only those called x; may be repeated
/metrics?format=json     as text, openmetrics, protobuf or json; else as `Accept` says
";

/// What the server shows.
#[derive(Debug)]
pub(crate) struct Site {
    metrics: Metrics,
    guard: Guard,
    limits: Limits,
}

impl Site {
    pub(crate) fn new(metrics: Metrics, guard: Guard, limits: Limits) -> Self {
        Self {
            metrics,
            guard,
            limits,
        }
    }

    pub(crate) fn guard(&self) -> &Guard {
        &self.guard
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
        let mut answer = match read {
            Ok(()) => match self.guard.admit(&request).await {
                Ok(()) => self.find(&request).await,
                Err(refusal) => refusal.map(Content::from),
            },
            Err(unread) => self.refuse(unread).map(Content::from),
        };
        let headers = answer.headers_mut();
        headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
        self.guard.add_headers(headers);
        answer.map(|content| Answer::new(content, Rc::clone(progress)))
    }

    async fn find(&self, request: &Parts) -> Response<Content> {
        let (uri, longest) = (&request.uri, self.limits.uri_bytes);
        let length = uri.path_and_query().map_or(0, |both| both.as_str().len());
        if length > longest {
            let text = format!("the path is longer than {longest} bytes\n");
            return plain(StatusCode::URI_TOO_LONG, text).map(Content::from);
        }
        let is_read = matches!(request.method, Method::GET | Method::HEAD);
        let answer = match uri.path() {
            "/" | "/metrics" if !is_read => not_allowed(request),
            "/" => plain(StatusCode::OK, INDEX),
            "/metrics" => return self.metrics.answer(request).await,
            path => {
                let text = format!("no such path: {path}\n\n{INDEX}");
                plain(StatusCode::NOT_FOUND, text)
            }
        };
        answer.map(Content::from)
    }

    fn refuse(&self, unread: Unread) -> Response<Bytes> {
        match unread {
            Unread::TooLong => {
                let most = self.limits.body_bytes;
                let text = format!("no body is needed, and one above {most} bytes not read\n");
                plain(StatusCode::PAYLOAD_TOO_LARGE, text)
            }
            Unread::Broken => plain(StatusCode::BAD_REQUEST, "the body can not be read\n"),
        }
    }
}

fn not_allowed(request: &Parts) -> Response<Bytes> {
    let (method, path) = (&request.method, request.uri.path());
    let text = format!("{path} can be read with GET or HEAD, not with {method}\n");
    let mut answer = plain(StatusCode::METHOD_NOT_ALLOWED, text);
    let allowed = HeaderValue::from_static("GET, HEAD");
    answer.headers_mut().insert(ALLOW, allowed);
    answer
}
