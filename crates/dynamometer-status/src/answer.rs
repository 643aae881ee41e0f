//! Answers in plain text, for people.

use hyper::body::Bytes;
use hyper::header::{CONTENT_TYPE, HeaderValue};
use hyper::{Response, StatusCode};

/// An answer that says something in a line or a few.
pub(crate) fn plain(status: StatusCode, text: impl Into<String>) -> Response<Bytes> {
    let mut answer = Response::new(Bytes::from(text.into()));
    *answer.status_mut() = status;
    let content_type = HeaderValue::from_static("text/plain; charset=utf-8");
    answer.headers_mut().insert(CONTENT_TYPE, content_type);
    answer
}
