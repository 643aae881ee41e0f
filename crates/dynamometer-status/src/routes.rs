//! Paths and their answers.

use std::sync::Arc;

use axum::Router;
use axum::extract::State;
use axum::http::header::{CONTENT_TYPE, HeaderName};
use axum::http::{StatusCode, Uri};
use axum::routing::get;
use dynamometer::text;

use crate::page::Page;

/// The content type of everything that is not metrics.
const PLAIN: &str = "text/plain; charset=utf-8";

/// What `/` says, and what a wrong path is told.
const INDEX: &str = "/metrics  all metrics of this process, Prometheus text\n";

type Answer = (StatusCode, [(HeaderName, &'static str); 1], String);

pub(crate) fn router(page: Arc<Page>) -> Router {
    Router::new()
        .route(
            "/",
            get(|| async { answer(StatusCode::OK, PLAIN, INDEX.to_owned()) }),
        )
        .route("/metrics", get(metrics))
        .fallback(unknown)
        .with_state(page)
}

async fn metrics(State(page): State<Arc<Page>>) -> Answer {
    // Off the event loop: a large page must not hold up the other paths.
    let text = tokio::task::spawn_blocking(move || page.text()).await;
    match text {
        Ok(text) => answer(StatusCode::OK, text::CONTENT_TYPE, text),
        Err(error) => {
            log::error!("/metrics: {error}");
            answer(
                StatusCode::INTERNAL_SERVER_ERROR,
                PLAIN,
                format!("{error}\n"),
            )
        }
    }
}

async fn unknown(uri: Uri) -> Answer {
    let text = format!("no such path: {}\n\n{INDEX}", uri.path());
    answer(StatusCode::NOT_FOUND, PLAIN, text)
}

fn answer(status: StatusCode, content_type: &'static str, body: String) -> Answer {
    (status, [(CONTENT_TYPE, content_type)], body)
}
