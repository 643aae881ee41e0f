//! The status server of a component: its metrics over HTTP.
//!
//! ```
//! use dynamometer::PrometheusContainer;
//!
//! let container = PrometheusContainer::new("app");
//! container.counter("requests_total").help("Requests handled.").build().inc();
//!
//! # let build = || dynamometer_status::StatusServer::builder().host("127.0.0.1").port(0);
//! # let server = build().container(container.clone()).start()?;
//! # /*
//! let server = dynamometer_status::serve(container)?;
//! # */
//! println!("metrics at {}", server.url("/metrics").unwrap_or_default());
//! # Ok::<(), dynamometer_status::Error>(())
//! ```
//!
//! The server has a thread of its own, so a program needs no tokio, and one that
//! has it can be scraped while its runtime is blocked. An idle server never wakes
//! up.
//!
//! | path | answers |
//! |---|---|
//! | `/metrics` | all containers and the library's own metrics |
//! | `/metrics?name[]=x` | the families called `x`, or with a line called so; may be repeated |
//! | `/metrics?format=json` | `text`, `openmetrics`, `protobuf` or `json`, whatever `Accept` says |
//! | `/` | the list of paths |
//!
//! The format is negotiated by `Accept`: Prometheus text 0.0.4, `OpenMetrics` 1.0.0
//! and 0.0.1, protobuf, JSON; text for those who do not care. Pages are compressed
//! for those who accept gzip. GET and HEAD only, over HTTP/1.1.
//!
//! What clients may take of the server, in time, size and number, is bounded by
//! [`Limits`]. Who may read is said by a web config, as Prometheus' exporters have
//! it: [`Builder::web_config`], behind the feature `tls`.
//!
//! Settings come from the builder, then from the [environment](mod@env), then from
//! the defaults. `docs/guide/operating.md` is for whoever runs the program.
//!
//! Everything here is `Send + Sync` and safe to call from any thread.

#![forbid(unsafe_code)]

pub mod env;

mod accept;
mod answer;
mod buffer;
mod config;
mod connection;
mod content;
mod error;
mod handler;
mod journal;
mod limits;
mod listen;
mod metrics;
mod names;
mod negotiation;
mod page;
mod press;
mod query;
mod server;
mod site;
#[cfg(feature = "tls")]
mod web_config;
#[cfg(not(feature = "tls"))]
#[path = "web_config/absent.rs"]
mod web_config;

pub use config::Builder;
pub use error::{Error, ErrorKind};
pub use handler::{Answer, Handler, Scrape};
pub use limits::Limits;
pub use server::StatusServer;

use dynamometer::MetricContainer;

/// Serves `container` as the environment says, until the process ends.
///
/// The server goes on when the returned handle is dropped.
///
/// # Errors
///
/// As [`Builder::start`].
pub fn serve(container: impl MetricContainer + 'static) -> Result<StatusServer, Error> {
    StatusServer::builder().container(container).start()
}
