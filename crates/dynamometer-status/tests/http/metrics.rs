//! The page: its formats, its compression, and parts of it.

use std::io::{Read, Write};
use std::sync::Arc;

use dynamometer::{Container, Desc, Family, Kind, LabelSet, Values};
use dynamometer_status::{Builder, StatusServer};
use flate2::read::GzDecoder;

use crate::support::{Reading, connect, exchange, local};

/// Asks once; returns the head in lower case, and the body.
fn ask(server: &StatusServer, request: &str, headers: &str) -> (String, Vec<u8>) {
    let request = format!("{request} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n{headers}\r\n");
    let answer = exchange(server, &request);
    let end = answer
        .windows(4)
        .position(|bytes| bytes == b"\r\n\r\n")
        .unwrap();
    let head = String::from_utf8(answer[..end + 2].to_vec()).unwrap();
    (head.to_lowercase(), answer[end + 4..].to_vec())
}

fn text(server: &StatusServer, request: &str) -> String {
    String::from_utf8(ask(server, request, "").1).unwrap()
}

/// A server of some families, each with one line but for the histogram.
fn of_families() -> StatusServer {
    let container = Container::new("app");
    container.counter("requests_total").build().inc();
    container.gauge("queue").build().set(3.0);
    container.histogram("wait_seconds").build().observe(0.5);
    local().container(container).start().unwrap()
}

/// A server of one family with so many series.
fn of_series(count: usize) -> Builder {
    let labels: Vec<_> = (0..count)
        .map(|index| LabelSet::new([("index", index.to_string().as_str())]))
        .collect();
    let labels = Arc::new(labels);
    let read = move || {
        let values = Values::Unsigned(vec![1; count]);
        [Family::new(
            Desc::new("many_total", Kind::Counter),
            labels.clone(),
            values,
        )]
        .into()
    };
    local().container(Reading(read))
}

/// What each of Prometheus' generations and others get.
#[test]
fn a_page_is_written_as_its_reader_asks() {
    let server = of_families();
    let protobuf = "application/vnd.google.protobuf; \
                    proto=io.prometheus.client.metricfamily; encoding=delimited";
    for (accept, expected) in [
        (
            "application/openmetrics-text;version=1.0.0,text/plain;version=0.0.4;q=0.5",
            "application/openmetrics-text; version=1.0.0; charset=utf-8",
        ),
        (
            "application/openmetrics-text;version=0.0.1,text/plain;version=0.0.4;q=0.5",
            "application/openmetrics-text; version=0.0.1; charset=utf-8",
        ),
        (
            "application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily;\
             encoding=delimited,text/plain;q=0.5",
            protobuf,
        ),
        ("application/json", "application/json"),
        ("*/*", "text/plain; version=0.0.4; charset=utf-8"),
    ] {
        let (head, body) = ask(&server, "GET /metrics", &format!("accept: {accept}\r\n"));
        let content_type = format!("\r\ncontent-type: {expected}\r\n");
        assert!(head.contains(&content_type), "{accept}\n{head}");
        let is_openmetrics = expected.starts_with("application/openmetrics-text");
        assert_eq!(body.ends_with(b"# EOF\n"), is_openmetrics, "{accept}");
    }
    server.shutdown();
}

#[test]
fn a_format_named_in_the_query_goes_before_the_header() {
    let server = of_families();
    let (head, body) = ask(
        &server,
        "GET /metrics?format=json",
        "accept: text/plain\r\n",
    );
    assert!(
        head.contains("\r\ncontent-type: application/json\r\n"),
        "{head}"
    );
    let page: serde_json::Value = serde_json::from_slice(&body).unwrap();
    assert!(page.to_string().contains("app_queue"), "{page}");
    let (head, body) = ask(&server, "GET /metrics?format=xml", "");
    assert!(head.starts_with("http/1.1 400 "), "{head}");
    let said = String::from_utf8(body).unwrap();
    assert!(
        said.contains("\"xml\"") && said.contains("text, openmetrics, protobuf, json"),
        "{said}"
    );
    server.shutdown();
}

#[test]
fn only_the_families_asked_for_are_on_the_page() {
    let server = of_families();
    let page = text(
        &server,
        "GET /metrics?name[]=app_queue&name%5B%5D=app_wait_seconds_bucket",
    );
    assert!(page.contains("app_queue 3\n"), "{page}");
    assert!(page.contains("app_wait_seconds_count 1\n"), "{page}");
    assert!(!page.contains("app_requests_total"), "{page}");
    assert!(!page.contains("dynamometer_"), "{page}");
    server.shutdown();
}

#[test]
fn names_that_nothing_has_give_an_empty_page() {
    let server = of_families();
    let (head, body) = ask(&server, "GET /metrics?name[]=nothing", "");
    assert!(head.starts_with("http/1.1 200 ok\r\n"), "{head}");
    assert!(body.is_empty(), "{body:?}");
    server.shutdown();
}

#[test]
fn head_says_what_get_would_without_a_body() {
    let server = of_families();
    for path in ["/", "/metrics?name[]=app_queue"] {
        let (of_get, body) = ask(&server, &format!("GET {path}"), "");
        let (of_head, nothing) = ask(&server, &format!("HEAD {path}"), "");
        let lines = |head: &str| -> Vec<String> {
            let lines = head.lines().filter(|line| !line.starts_with("date:"));
            lines.map(str::to_owned).collect()
        };
        assert_eq!(lines(&of_head), lines(&of_get));
        assert!(
            of_head.contains(&format!("\r\ncontent-length: {}\r\n", body.len())),
            "{of_head}"
        );
        assert!(nothing.is_empty(), "{nothing:?}");
    }
    server.shutdown();
}

#[test]
fn other_methods_are_told_which_are_allowed() {
    let server = of_families();
    for method in ["POST", "PUT", "DELETE", "OPTIONS", "BREW"] {
        let (head, _) = ask(
            &server,
            &format!("{method} /metrics"),
            "content-length: 0\r\n",
        );
        assert!(head.starts_with("http/1.1 405 "), "{head}");
        assert!(head.contains("\r\nallow: get, head\r\n"), "{head}");
    }
    let (head, _) = ask(&server, "POST /nowhere", "content-length: 0\r\n");
    assert!(head.starts_with("http/1.1 404 "), "{head}");
    server.shutdown();
}

#[test]
fn a_page_is_compressed_for_whoever_accepts_it() {
    let server = of_series(1000).start().unwrap();
    let (head, plain) = ask(&server, "GET /metrics?name[]=many", "");
    assert!(!head.contains("content-encoding"), "{head}");
    let (head, compressed) = ask(
        &server,
        "GET /metrics?name[]=many",
        "accept-encoding: gzip;q=0.5, br\r\n",
    );
    assert!(head.contains("\r\ncontent-encoding: gzip\r\n"), "{head}");
    assert!(
        head.contains("\r\nvary: accept, accept-encoding\r\n"),
        "{head}"
    );
    assert!(head.contains("\r\ncache-control: no-store\r\n"), "{head}");
    assert!(compressed.len() * 4 < plain.len(), "{}", compressed.len());
    let again = ask(
        &server,
        "GET /metrics?name[]=many",
        "accept-encoding: gzip\r\n",
    );
    assert_eq!(again.1, compressed, "nothing of the one before");
    let mut unpacked = Vec::new();
    GzDecoder::new(&compressed[..])
        .read_to_end(&mut unpacked)
        .unwrap();
    assert_eq!(unpacked, plain);
    server.shutdown();
}

#[test]
fn a_short_page_and_one_of_a_server_that_may_not_is_not_compressed() {
    let gzip = "accept-encoding: gzip\r\n";
    let server = of_series(1).start().unwrap();
    let (head, _) = ask(&server, "GET /metrics?name[]=many", gzip);
    assert!(!head.contains("content-encoding"), "{head}");
    server.shutdown();
    let server = of_series(1000).compression(false).start().unwrap();
    let (head, _) = ask(&server, "GET /metrics", gzip);
    assert!(!head.contains("content-encoding"), "{head}");
    server.shutdown();
}

#[test]
fn a_page_that_follows_a_longer_one_holds_nothing_of_it() {
    let server = of_families();
    let whole = text(&server, "GET /metrics");
    for _ in 0..3 {
        let part = text(&server, "GET /metrics?name[]=app_queue");
        assert_eq!(part, "# TYPE app_queue gauge\napp_queue 3\n");
    }
    assert!(whole.len() > 1000, "{whole}");
    server.shutdown();
}

#[test]
fn clients_that_do_not_read_delay_nobody() {
    let server = of_series(200_000).start().unwrap();
    let request = b"GET /metrics HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n";
    let deaf = [(); 8].map(|()| {
        let mut stream = connect(&server);
        stream.write_all(request).unwrap();
        stream
    });
    let page = text(&server, "GET /metrics");
    assert_eq!(
        page.lines()
            .filter(|line| line.starts_with("many_total{"))
            .count(),
        200_000
    );
    assert!(
        page.len() > 5_000_000,
        "more than a socket holds: {}",
        page.len()
    );
    drop(deaf);
    server.shutdown();
}

#[test]
fn what_the_library_says_of_itself_gives_way_to_no_source() {
    let container = Container::new("app");
    let another = "# TYPE dynamometer_series gauge\ndynamometer_series 123456789\nother 1\n";
    container.source("another", move || another).attach();
    let server = local().container(container).start().unwrap();
    let page = text(&server, "GET /metrics");
    assert!(page.contains("\nother 1\n"), "{page}");
    assert!(page.contains("\ndynamometer_series "), "{page}");
    assert!(!page.contains("123456789"), "{page}");
    // Told by the same page: its own metrics are read after the sources.
    assert!(
        page.contains("dynamometer_source_up{source=\"another\"} 1\n"),
        "{page}"
    );
}

#[test]
fn when_series_began_is_told_in_openmetrics_only_where_that_is_wanted() {
    for wanted in [false, true] {
        let container = Container::new("app");
        container.counter("requests_total").build().inc();
        let server = local()
            .container(container)
            .created(wanted)
            .start()
            .unwrap();
        let page = text(&server, "GET /metrics?format=openmetrics");
        assert_eq!(page.contains("\napp_requests_created 1"), wanted, "{page}");
        let page = text(&server, "GET /metrics?format=text");
        assert!(!page.contains("_created"), "{page}");
    }
}
