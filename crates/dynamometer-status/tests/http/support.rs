//! Containers and clients that tests share.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex};

use dynamometer::{Error, MetricContainer, MetricCounter, MetricGauge, MetricHistogram, Snapshot};
use dynamometer_status::{Builder, StatusServer};

/// A server on the loopback interface, at any port.
pub(crate) fn local() -> Builder {
    StatusServer::builder().host("127.0.0.1").port(0)
}

/// Connects to the server.
pub(crate) fn connect(server: &StatusServer) -> TcpStream {
    TcpStream::connect(server.addr().unwrap()).unwrap()
}

/// Everything that the server says to `request` until it hangs up.
pub(crate) fn exchange(server: &StatusServer, request: &str) -> Vec<u8> {
    let mut stream = connect(server);
    // A server that refuses a request may stop reading it.
    let _ = stream.write_all(request.as_bytes());
    rest(stream)
}

/// Everything that comes until the server hangs up.
pub(crate) fn rest(mut stream: TcpStream) -> Vec<u8> {
    let mut answer = Vec::new();
    let _ = stream.read_to_end(&mut answer);
    answer
}

/// Everything that the server says to `request` until it hangs up, as text.
pub(crate) fn exchange_text(server: &StatusServer, request: &str) -> String {
    String::from_utf8(exchange(server, request)).unwrap()
}

/// Everything that comes until the server hangs up, as text.
pub(crate) fn rest_text(stream: TcpStream) -> String {
    String::from_utf8(rest(stream)).unwrap()
}

/// A container that is nothing but its reading.
pub(crate) struct Reading<F>(pub(crate) F);

impl<F: Fn() -> Snapshot + Send + Sync> MetricContainer for Reading<F> {
    fn try_create_counter(
        &self,
        _: &str,
        _: &str,
        _: &[(&str, &str)],
    ) -> Result<Box<dyn MetricCounter>, Error> {
        unreachable!("not asked for")
    }

    fn try_create_gauge(
        &self,
        _: &str,
        _: &str,
        _: &[(&str, &str)],
    ) -> Result<Box<dyn MetricGauge>, Error> {
        unreachable!("not asked for")
    }

    fn try_create_histogram_with_buckets(
        &self,
        _: &str,
        _: &str,
        _: &[(&str, &str)],
        _: &[f64],
    ) -> Result<Box<dyn MetricHistogram>, Error> {
        unreachable!("not asked for")
    }

    fn get_metrics(&self) -> Snapshot {
        (self.0)()
    }
}

/// A container that says when it is read, and waits to be let go.
pub(crate) fn gated() -> (impl MetricContainer + 'static, Gate) {
    let (entered, entries) = channel();
    let (release, released) = channel::<()>();
    let doors = Arc::new(Mutex::new((entered, released)));
    let container = Reading(move || {
        let doors = doors.lock().unwrap();
        let _ = doors.0.send(());
        let _ = doors.1.recv();
        Snapshot::default()
    });
    let gate = Gate {
        entries,
        release: Some(release),
    };
    (container, gate)
}

/// The other side of a gated container.
pub(crate) struct Gate {
    entries: Receiver<()>,
    release: Option<Sender<()>>,
}

impl Gate {
    /// Waits until a page is being made.
    pub(crate) fn wait_for_reader(&self) {
        self.entries.recv().unwrap();
    }

    /// Lets every page be made.
    pub(crate) fn open(&mut self) {
        self.release = None;
    }
}
