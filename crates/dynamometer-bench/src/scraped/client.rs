//! A scraper that reads bytes and does nothing with them.

use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};

use anyhow::{Context as _, Result, bail, ensure};

const BLANK_LINE: &[u8] = b"\r\n\r\n";

/// A connection that stays, with the buffer of its answers.
pub(crate) struct Client {
    stream: TcpStream,
    request: Vec<u8>,
    answer: Vec<u8>,
}

/// A whole answer.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Answer<'a> {
    head: &'a str,
    pub(crate) body: &'a [u8],
}

impl Client {
    /// Connects; every request will have these headers, each line with its end.
    ///
    /// # Errors
    ///
    /// When nobody listens there.
    pub(crate) fn connect(addr: SocketAddr, headers: &str) -> Result<Self> {
        let stream =
            TcpStream::connect(addr).with_context(|| format!("cannot connect to {addr}"))?;
        stream.set_nodelay(true)?;
        let request = format!("GET /metrics HTTP/1.1\r\nHost: {addr}\r\n{headers}\r\n");
        Ok(Self {
            stream,
            request: request.into_bytes(),
            answer: Vec::new(),
        })
    }

    /// Scrapes once and returns the answer when all of it is there.
    ///
    /// # Errors
    ///
    /// When the answer is not 200, has no length, or ends before it.
    pub(crate) fn get(&mut self) -> Result<Answer<'_>> {
        self.stream.write_all(&self.request)?;
        // Full size, so that what was read once is not cleared again.
        if self.answer.is_empty() {
            self.answer.resize(64 * 1024, 0);
        }
        let (mut read, mut scanned) = (0, 0);
        let begin = loop {
            let count = self.stream.read(&mut self.answer[read..])?;
            ensure!(count > 0, "the answer ends in its head");
            read += count;
            let found = &self.answer[scanned..read];
            if let Some(at) = found.windows(4).position(|four| four == BLANK_LINE) {
                break scanned + at + BLANK_LINE.len();
            }
            scanned = read.saturating_sub(BLANK_LINE.len() - 1);
            ensure!(read < self.answer.len(), "the head has no end");
        };
        let head = std::str::from_utf8(&self.answer[..begin]).context("the head is not text")?;
        ensure!(
            head.starts_with("HTTP/1.1 200"),
            "the scrape was answered {head:?}"
        );
        let Some(length) = header(head, "content-length") else {
            bail!("the answer does not say its length: {head:?}");
        };
        let end = begin + length.parse::<usize>()?;
        if self.answer.len() < end {
            self.answer.resize(end, 0);
        }
        self.stream.read_exact(&mut self.answer[read..end])?;
        let (head, body) = self.answer[..end].split_at(begin);
        Ok(Answer {
            head: std::str::from_utf8(head).context("the head is not text")?,
            body,
        })
    }
}

impl<'a> Answer<'a> {
    /// Returns the value of a header, whose name is given in lower case.
    pub(crate) fn header(self, name: &str) -> Option<&'a str> {
        header(self.head, name)
    }
}

fn header<'a>(head: &'a str, name: &str) -> Option<&'a str> {
    head.lines().find_map(|line| {
        let (found, value) = line.split_once(':')?;
        found.eq_ignore_ascii_case(name).then(|| value.trim())
    })
}
