//! Pages that are sent while they are written.

use std::io::Read;
use std::iter::once;
use std::sync::Arc;

use dynamometer::{
    Desc, Family, Format, Kind, LabelColumn, LabelSet, SeriesLabels, Snapshot, Values,
};
use dynamometer_status::StatusServer;
use flate2::read::GzDecoder;

use crate::support::{Reading, exchange, exchange_text, local};

const SERIES: usize = 20_000;

/// Labels of many series, of which one may not be readable.
#[derive(Debug)]
struct Column {
    labels: Vec<LabelSet>,
    broken: Option<usize>,
}

impl LabelColumn for Column {
    fn len(&self) -> usize {
        self.labels.len()
    }

    fn labels(&self, index: usize) -> SeriesLabels<'_> {
        assert_ne!(self.broken, Some(index), "this one can not be read");
        self.labels[index].view()
    }

    fn is_distinct(&self) -> bool {
        true
    }
}

fn snapshot(broken: Option<usize>) -> Snapshot {
    let labels = (0..SERIES).map(|index| LabelSet::new([("index", &*index.to_string())]));
    let labels = Arc::new(Column {
        labels: labels.collect(),
        broken,
    });
    let desc = Desc::new("many_total", Kind::Counter);
    let values = Values::Unsigned((0..SERIES as u64).collect());
    once(Family::new(desc, labels, values)).collect()
}

fn server(broken: Option<usize>) -> StatusServer {
    let container = Reading(move || snapshot(broken));
    local().container(container).start().unwrap()
}

/// The lines of the family on a page, which shows others too.
fn lines(page: &str) -> Vec<&str> {
    page.lines()
        .filter(|line| line.starts_with("many_total"))
        .collect()
}

/// What a client that nobody here wrote makes of the answer.
fn get(server: &StatusServer, query: &str, encoding: &str) -> (ureq::http::HeaderMap, Vec<u8>) {
    let url = server.url(&format!("/metrics{query}")).unwrap();
    let answer = ureq::get(url).header("accept-encoding", encoding).call();
    let (head, mut body) = answer.unwrap().into_parts();
    (head.headers, body.read_to_vec().unwrap())
}

#[test]
fn a_page_in_pieces_is_the_page() {
    let server = server(None);
    let expected = Format::Text.render(&snapshot(None), Vec::new());
    let expected = String::from_utf8(expected).unwrap();
    let (headers, page) = get(&server, "", "identity");
    assert_eq!(headers["transfer-encoding"], "chunked");
    let page = String::from_utf8(page).unwrap();
    assert_eq!(lines(&page), lines(&expected));
    server.shutdown();
}

#[test]
fn every_format_arrives_whole() {
    let server = server(None);
    let (_, json) = get(&server, "?format=json&name[]=many_total", "identity");
    assert_eq!(json, Format::Json.render(&snapshot(None), Vec::new()));
    let (_, text) = get(&server, "?format=openmetrics&name[]=many_total", "identity");
    assert_eq!(
        text,
        Format::OpenMetrics.render(&snapshot(None), Vec::new())
    );
    let (_, bytes) = get(&server, "?format=protobuf&name[]=many_total", "identity");
    assert_eq!(bytes, Format::Protobuf.render(&snapshot(None), Vec::new()));
    server.shutdown();
}

#[test]
fn pieces_are_compressed_as_one() {
    let server = server(None);
    let (headers, packed) = get(&server, "?name[]=many_total", "gzip");
    assert_eq!(headers["content-encoding"], "gzip");
    let mut page = Vec::new();
    GzDecoder::new(&packed[..]).read_to_end(&mut page).unwrap();
    assert_eq!(page, Format::Text.render(&snapshot(None), Vec::new()));
    server.shutdown();
}

#[test]
fn a_client_of_http_1_0_reads_to_the_end() {
    let server = server(None);
    let answer = exchange_text(&server, "GET /metrics?name[]=many_total HTTP/1.0\r\n\r\n");
    let (_, page) = answer.split_once("\r\n\r\n").unwrap();
    let expected = Format::Text.render(&snapshot(None), Vec::new());
    assert_eq!(page.as_bytes(), expected);
    server.shutdown();
}

#[test]
fn a_page_that_breaks_off_is_not_taken_for_a_whole_one() {
    let server = server(Some(SERIES - 1));
    let request = "GET /metrics HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n";
    let answer = exchange(&server, request);
    assert!(answer.starts_with(b"HTTP/1.1 200 OK\r\n"));
    assert!(answer.len() > 100_000, "{} bytes", answer.len());
    assert!(!answer.ends_with(b"\r\n0\r\n\r\n"));
    let (_, index) = get(&server, "?name[]=nothing", "identity");
    assert!(index.is_empty());
    server.shutdown();
}

#[test]
fn a_page_that_breaks_at_once_is_an_error() {
    let server = server(Some(0));
    let request = "GET /metrics HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n";
    let answer = exchange_text(&server, request);
    assert!(answer.starts_with("HTTP/1.1 500 "), "{answer}");
    server.shutdown();
}
