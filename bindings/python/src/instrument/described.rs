//! What all instruments say of themselves.

use std::fmt::Display;
use std::sync::Arc;

use dynamometer::SeriesLabels;
use dynamometer::binding::Cells;

/// What the series of a family have in common.
#[derive(Debug)]
pub(crate) struct Described {
    /// The family's name, as exposed.
    pub(crate) name: Box<str>,
    /// The name of the instrument's class.
    pub(crate) class: &'static str,
}

impl Described {
    /// The name of an instrument that is in no container.
    pub(crate) fn detached(class: &'static str) -> Arc<Self> {
        Arc::new(Self {
            name: "detached".into(),
            class,
        })
    }

    /// `<Counter app_requests_total{method="GET"} 5>`
    pub(crate) fn repr<H: Cells>(&self, handle: &H, value: impl Display) -> String {
        let Self { name, class } = self;
        let labels = handle.series().map_or_else(String::new, |series| {
            let labels = SeriesLabels::of_text(series.text());
            if labels.is_empty() {
                String::new()
            } else {
                labels.to_string()
            }
        });
        format!("<{class} {name}{labels} {value}>")
    }
}
