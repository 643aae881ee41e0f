//! Bodies: one that tells when it is handed over, and ones nobody asked for.

use std::convert::Infallible;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll};

use http_body_util::{BodyExt, Full};
use hyper::body::{Body, Bytes, Frame, SizeHint};

use crate::connection::progress::Progress;

/// An answer's body, known in full.
#[derive(Debug)]
pub(crate) struct Answer {
    bytes: Full<Bytes>,
    progress: Rc<Progress>,
}

impl Answer {
    pub(crate) fn new(bytes: Bytes, progress: Rc<Progress>) -> Self {
        Self {
            bytes: Full::new(bytes),
            progress,
        }
    }
}

impl Body for Answer {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        Pin::new(&mut self.bytes).poll_frame(cx)
    }

    fn is_end_stream(&self) -> bool {
        self.bytes.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.bytes.size_hint()
    }
}

impl Drop for Answer {
    fn drop(&mut self) {
        // Hyper drops a body once all of it is in its own buffer.
        self.progress.has_handed_over();
    }
}

/// Why a request's body was not read to its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Unread {
    TooLong,
    Broken,
}

/// Reads a body of at most `limit` bytes, and forgets it.
pub(crate) async fn forget<B: Body<Data = Bytes> + Unpin>(
    mut body: B,
    limit: usize,
) -> Result<(), Unread> {
    if body.size_hint().lower() > limit as u64 {
        return Err(Unread::TooLong);
    }
    let mut left = limit;
    while let Some(frame) = body.frame().await {
        let frame = frame.map_err(|_| Unread::Broken)?;
        let length = frame.data_ref().map_or(0, Bytes::len);
        left = left.checked_sub(length).ok_or(Unread::TooLong)?;
    }
    Ok(())
}
