//! What a scraper asks for.

use std::hint::black_box;
use std::io::Read as _;
use std::net::SocketAddr;

use anyhow::{Context as _, Result};
use flate2::read::GzDecoder;

use super::client::{Answer, Client};
use crate::encoded::{Format, Load};
use crate::harness::{Pass, Racer};

const TEXT: &str = "text/plain";
const OPENMETRICS: &str = "application/openmetrics-text";
const PROTOBUF: &str = "application/vnd.google.protobuf";

/// A format and an encoding that a scraper asks for.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Ask {
    pub(crate) form: &'static str,
    media: &'static str,
    parameters: &'static str,
    format: Format,
    is_gzip: bool,
}

impl Ask {
    /// Prometheus text, as it is.
    pub(crate) const PLAIN: Self = Self::new("text", TEXT, ";version=0.0.4", Format::Lines);

    /// Everything that is asked for.
    pub(crate) const ALL: [Self; 5] = [
        Self::PLAIN,
        Self::PLAIN.gzip("text, gzip"),
        Self::new("openmetrics", OPENMETRICS, ";version=1.0.0", Format::Lines),
        Self::BINARY,
        Self::BINARY.gzip("protobuf, gzip"),
    ];

    const BINARY: Self = Self::new(
        "protobuf",
        PROTOBUF,
        ";proto=io.prometheus.client.MetricFamily;encoding=delimited",
        Format::Messages,
    );

    const fn new(
        form: &'static str,
        media: &'static str,
        parameters: &'static str,
        format: Format,
    ) -> Self {
        Self {
            form,
            media,
            parameters,
            format,
            is_gzip: false,
        }
    }

    const fn gzip(self, form: &'static str) -> Self {
        Self {
            form,
            is_gzip: true,
            ..self
        }
    }

    /// Connects a client that asks for this.
    ///
    /// # Errors
    ///
    /// When nobody listens.
    pub(crate) fn client(self, addr: SocketAddr) -> Result<Client> {
        let Self {
            media, parameters, ..
        } = self;
        let encoding = if self.is_gzip { "gzip" } else { "identity" };
        let headers = format!("Accept: {media}{parameters}\r\nAccept-Encoding: {encoding}\r\n");
        Client::connect(addr, &headers)
    }

    /// Returns whether the server answers with what is asked for.
    ///
    /// # Errors
    ///
    /// When it does not answer.
    pub(crate) fn is_served(self, addr: SocketAddr) -> Result<bool> {
        Ok(self.is_answered_by(self.client(addr)?.get()?))
    }

    /// Returns the racer that scrapes a server with this load.
    pub(crate) fn racer(self, library: &'static str, addr: SocketAddr, load: &Load) -> Racer {
        let load = load.clone();
        let ready = move || {
            let mut client = self.client(addr)?;
            self.check(client.get()?, &load)?;
            let pass: Pass = Box::new(move || {
                black_box(client.get()?);
                Ok(())
            });
            Ok(pass)
        };
        Racer::new(library, self.form, ready)
    }

    fn is_answered_by(self, answer: Answer<'_>) -> bool {
        let media = answer.header("content-type").unwrap_or_default();
        let is_gzip = answer.header("content-encoding") == Some("gzip");
        media.starts_with(self.media) && is_gzip == self.is_gzip
    }

    fn check(self, answer: Answer<'_>, load: &Load) -> Result<()> {
        if !self.is_gzip {
            return self.format.check(answer.body, load);
        }
        let mut page = Vec::new();
        let mut decoder = GzDecoder::new(answer.body);
        decoder.read_to_end(&mut page).context("bad gzip")?;
        self.format.check(&page, load)
    }
}
