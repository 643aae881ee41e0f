//! A scraper that reads bytes and does nothing with them.

use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};

use anyhow::{Context as _, Result, bail, ensure};

const BLANK_LINE: &[u8] = b"\r\n\r\n";

/// How many bytes end a line.
const LINE_END: usize = 2;

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
    /// When the answer is not 200, says nothing of its length, or ends before it.
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
        let length = header(head, "content-length").map(str::parse::<usize>);
        let end = match length {
            Some(length) => self.rest(read, begin + length?)?,
            None if header(head, "transfer-encoding") == Some("chunked") => {
                self.chunks(read, begin)?
            }
            None => bail!("the answer does not say its length: {head:?}"),
        };
        let (head, body) = self.answer[..end].split_at(begin);
        Ok(Answer {
            head: std::str::from_utf8(head).context("the head is not text")?,
            body,
        })
    }

    /// Reads up to `end`, where `read` bytes are there; returns the end.
    fn rest(&mut self, read: usize, end: usize) -> Result<usize> {
        if self.answer.len() < end {
            self.answer.resize(end, 0);
        }
        self.stream.read_exact(&mut self.answer[read..end])?;
        Ok(end)
    }

    /// Reads chunks and puts what they hold together from `begin` on; returns where
    /// that ends.
    fn chunks(&mut self, mut read: usize, begin: usize) -> Result<usize> {
        let (mut at, mut end) = (begin, begin);
        loop {
            let size = loop {
                let line = &self.answer[at..read];
                if let Some(feed) = line.iter().position(|byte| *byte == b'\n') {
                    let digits = str::from_utf8(&line[..feed])?.trim_end();
                    at += feed + 1;
                    break usize::from_str_radix(digits, 16)?;
                }
                read = self.more(read)?;
            };
            while read < at + size + LINE_END {
                read = self.more(read)?;
            }
            self.answer.copy_within(at..at + size, end);
            end += size;
            at += size + LINE_END;
            if size == 0 {
                return Ok(end);
            }
        }
    }

    /// Reads what has come behind the first `read` bytes.
    fn more(&mut self, read: usize) -> Result<usize> {
        if read == self.answer.len() {
            self.answer.resize(2 * read, 0);
        }
        let count = self.stream.read(&mut self.answer[read..])?;
        ensure!(count > 0, "the answer ends in its body");
        Ok(read + count)
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
