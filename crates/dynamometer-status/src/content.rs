//! What an answer consists of.

use std::error::Error;
use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use hyper::body::{Body, Bytes, Frame, SizeHint};
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};

/// The content of an answer.
#[derive(Debug)]
pub(crate) enum Content {
    /// Known in full, so that its length goes first; `None` once it is taken.
    Whole(Option<Bytes>),
    /// Sent while the rest of it is written.
    Pieces(UnboundedReceiver<Piece>),
}

/// A piece of a page.
#[derive(Debug)]
pub(crate) enum Piece {
    More(Bytes),
    /// There was all of it: who waits for this is not taken in by a writer that
    /// panicked.
    End,
}

/// Only part of the page could be written.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Unfinished;

impl Content {
    /// Content in pieces, and where they go.
    ///
    /// Pieces that the client does not take yet wait in memory, so that the writer
    /// never waits for a client.
    pub(crate) fn in_pieces() -> (UnboundedSender<Piece>, Self) {
        let (sender, receiver) = unbounded_channel();
        (sender, Self::Pieces(receiver))
    }

    /// All of it, where all of it has been written.
    pub(crate) fn gather(self) -> Bytes {
        match self {
            Self::Whole(bytes) => bytes.unwrap_or_default(),
            Self::Pieces(mut pieces) => {
                let mut page = Vec::new();
                while let Ok(Piece::More(piece)) = pieces.try_recv() {
                    page.extend_from_slice(&piece);
                }
                page.into()
            }
        }
    }
}

impl From<Bytes> for Content {
    fn from(bytes: Bytes) -> Self {
        Self::Whole(Some(bytes).filter(|bytes| !bytes.is_empty()))
    }
}

impl Body for Content {
    type Data = Bytes;
    type Error = Unfinished;

    fn poll_frame(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Unfinished>>> {
        match self.get_mut() {
            Self::Whole(bytes) => Poll::Ready(bytes.take().map(|bytes| Ok(Frame::data(bytes)))),
            Self::Pieces(pieces) => Poll::Ready(match ready!(pieces.poll_recv(cx)) {
                Some(Piece::More(bytes)) => Some(Ok(Frame::data(bytes))),
                Some(Piece::End) => None,
                None => Some(Err(Unfinished)),
            }),
        }
    }

    fn is_end_stream(&self) -> bool {
        match self {
            Self::Whole(bytes) => bytes.is_none(),
            Self::Pieces(_) => false,
        }
    }

    fn size_hint(&self) -> SizeHint {
        match self {
            Self::Whole(bytes) => {
                SizeHint::with_exact(bytes.as_ref().map_or(0, |bytes| bytes.len() as u64))
            }
            Self::Pieces(_) => SizeHint::default(),
        }
    }
}

impl fmt::Display for Unfinished {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("only part of the page could be written")
    }
}

impl Error for Unfinished {}
