//! Every environment variable this crate reads.

use std::env::VarError;
use std::str::FromStr;

use crate::error::{Error, ErrorKind};

/// Whether to serve at all: `true`, `1`, `yes`, `on`, or their opposites.
/// Default: yes.
pub const ENABLED: &str = "DYN_SYSTEM_ENABLED";

/// The host or address to listen on. Default: `0.0.0.0`, all of IPv4.
pub const HOST: &str = "DYN_SYSTEM_HOST";

/// The port to listen on, 0 for any free one. Default: 8081, or the next free.
pub const PORT: &str = "DYN_SYSTEM_PORT";

/// Whether pages are compressed for those who accept gzip, as [`ENABLED`] is
/// written. Default: yes; see [`Builder::compression`](crate::Builder::compression).
pub const COMPRESSION: &str = "DYN_SYSTEM_COMPRESSION";

/// Whether `OpenMetrics` pages say when each series began, as [`ENABLED`] is
/// written. Default: no; see [`Builder::created`](crate::Builder::created).
pub const CREATED: &str = "DYN_SYSTEM_CREATED";

/// The web config: a file that says who may come in. Default: none; see
/// [`Builder::web_config`](crate::Builder::web_config).
pub const WEB_CONFIG: &str = "DYN_SYSTEM_WEB_CONFIG";

/// Connections open at once. Default: 512; see
/// [`Limits::connections`](crate::Limits::connections).
pub const MAX_CONNECTIONS: &str = "DYN_SYSTEM_MAX_CONNECTIONS";

/// Seconds that a connection may be idle. Default: 120; see
/// [`Limits::idle`](crate::Limits::idle).
pub const IDLE_TIMEOUT: &str = "DYN_SYSTEM_IDLE_TIMEOUT";

/// Seconds that a request may take to come. Default: 10; see
/// [`Limits::request`](crate::Limits::request).
pub const REQUEST_TIMEOUT: &str = "DYN_SYSTEM_REQUEST_TIMEOUT";

/// Seconds that an answer may take to be made and read. Default: 60; see
/// [`Limits::response`](crate::Limits::response).
pub const RESPONSE_TIMEOUT: &str = "DYN_SYSTEM_RESPONSE_TIMEOUT";

/// Reads a switch; `None` where it is not set.
pub(crate) fn switch(name: &str) -> Result<Option<bool>, Error> {
    let Some(value) = read(name)? else {
        return Ok(None);
    };
    match value.to_ascii_lowercase().as_str() {
        "true" | "1" | "yes" | "on" => Ok(Some(true)),
        "false" | "0" | "no" | "off" => Ok(Some(false)),
        _ => Err(wrong(name, &value, "true or false")),
    }
}

/// Reads a value; `None` where it is not set.
pub(crate) fn value<T: FromStr>(name: &str, expected: &str) -> Result<Option<T>, Error> {
    let Some(value) = read(name)? else {
        return Ok(None);
    };
    value
        .parse()
        .map(Some)
        .map_err(|_| wrong(name, &value, expected))
}

fn wrong(name: &str, value: &str, expected: &str) -> Error {
    Error::new(
        ErrorKind::Config,
        format!("{name} is {value:?}, expected {expected}"),
    )
}

#[expect(
    clippy::disallowed_methods,
    reason = "this is where the environment is read"
)]
fn read(name: &str) -> Result<Option<String>, Error> {
    match std::env::var(name) {
        Ok(value) if value.trim().is_empty() => Ok(None),
        Ok(value) => Ok(Some(value.trim().to_owned())),
        Err(VarError::NotPresent) => Ok(None),
        Err(VarError::NotUnicode(value)) => Err(Error::new(
            ErrorKind::Config,
            format!("{name} is not UTF-8: {}", value.display()),
        )),
    }
}
