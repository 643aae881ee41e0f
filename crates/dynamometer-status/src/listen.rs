//! Finding a port to listen on.

use std::io::ErrorKind as IoErrorKind;
use std::net::{SocketAddr, TcpListener, ToSocketAddrs};

use crate::env;
use crate::error::{Error, ErrorKind};

/// The port where nobody names one.
const DEFAULT_PORT: u16 = 8081;

/// Ports tried from the default on, before any free one is taken.
const TRIED: u16 = 100;

/// Connections that may wait to be accepted. The standard library asks for 128: a
/// burst beyond it waits a second for its next try.
const BACKLOG: i32 = 4096;

/// Which port is wanted.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Port {
    /// This one; 0 is any free one.
    Named(u16),
    /// The usual one, or the next that is free.
    Default,
}

/// Listens on `host` at the port wanted.
pub(crate) fn listen(host: &str, port: Port) -> Result<TcpListener, Error> {
    match port {
        Port::Named(port) => bind(host, port),
        Port::Default => {
            let usual = (DEFAULT_PORT..DEFAULT_PORT + TRIED).chain([0]);
            let mut outcomes = usual.map(|port| bind(host, port));
            let is_final = |outcome: &Result<_, Error>| !matches!(outcome, Err(error) if error.kind() == ErrorKind::PortTaken);
            outcomes.find(is_final).unwrap_or_else(|| bind(host, 0))
        }
    }
}

fn bind(host: &str, port: u16) -> Result<TcpListener, Error> {
    let addresses = resolve(host, port)?;
    let bound = TcpListener::bind(&addresses[..]).and_then(|listener| {
        rustix::net::listen(&listener, BACKLOG)?;
        Ok(listener)
    });
    bound.map_err(|error| match error.kind() {
        IoErrorKind::AddrInUse => {
            let message = format!(
                "port {port} on {host} is taken; stop what listens there, \
                 or set {} to another port, or to 0 for any free one",
                env::PORT
            );
            Error::new(ErrorKind::PortTaken, message).with_source(error)
        }
        IoErrorKind::AddrNotAvailable => {
            let message = format!(
                "{host} is not an address of this machine, see {}",
                env::HOST
            );
            Error::new(ErrorKind::Host, message).with_source(error)
        }
        _ => {
            let message = format!("can not listen on {host} port {port}");
            Error::new(ErrorKind::System, message).with_source(error)
        }
    })
}

fn resolve(host: &str, port: u16) -> Result<Vec<SocketAddr>, Error> {
    let bare = host
        .strip_prefix('[')
        .and_then(|host| host.strip_suffix(']'))
        .unwrap_or(host);
    let unknown = || {
        Error::new(
            ErrorKind::Host,
            format!("host {host:?} can not be resolved"),
        )
    };
    let found = (bare, port)
        .to_socket_addrs()
        .map_err(|error| unknown().with_source(error))?;
    let found: Vec<_> = found.collect();
    if found.is_empty() {
        Err(unknown())
    } else {
        Ok(found)
    }
}
