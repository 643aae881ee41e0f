//! The server's thread, and the handle to it.

use std::io;
use std::net::{SocketAddr, TcpListener};
use std::sync::Arc;
use std::thread::{self, JoinHandle};
use std::time::Duration;

use tokio::runtime;
use tokio::sync::oneshot;

use crate::config::Builder;
use crate::error::{Error, ErrorKind};
use crate::page::Page;
use crate::routes::router;

/// How long a shutdown waits for requests in flight.
const GRACE: Duration = Duration::from_secs(5);

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

    pub(crate) fn over(listener: TcpListener, page: Page) -> Result<Self, Error> {
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
        let (stop, stopped) = oneshot::channel();
        let serve = move || {
            if let Err(error) = event_loop.block_on(run(listener, page, stopped)) {
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
            running: Some(Running { addr, stop, thread }),
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
        let mut addr = self.addr()?;
        if addr.ip().is_unspecified() {
            addr.set_ip(match addr {
                SocketAddr::V4(_) => std::net::Ipv4Addr::LOCALHOST.into(),
                SocketAddr::V6(_) => std::net::Ipv6Addr::LOCALHOST.into(),
            });
        }
        Some(format!("http://{addr}{path}"))
    }

    /// Stops listening, waits up to 5 s for requests in flight, and ends the
    /// server's thread.
    pub fn shutdown(self) {
        if let Some(Running { stop, thread, .. }) = self.running {
            let _ = stop.send(());
            let _ = thread.join();
        }
    }
}

async fn run(listener: TcpListener, page: Page, stopped: oneshot::Receiver<()>) -> io::Result<()> {
    let listener = tokio::net::TcpListener::from_std(listener)?;
    let (finish, finished) = oneshot::channel();
    let server = axum::serve(listener, router(Arc::new(page)));
    let server = tokio::spawn(
        server
            .with_graceful_shutdown(async { finished.await.unwrap_or_default() })
            .into_future(),
    );
    if stopped.await.is_err() {
        // The handle was dropped: serve for as long as the process lives.
        return server.await?;
    }
    let _ = finish.send(());
    // Whoever is not done after the grace period is cut off with the event loop.
    let _ = tokio::time::timeout(GRACE, server).await;
    Ok(())
}
