//! What to serve, and where.

use std::fmt;
use std::path::PathBuf;
use std::sync::Arc;

use dynamometer::MetricContainer;
use dynamometer::openmetrics::Created;

use crate::env;
use crate::error::Error;
use crate::handler::Handler;
use crate::limits::Limits;
use crate::listen::{Port, listen};
use crate::metrics::Metrics;
use crate::page::Page;
use crate::press::Press;
use crate::server::StatusServer;
use crate::site::Site;
use crate::web_config::Guard;

/// The host where nothing says otherwise: all of IPv4.
const DEFAULT_HOST: &str = "0.0.0.0";

/// Settings of a [`StatusServer`].
///
/// What is set here goes before the environment, and that before the defaults.
#[derive(Default)]
#[must_use = "nothing is served before `start`"]
pub struct Builder {
    containers: Vec<Arc<dyn MetricContainer>>,
    enabled: Option<bool>,
    host: Option<String>,
    port: Option<u16>,
    limits: Option<Limits>,
    compression: Option<bool>,
    created: Option<bool>,
    web_config: Option<PathBuf>,
}

impl Builder {
    /// Adds a container to the page.
    ///
    /// A family that several containers hold is served once; where two hold the
    /// same series, the container added first is heard.
    pub fn container(self, container: impl MetricContainer + 'static) -> Self {
        self.shared_container(Arc::new(container))
    }

    /// Adds a container that is shared already.
    pub fn shared_container(mut self, container: Arc<dyn MetricContainer>) -> Self {
        self.containers.push(container);
        self
    }

    /// Sets whether to serve at all.
    pub fn enabled(mut self, enabled: bool) -> Self {
        self.enabled = Some(enabled);
        self
    }

    /// Sets the host name or address to listen on.
    pub fn host(mut self, host: impl Into<String>) -> Self {
        self.host = Some(host.into());
        self
    }

    /// Sets the port to listen on; 0 takes any free one.
    pub fn port(mut self, port: u16) -> Self {
        self.port = Some(port);
        self
    }

    /// Sets what the server bears with from its clients, all at once: limits in the
    /// environment count no more.
    pub fn limits(mut self, limits: Limits) -> Self {
        self.limits = Some(limits);
        self
    }

    /// Sets whether pages are compressed for those who accept gzip. Default: yes.
    ///
    /// Compression takes 1.5 ms per megabyte of page, on a thread beside the
    /// server's, and saves seven eighths of it. Pages below 1 KiB are never
    /// compressed.
    pub fn compression(mut self, compression: bool) -> Self {
        self.compression = Some(compression);
        self
    }

    /// Sets whether `OpenMetrics` pages say when each series began. Default: no.
    ///
    /// The `_created` lines are series of their own to Prometheus, as many again as
    /// there are counters, histograms and summaries. Protobuf and JSON always have
    /// these times, which cost no series there.
    pub fn created(mut self, created: bool) -> Self {
        self.created = Some(created);
        self
    }

    /// Sets the file that says who may come in: TLS, client certificates, users,
    /// tokens, rate limits.
    ///
    /// The file is that of Prometheus' exporters; see `docs/guide/operating.md` for
    /// its keys. It and the files that it names are looked at again, at most once a
    /// second, when a connection or a request comes. A changed version that can
    /// not be used is logged, and the earlier one stays. Needs the feature `tls`.
    pub fn web_config(mut self, path: impl Into<PathBuf>) -> Self {
        self.web_config = Some(path.into());
        self
    }

    /// Starts to serve, on a thread of its own.
    ///
    /// A port that was named, here or by the environment, must be free. Where
    /// none was named, it is 8081 or the next free one.
    ///
    /// # Errors
    ///
    /// [`Config`](crate::ErrorKind::Config) where an environment variable, a limit or
    /// the web config can not be used; [`Host`](crate::ErrorKind::Host),
    /// [`PortTaken`](crate::ErrorKind::PortTaken) or
    /// [`System`](crate::ErrorKind::System) where listening fails.
    pub fn start(self) -> Result<StatusServer, Error> {
        let enabled = env::switch(env::ENABLED)?;
        if !self.enabled.or(enabled).unwrap_or(true) {
            return Ok(StatusServer::disabled());
        }
        let host = env::value(env::HOST, "a host name or address")?;
        let host = self
            .host
            .or(host)
            .unwrap_or_else(|| DEFAULT_HOST.to_owned());
        let named = env::value(env::PORT, "a port from 0 to 65535")?;
        let port = self.port.or(named).map_or(Port::Default, Port::Named);
        let limits = match self.limits {
            Some(limits) => limits.checked()?,
            None => Limits::from_env()?,
        };
        let web_config = env::value(env::WEB_CONFIG, "a path")?;
        let guard = Guard::open(self.web_config.or(web_config))?;
        let metrics = Metrics::new(press(self.containers, self.compression, self.created)?);
        StatusServer::over(listen(&host, port)?, Site::new(metrics, guard, limits))
    }

    /// Returns what answers scrapes for another server. Whether, where and for whom
    /// that serves is not said here.
    ///
    /// # Errors
    ///
    /// [`Config`](crate::ErrorKind::Config) where an environment variable can not be
    /// used.
    pub fn handler(self) -> Result<Handler, Error> {
        let press = press(self.containers, self.compression, self.created)?;
        Ok(Handler::new(Arc::new(press)))
    }
}

/// What makes pages, as the builder or else the environment says.
fn press(
    containers: Vec<Arc<dyn MetricContainer>>,
    compression: Option<bool>,
    created: Option<bool>,
) -> Result<Press, Error> {
    let may_compress = compression.or(env::switch(env::COMPRESSION)?);
    let created = match created.or(env::switch(env::CREATED)?) {
        Some(true) => Created::Written,
        _ => Created::LeftOut,
    };
    let page = Page::new(containers, created);
    Ok(Press::new(page, may_compress.unwrap_or(true)))
}

impl fmt::Debug for Builder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Builder")
            .field("containers", &self.containers.len())
            .field("enabled", &self.enabled)
            .field("host", &self.host)
            .field("port", &self.port)
            .field("limits", &self.limits)
            .field("compression", &self.compression)
            .field("created", &self.created)
            .field("web_config", &self.web_config)
            .finish()
    }
}
