//! What is said to a connection for which there is no room.

use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::time::timeout;

/// A whole answer: there is no request yet, and none is waited for.
const ANSWER: &[u8] = b"HTTP/1.1 503 Service Unavailable\r\n\
    content-type: text/plain; charset=utf-8\r\n\
    content-length: 52\r\n\
    retry-after: 1\r\n\
    connection: close\r\n\
    \r\n\
    all connections are being answered; try again later\n";

/// How long the client may take to hear it.
const PATIENCE: Duration = Duration::from_secs(1);

/// Says that there is no room, and hangs up.
pub(crate) async fn refuse(mut stream: TcpStream) {
    let said = async {
        stream.write_all(ANSWER).await?;
        stream.shutdown().await?;
        // Closing with something unread would reset the connection, and the client
        // would not see the answer.
        let mut unread = [0; 4 << 10];
        while stream.read(&mut unread).await? > 0 {}
        std::io::Result::Ok(())
    };
    let _ = timeout(PATIENCE, said).await;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_answer_is_as_long_as_it_says() {
        let text = str::from_utf8(ANSWER).unwrap();
        let (head, body) = text.split_once("\r\n\r\n").unwrap();
        assert!(head.contains(&format!("content-length: {}\r\n", body.len())));
    }
}
