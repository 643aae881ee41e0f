//! The formats that a page can be written in.

use std::fmt;

use crate::model::Snapshot;
use crate::openmetrics::Created;
use crate::{json, openmetrics, protobuf, text};

/// A format of a page of metrics.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Format {
    /// Prometheus text, version 0.0.4.
    #[default]
    Text,
    /// `OpenMetrics` text, version 1.0.
    OpenMetrics,
    /// Prometheus protobuf, delimited: the only one with exponential buckets.
    Protobuf,
    /// JSON, for scripts.
    Json,
}

impl Format {
    /// All formats.
    pub const ALL: [Self; 4] = [Self::Text, Self::OpenMetrics, Self::Protobuf, Self::Json];

    /// The format's name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::OpenMetrics => "openmetrics",
            Self::Protobuf => "protobuf",
            Self::Json => "json",
        }
    }

    /// The value of `Content-Type`.
    pub const fn content_type(self) -> &'static str {
        match self {
            Self::Text => text::CONTENT_TYPE,
            Self::OpenMetrics => openmetrics::CONTENT_TYPE,
            Self::Protobuf => protobuf::CONTENT_TYPE,
            Self::Json => json::CONTENT_TYPE,
        }
    }

    /// Writes `snapshot` into `buffer`, over whatever it holds.
    ///
    /// Names and labels are the same in every format. In `OpenMetrics` there are no
    /// lines that say when series began; see [`openmetrics::Created`].
    pub fn render(self, snapshot: &Snapshot, buffer: Vec<u8>) -> Vec<u8> {
        match self {
            Self::Text => text::render(snapshot, buffer),
            Self::OpenMetrics => openmetrics::render(snapshot, Created::LeftOut, buffer),
            Self::Protobuf => protobuf::render(snapshot, buffer),
            Self::Json => json::render(snapshot, buffer),
        }
    }

    /// Writes `snapshot` in pieces of about 64 KiB, each given to `next`.
    ///
    /// `next` returns a buffer for the piece after it, over whatever that holds; the
    /// first is `buffer`. In protobuf a page is one piece, as what stands before a
    /// message is its length. Else as [`render`](Self::render).
    pub fn render_in_pieces(
        self,
        snapshot: &Snapshot,
        buffer: Vec<u8>,
        next: &mut dyn FnMut(Vec<u8>) -> Vec<u8>,
    ) {
        match self {
            Self::Text => text::render_in_pieces(snapshot, buffer, next),
            Self::OpenMetrics => {
                openmetrics::render_in_pieces(snapshot, Created::LeftOut, buffer, next);
            }
            Self::Protobuf => drop(next(protobuf::render(snapshot, buffer))),
            Self::Json => json::render_in_pieces(snapshot, buffer, next),
        }
    }
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}
