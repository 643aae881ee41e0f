//! The server's thread, and the handle to it.

use std::future::pending;
use std::io;
use std::net::{SocketAddr, TcpListener};
use std::os::fd::{AsRawFd, RawFd};
use std::rc::Rc;
use std::thread::{self, JoinHandle};
use std::time::Duration;

use tokio::runtime;
use tokio::sync::oneshot;
use tokio::task::LocalSet;
use tokio::time::timeout;

use crate::accept::accept;
use crate::config::Builder;
use crate::connection::Connections;
use crate::error::{Error, ErrorKind};
use crate::site::Site;

/// How long a thread that rendered a page stays. Short: its end is the only thing
/// that would wake an idle process.
const KEEP_ALIVE: Duration = Duration::from_millis(10);

/// A running status server.
///
/// Dropping the handle leaves the server running; [`shutdown`](Self::shutdown)
/// ends it.
#[derive(Debug)]
pub struct StatusServer {
    running: Option<Running>,
}

#[derive(Debug)]
struct Running {
    addr: SocketAddr,
    listener: RawFd,
    scheme: &'static str,
    stop: oneshot::Sender<()>,
    thread: JoinHandle<()>,
}

impl StatusServer {
    /// Starts to say what to serve, and where.
    pub fn builder() -> Builder {
        Builder::default()
    }

    /// The server of a program that does not want one.
    pub(crate) fn disabled() -> Self {
        Self { running: None }
    }

    pub(crate) fn over(listener: TcpListener, site: Site) -> Result<Self, Error> {
        let refused = |what: &'static str| {
            move |error| Error::new(ErrorKind::System, what).with_source(error)
        };
        let addr = listener
            .local_addr()
            .map_err(refused("the socket has no address"))?;
        listener
            .set_nonblocking(true)
            .map_err(refused("the socket can not be polled"))?;
        let event_loop = runtime::Builder::new_current_thread()
            .enable_all()
            .thread_keep_alive(KEEP_ALIVE)
            .build()
            .map_err(refused("the status server's event loop can not be made"))?;
        let descriptor = listener.as_raw_fd();
        let scheme = if site.guard().is_secure() {
            "https"
        } else {
            "http"
        };
        let (stop, stopped) = oneshot::channel();
        let serve = move || {
            let site = Rc::new(site);
            let served = run(listener, &site, stopped);
            if let Err(error) = LocalSet::new().block_on(&event_loop, served) {
                log::error!("status server on {addr} ended: {error}");
            }
            // A page that is still being rendered must not hold up the shutdown.
            event_loop.shutdown_background();
        };
        let thread = thread::Builder::new()
            .name("dyn-status".to_owned())
            .spawn(serve)
            .map_err(refused("the status server's thread can not be made"))?;
        log::info!("status server listens on {addr}");
        Ok(Self {
            running: Some(Running {
                addr,
                listener: descriptor,
                scheme,
                stop,
                thread,
            }),
        })
    }

    /// The address it listens on; `None` where it is switched off.
    pub fn addr(&self) -> Option<SocketAddr> {
        self.running.as_ref().map(|running| running.addr)
    }

    /// The URL of `path`, as this machine can call it; `None` where it is
    /// switched off.
    ///
    /// A server that listens on all addresses is called by the loopback one.
    pub fn url(&self, path: &str) -> Option<String> {
        let Running {
            scheme, mut addr, ..
        } = *self.running.as_ref()?;
        if addr.ip().is_unspecified() {
            addr.set_ip(match addr {
                SocketAddr::V4(_) => std::net::Ipv4Addr::LOCALHOST.into(),
                SocketAddr::V6(_) => std::net::Ipv6Addr::LOCALHOST.into(),
            });
        }
        Some(format!("{scheme}://{addr}{path}"))
    }

    /// The descriptor of the socket it listens on; `None` where it is switched off.
    ///
    /// A child of a fork has it too, but not the thread that serves: closed there,
    /// it does not keep the port when this process has ended.
    pub fn listener(&self) -> Option<RawFd> {
        self.running.as_ref().map(|running| running.listener)
    }

    /// Stops listening, closes what is idle, waits for requests in flight for as
    /// long as [`Limits::shutdown`](crate::Limits::shutdown) says, and ends the server's thread.
    pub fn shutdown(self) {
        if let Some(Running { stop, thread, .. }) = self.running {
            let _ = stop.send(());
            let _ = thread.join();
        }
    }
}

async fn run(
    listener: TcpListener,
    site: &Rc<Site>,
    stopped: oneshot::Receiver<()>,
) -> io::Result<()> {
    let listener = tokio::net::TcpListener::from_std(listener)?;
    let connections = Rc::new(Connections::new(site.limits().connections));
    tokio::select! {
        () = accept(&listener, site, &connections) => {}
        () = told(stopped) => {}
    }
    drop(listener);
    // Whoever is not done after the grace period is cut off with the event loop.
    let _ = timeout(site.limits().shutdown, connections.finish()).await;
    Ok(())
}

/// Waits to be told to stop; for ever where the handle is dropped.
async fn told(stopped: oneshot::Receiver<()>) {
    if stopped.await.is_err() {
        pending::<()>().await;
    }
}
