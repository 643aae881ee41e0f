//! The page for whoever has a server already.
#![allow(clippy::unwrap_used, reason = "a test says enough by its name")]

use dynamometer::PrometheusContainer;
use dynamometer_status::{Handler, Scrape, StatusServer};

/// A handler of one container, and that.
fn handler() -> (Handler, PrometheusContainer) {
    let container = PrometheusContainer::new("app");
    container.counter("requests_total").build().inc();
    let builder = StatusServer::builder().container(container.clone());
    (builder.handler().unwrap(), container)
}

fn header(answer: &dynamometer_status::Answer, name: &str) -> Option<String> {
    let found = answer.headers().find(|header| header.0 == name);
    found.map(|(_, value)| value.to_owned())
}

#[test]
fn whoever_does_not_care_gets_text() {
    let (handler, _container) = handler();
    let answer = handler.answer(&Scrape::default());
    assert_eq!(answer.status(), 200);
    assert!(
        header(&answer, "content-type")
            .unwrap()
            .starts_with("text/plain; version=0.0.4")
    );
    let page = std::str::from_utf8(answer.body()).unwrap();
    assert!(page.contains("\napp_requests_total 1\n"), "{page}");
}

#[test]
fn the_format_is_negotiated_and_the_query_goes_before_it() {
    let (handler, _container) = handler();
    let accept = "application/openmetrics-text; version=1.0.0, text/plain;q=0.5";
    let scrape = Scrape {
        accept,
        ..Scrape::default()
    };
    let answer = handler.answer(&scrape);
    assert!(answer.body().ends_with(b"# EOF\n"));
    let answer = handler.answer(&Scrape {
        query: "format=json",
        ..scrape
    });
    assert_eq!(
        header(&answer, "content-type").as_deref(),
        Some("application/json")
    );
}

#[test]
fn a_page_is_compressed_for_those_who_accept_it() {
    let (handler, container) = handler();
    let family = container.counter("tokens_total").vec(&["model"]);
    for model in 0..100 {
        family.with_label_values(&[&model.to_string()]).inc();
    }
    let answer = handler.answer(&Scrape {
        accept_encoding: "gzip",
        ..Scrape::default()
    });
    assert_eq!(header(&answer, "content-encoding").as_deref(), Some("gzip"));
    assert!(answer.body().starts_with(&[0x1f, 0x8b]));
}

#[test]
fn a_format_that_does_not_exist_is_refused() {
    let (handler, _container) = handler();
    let answer = handler.answer(&Scrape {
        query: "format=xml",
        ..Scrape::default()
    });
    assert_eq!(answer.status(), 400);
    let text = std::str::from_utf8(answer.body()).unwrap();
    assert!(text.contains("no format \"xml\""), "{text}");
}
