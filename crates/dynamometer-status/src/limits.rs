//! How much a client may ask for, and for how long.

use std::num::NonZeroUsize;
use std::time::Duration;

use crate::env;
use crate::error::{Error, ErrorKind};

/// What the server bears with from its clients.
///
/// ```
/// use std::time::Duration;
/// use dynamometer_status::{Limits, StatusServer};
///
/// let mut limits = Limits::default();
/// limits.idle = Duration::from_secs(30);
/// let builder = StatusServer::builder().limits(limits);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Limits {
    /// Connections open at once, at least 1; TLS handshakes count. Default: 512.
    ///
    /// At the limit, the connection that has waited longest for a request, or for
    /// the rest of one, is closed in favour of the new one. Where all are being
    /// answered, the new one is told 503.
    pub connections: usize,
    /// Longest time without a byte between two requests. Default: 120 s.
    pub idle: Duration,
    /// Longest time from the first byte of a request to its last, and for a TLS
    /// handshake. Default: 10 s.
    pub request: Duration,
    /// Longest time from the end of a request until its answer is sent.
    /// Default: 60 s.
    pub response: Duration,
    /// How long a shutdown waits for requests in flight. Default: 5 s.
    pub shutdown: Duration,
    /// Bytes of a request's head, above which it is told 431. Default: 16 KiB.
    pub head_bytes: usize,
    /// Headers of a request, above which it is told 431. Default: 64.
    pub headers: usize,
    /// Bytes of a path with its query, above which it is told 414.
    /// Default: 8 KiB.
    pub uri_bytes: usize,
    /// Bytes of a request's body, above which it is told 413; a body within the
    /// limit is read and ignored. Default: 64 KiB.
    pub body_bytes: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            connections: 512,
            idle: Duration::from_mins(2),
            request: Duration::from_secs(10),
            response: Duration::from_mins(1),
            shutdown: Duration::from_secs(5),
            head_bytes: 16 << 10,
            headers: 64,
            uri_bytes: 8 << 10,
            body_bytes: 64 << 10,
        }
    }
}

impl Limits {
    /// The defaults, but for what the environment says.
    pub(crate) fn from_env() -> Result<Self, Error> {
        let seconds = |name, default| {
            let seconds = env::value::<Seconds>(name, "a number of seconds above 0")?;
            Ok(seconds.map_or(default, |Seconds(duration)| duration))
        };
        let default = Self::default();
        let expected = "a number of connections above 0";
        let connections = env::value::<NonZeroUsize>(env::MAX_CONNECTIONS, expected)?;
        Self {
            connections: connections.map_or(default.connections, NonZeroUsize::get),
            idle: seconds(env::IDLE_TIMEOUT, default.idle)?,
            request: seconds(env::REQUEST_TIMEOUT, default.request)?,
            response: seconds(env::RESPONSE_TIMEOUT, default.response)?,
            ..default
        }
        .checked()
    }

    /// The limits, where a server can work within them.
    pub(crate) fn checked(self) -> Result<Self, Error> {
        let numbers = [
            ("connections", self.connections),
            ("head_bytes", self.head_bytes),
            ("headers", self.headers),
            ("uri_bytes", self.uri_bytes),
        ];
        let times = [
            ("idle", self.idle),
            ("request", self.request),
            ("response", self.response),
        ];
        let no_number = numbers.into_iter().find(|(_, number)| *number == 0);
        let no_time = times.into_iter().find(|(_, time)| time.is_zero());
        match no_number
            .map(|(name, _)| name)
            .or(no_time.map(|(name, _)| name))
        {
            Some(name) => Err(Error::new(
                ErrorKind::Config,
                format!("the limit `{name}` is 0, expected more"),
            )),
            None => Ok(self),
        }
    }
}

/// A duration as the environment has it: seconds, with a fraction or without.
struct Seconds(Duration);

impl std::str::FromStr for Seconds {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let seconds: f64 = text.parse().map_err(|_| ())?;
        match Duration::try_from_secs_f64(seconds) {
            Ok(duration) if !duration.is_zero() => Ok(Self(duration)),
            _ => Err(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn seconds_are_read_with_and_without_a_fraction() {
        let read = |text: &str| text.parse().ok().map(|Seconds(duration)| duration);
        assert_eq!(read("90"), Some(Duration::from_secs(90)));
        assert_eq!(read("0.25"), Some(Duration::from_millis(250)));
        for wrong in ["0", "-1", "1e300", "nan", "inf", "10s", ""] {
            assert_eq!(read(wrong), None, "{wrong}");
        }
    }
}
