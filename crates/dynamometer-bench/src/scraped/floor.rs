//! A server that has its answer ready: what loopback and the client cost.

use std::io::{BufRead as _, BufReader, Write as _};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::thread;

use anyhow::Result;

/// Answers every request of the first client with the page, until that one leaves.
///
/// # Errors
///
/// When no port can be bound.
pub(crate) fn serve(page: &[u8]) -> Result<SocketAddr> {
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let addr = listener.local_addr()?;
    let head = format!(
        "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: {}\r\n\r\n",
        page.len()
    );
    let answer = [head.as_bytes(), page].concat();
    // An error is the client's to report: its answer ends early.
    thread::spawn(move || serve_first(&listener, &answer));
    Ok(addr)
}

fn serve_first(listener: &TcpListener, answer: &[u8]) -> Result<()> {
    let mut stream: TcpStream = listener.accept()?.0;
    stream.set_nodelay(true)?;
    for line in BufReader::new(stream.try_clone()?).lines() {
        if line?.is_empty() {
            stream.write_all(answer)?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scraped::Ask;

    #[test]
    fn client_reads_whole_answers_again_and_again() {
        let page = b"a line\n".repeat(50_000);
        let mut client = Ask::PLAIN.client(serve(&page).unwrap()).unwrap();
        for _ in 0..3 {
            let answer = client.get().unwrap();
            assert_eq!(answer.header("content-type"), Some("text/plain"));
            assert!(answer.body == page);
        }
    }
}
