//! What makes pages, and sends them while it does.

use std::io::Write;
use std::mem::replace;
use std::sync::Arc;

use dynamometer::Format;
use flate2::Compression;
use flate2::write::GzEncoder;
use hyper::Response;
use hyper::body::Bytes;
use hyper::header::{CONTENT_ENCODING, CONTENT_TYPE, HeaderValue, VARY};
use tokio::sync::mpsc::UnboundedSender;
use tokio::sync::oneshot;

use crate::buffer::Buffers;
use crate::content::{Content, Piece};
use crate::metrics::Order;
use crate::page::Page;

/// Shortest page that is compressed; below it, the headers are most of the answer.
const WORTH_COMPRESSING: usize = 1 << 10;

/// Level of compression: 15 ms for 10 MB; the next takes half as long again and
/// saves a quarter more.
const LEVEL: Compression = Compression::fast();

/// How many compressed bytes make a piece.
const PIECE: usize = 64 << 10;

/// Whole pages kept: of the format that has no pieces.
const PAGES: usize = 4;

/// Pieces kept: 16 MiB of them.
const PIECES: usize = 256;

/// What makes pages.
#[derive(Debug)]
pub(crate) struct Press {
    page: Page,
    may_compress: bool,
    pages: Arc<Buffers>,
    pieces: Arc<Buffers>,
}

impl Press {
    pub(crate) fn new(page: Page, may_compress: bool) -> Self {
        Self {
            page,
            may_compress,
            pages: Buffers::new(PAGES),
            pieces: Buffers::new(PIECES),
        }
    }

    /// Makes a page, and answers as soon as its first piece is there.
    pub(crate) fn make(&self, order: &Order, answer: oneshot::Sender<Response<Content>>) {
        let format = order.representation.format();
        let buffers = match format {
            Format::Protobuf => &self.pages,
            _ => &self.pieces,
        };
        let mut packer = Packer {
            may_compress: self.may_compress && order.is_compressed,
            packing: None,
            buffers,
            compressed: &self.pieces,
            outlet: Outlet {
                answer: Some(answer),
                content_type: order.representation.content_type(),
                is_compressed: false,
                held: None,
                rest: None,
            },
        };
        let buffer = buffers.take();
        let mut next = |piece| packer.pack(piece);
        self.page.render(format, &order.names, buffer, &mut next);
        packer.finish();
    }
}

/// How a page is sent.
#[derive(Debug)]
enum Packing {
    AsItIs,
    Gzip(Box<GzEncoder<Vec<u8>>>),
}

/// Packs the pieces of one page.
#[derive(Debug)]
struct Packer<'a> {
    may_compress: bool,
    /// Known with the first piece.
    packing: Option<Packing>,
    buffers: &'a Arc<Buffers>,
    compressed: &'a Arc<Buffers>,
    outlet: Outlet,
}

impl Packer<'_> {
    /// Packs a piece and returns a buffer for the next.
    fn pack(&mut self, piece: Vec<u8>) -> Vec<u8> {
        let first = || {
            let is_worth_it = self.may_compress && piece.len() >= WORTH_COMPRESSING;
            self.outlet.is_compressed = is_worth_it;
            if !is_worth_it {
                return Packing::AsItIs;
            }
            Packing::Gzip(Box::new(GzEncoder::new(empty(self.compressed), LEVEL)))
        };
        match self.packing.get_or_insert_with(first) {
            Packing::AsItIs => {
                self.outlet.hand_on(self.buffers.lend(piece));
                self.buffers.take()
            }
            Packing::Gzip(encoder) => {
                encoder.write_all(&piece).expect(MEMORY);
                if encoder.get_ref().len() >= PIECE {
                    let full = replace(encoder.get_mut(), empty(self.compressed));
                    self.outlet.hand_on(self.compressed.lend(full));
                }
                piece
            }
        }
    }

    fn finish(mut self) {
        if let Some(Packing::Gzip(encoder)) = self.packing {
            let rest = encoder.finish().expect(MEMORY);
            self.outlet.hand_on(self.compressed.lend(rest));
        }
        self.outlet.finish();
    }
}

/// Why compressing does not fail.
const MEMORY: &str = "writing to memory does not fail";

fn empty(buffers: &Buffers) -> Vec<u8> {
    let mut buffer = buffers.take();
    buffer.clear();
    buffer
}

/// Sends a page of one piece with its length, a larger one piece by piece.
#[derive(Debug)]
struct Outlet {
    /// Where the answer goes, until it has gone.
    answer: Option<oneshot::Sender<Response<Content>>>,
    content_type: &'static str,
    is_compressed: bool,
    /// The latest piece: whether it is the last one is not known yet.
    held: Option<Bytes>,
    /// Where the pieces go, once there were two.
    rest: Option<UnboundedSender<Piece>>,
}

impl Outlet {
    fn hand_on(&mut self, piece: Bytes) {
        if let Some(before) = self.held.replace(piece) {
            self.send(Piece::More(before));
        }
    }

    fn finish(mut self) {
        let last = self.held.take().unwrap_or_default();
        if self.rest.is_none() {
            return self.answer(Content::from(last));
        }
        self.send(Piece::More(last));
        self.send(Piece::End);
    }

    fn send(&mut self, piece: Piece) {
        if self.rest.is_none() {
            let (sender, content) = Content::in_pieces();
            self.rest = Some(sender);
            self.answer(content);
        }
        if let Some(rest) = &self.rest {
            // A client that has left needs no more of it.
            let _ = rest.send(piece);
        }
    }

    fn answer(&mut self, content: Content) {
        let mut answer = Response::new(content);
        let headers = answer.headers_mut();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static(self.content_type));
        headers.insert(VARY, HeaderValue::from_static("accept, accept-encoding"));
        if self.is_compressed {
            headers.insert(CONTENT_ENCODING, HeaderValue::from_static("gzip"));
        }
        if let Some(to) = self.answer.take() {
            let _ = to.send(answer);
        }
    }
}
