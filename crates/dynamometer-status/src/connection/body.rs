//! Bodies: one that tells when it is handed over, and ones nobody asked for.

use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll};

use http_body_util::BodyExt;
use hyper::body::{Body, Bytes, Frame, SizeHint};

use crate::connection::progress::Progress;
use crate::content::{Content, Unfinished};

/// An answer's body.
#[derive(Debug)]
pub(crate) struct Answer {
    content: Content,
    progress: Rc<Progress>,
}

impl Answer {
    pub(crate) fn new(content: Content, progress: Rc<Progress>) -> Self {
        Self { content, progress }
    }
}

impl Body for Answer {
    type Data = Bytes;
    type Error = Unfinished;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Unfinished>>> {
        Pin::new(&mut self.content).poll_frame(cx)
    }

    fn is_end_stream(&self) -> bool {
        self.content.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.content.size_hint()
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
