//! What stands in for the web config where it is not built in: no guard at all.

use std::path::PathBuf;

use hyper::Response;
use hyper::body::Bytes;
use hyper::header::HeaderMap;
use hyper::http::request::Parts;
use tokio::net::TcpStream;

use crate::connection::BoxStream;
use crate::env;
use crate::error::{Error, ErrorKind};

/// Lets everybody in.
#[derive(Debug)]
pub(crate) struct Guard;

impl Guard {
    pub(crate) fn open(path: Option<PathBuf>) -> Result<Self, Error> {
        let Some(path) = path else {
            return Ok(Self);
        };
        let message = format!(
            "the web config {} can not be used: this program was built without the feature \
             `tls` of dynamometer-status; build it with the feature, or unset {}",
            path.display(),
            env::WEB_CONFIG
        );
        Err(Error::new(ErrorKind::Config, message))
    }

    #[expect(clippy::unused_self, reason = "as where the web config is built in")]
    pub(crate) fn is_secure(&self) -> bool {
        false
    }

    #[expect(clippy::unused_async, reason = "as where the web config is built in")]
    pub(crate) async fn receive(&self, stream: TcpStream) -> std::io::Result<BoxStream> {
        Ok(Box::new(stream))
    }

    #[expect(clippy::unused_async, reason = "as where the web config is built in")]
    pub(crate) async fn admit(&self, _request: &Parts) -> Result<(), Response<Bytes>> {
        Ok(())
    }

    #[expect(clippy::unused_self, reason = "as where the web config is built in")]
    pub(crate) fn add_headers(&self, _headers: &mut HeaderMap) {}
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_web_config_that_can_not_be_heeded_is_refused() {
        assert!(Guard::open(None).is_ok());
        let error = Guard::open(Some("web.yml".into())).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Config);
        let message = error.to_string();
        assert!(
            message.contains("web.yml") && message.contains("`tls`"),
            "{message}"
        );
    }
}
