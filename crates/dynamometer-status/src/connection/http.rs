//! HTTP/1.1 over one connection, within its limits.

use std::convert::Infallible;
use std::future::poll_fn;
use std::pin::pin;
use std::rc::Rc;
use std::task::Poll;

use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::sync::watch;
use tokio::time::sleep_until;

use crate::connection::progress::Progress;
use crate::connection::stream::Noted;
use crate::limits::Limits;
use crate::site::Site;

/// Least that hyper buffers.
const LEAST_BUFFER: usize = 8 << 10;

/// Serves requests until the client leaves, is too slow, or the server stops.
pub(crate) async fn serve(
    stream: impl AsyncRead + AsyncWrite + Unpin,
    site: &Rc<Site>,
    progress: &Rc<Progress>,
    mut stopping: watch::Receiver<bool>,
) {
    let limits = site.limits();
    let service = service_fn(|request| {
        let (site, progress) = (Rc::clone(site), Rc::clone(progress));
        async move { Ok::<_, Infallible>(site.answer(request, &progress).await) }
    });
    let stream = TokioIo::new(Noted::new(stream, Rc::clone(progress)));
    let mut connection = pin!(protocol(limits).serve_connection(stream, service));
    let mut timer = pin!(sleep_until(progress.deadline(limits)));
    let mut stop = pin!(stopping.wait_for(|stopping| *stopping));
    let mut is_stopping = false;
    let end = poll_fn(|cx| {
        if !is_stopping && stop.as_mut().poll(cx).is_ready() {
            is_stopping = true;
            connection.as_mut().graceful_shutdown();
        }
        if let Poll::Ready(end) = connection.as_mut().poll(cx) {
            return Poll::Ready(Some(end));
        }
        let deadline = progress.deadline(limits);
        if timer.deadline() != deadline {
            timer.as_mut().reset(deadline);
        }
        timer.as_mut().poll(cx).map(|()| None)
    });
    match end.await {
        Some(Ok(())) => {}
        Some(Err(error)) => log::debug!("status server: a connection ended: {error}"),
        None => log::debug!("status server: a connection was too slow: {progress:?}"),
    }
}

fn protocol(limits: &Limits) -> http1::Builder {
    let mut protocol = http1::Builder::new();
    protocol
        .max_headers(limits.headers)
        .max_header_size(limits.head_bytes)
        .max_buf_size(limits.head_bytes.max(LEAST_BUFFER));
    protocol
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use dynamometer::openmetrics::Created;
    use tokio::io::{AsyncReadExt, AsyncWriteExt, DuplexStream, duplex};
    use tokio::task::LocalSet;
    use tokio::time::{Instant, sleep};

    use super::*;
    use crate::connection::{Connections, Phase};
    use crate::metrics::Metrics;
    use crate::page::Page;
    use crate::press::Press;
    use crate::web_config::Guard;

    const REQUEST: &[u8] = b"GET / HTTP/1.1\r\nhost: x\r\n\r\n";

    const SECOND: Duration = Duration::from_secs(1);

    /// Runs `client` at one end of a connection with the default limits; returns
    /// for how long it was open.
    ///
    /// Time stands still but where all wait for it.
    async fn open_for<C>(client: impl FnOnce(DuplexStream) -> C) -> Duration
    where
        C: Future<Output = ()> + 'static,
    {
        let (near, far) = duplex(16);
        let site = Rc::new(Site::new(
            Metrics::new(Press::new(Page::new(Vec::new(), Created::default()), true)),
            Guard::open(None).unwrap(),
            Limits::default(),
        ));
        let table = Rc::new(Connections::new(1));
        let client = client(far);
        let serving = async {
            tokio::task::spawn_local(client);
            let start = Instant::now();
            let progress = Rc::new(Progress::new(Phase::Idle));
            serve(near, &site, &progress, table.stopping()).await;
            start.elapsed()
        };
        LocalSet::new().run_until(serving).await
    }

    async fn ask(stream: &mut DuplexStream) {
        stream.write_all(REQUEST).await.unwrap();
        let mut answer = Vec::new();
        while !answer.ends_with(b"says\n") {
            answer.push(stream.read_u8().await.unwrap());
        }
    }

    #[tokio::test(start_paused = true)]
    async fn a_client_that_says_nothing_is_left_after_the_idle_limit() {
        let silent = |stream| async move {
            let _stream: DuplexStream = stream;
            sleep(SECOND * 1000).await;
        };
        assert_eq!(open_for(silent).await.as_secs(), 120);
    }

    #[tokio::test(start_paused = true)]
    async fn a_head_of_one_byte_a_second_is_cut_off_after_the_request_limit() {
        let dripping = |mut stream: DuplexStream| async move {
            sleep(SECOND * 60).await;
            for byte in REQUEST {
                if stream.write_u8(*byte).await.is_err() {
                    break;
                }
                sleep(SECOND).await;
            }
        };
        assert_eq!(open_for(dripping).await.as_secs(), 60 + 10);
    }

    #[tokio::test(start_paused = true)]
    async fn a_body_of_one_byte_a_second_is_cut_off_after_the_request_limit() {
        let dripping = |mut stream: DuplexStream| async move {
            let head = b"GET / HTTP/1.1\r\nhost: x\r\ncontent-length: 100\r\n\r\n";
            stream.write_all(head).await.unwrap();
            while stream.write_u8(b'x').await.is_ok() {
                sleep(SECOND).await;
            }
        };
        assert_eq!(open_for(dripping).await.as_secs(), 10);
    }

    #[tokio::test(start_paused = true)]
    async fn a_reader_of_one_byte_a_second_is_cut_off_after_the_response_limit() {
        let dripping = |mut stream: DuplexStream| async move {
            stream.write_all(REQUEST).await.unwrap();
            while stream.read_u8().await.is_ok() {
                sleep(SECOND).await;
            }
        };
        assert_eq!(open_for(dripping).await.as_secs(), 60);
    }

    #[tokio::test(start_paused = true)]
    async fn every_request_has_all_the_time_again() {
        let patient = |mut stream: DuplexStream| async move {
            for _ in 0..3 {
                sleep(SECOND * 100).await;
                ask(&mut stream).await;
            }
        };
        assert_eq!(open_for(patient).await.as_secs(), 300);
    }
}
