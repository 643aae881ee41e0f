//! Exposition text that a source returns.

use dynamometer_exposition::Snapshot;
use dynamometer_exposition::parse::{self, Ignored, Joined, ParseError};

use crate::self_metrics::{self, Dropped};
use crate::source::error::{SourceError, SourceErrorKind};
use crate::source::reading::Reading;

/// The last line of a page of `OpenMetrics`.
const LAST_LINE: &str = "# EOF";

/// Text in the format `OpenMetrics` 1.0, with or without its last line, `# EOF`.
///
/// <https://prometheus.io/docs/specs/om/open_metrics_spec/>
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OpenMetrics<T>(pub T);

/// Prometheus text, version 0.0.4, which may be that of several exporters one
/// behind the other; `OpenMetrics` where it ends in `# EOF`.
///
/// A series that is there twice is taken once, and counted in
/// `dynamometer_dropped_samples_total{reason}` as `source_conflict`.
impl Reading for &str {
    fn into_snapshot(self) -> Result<Snapshot, SourceError> {
        if is_ended(self) {
            return Ok(parse::openmetrics(self)?);
        }
        let Joined { snapshot, ignored } = parse::joined_text(self)?;
        for one in &ignored {
            log::debug!("exposition text: {one}");
        }
        let series = ignored
            .iter()
            .filter(|one| matches!(one, Ignored::Series { .. }));
        self_metrics::count_all_dropped(Dropped::SourceConflict, series.count() as u64);
        Ok(snapshot)
    }
}

/// As a `&str` is read.
impl Reading for String {
    fn into_snapshot(self) -> Result<Snapshot, SourceError> {
        self.as_str().into_snapshot()
    }
}

impl<T: AsRef<str>> Reading for OpenMetrics<T> {
    fn into_snapshot(self) -> Result<Snapshot, SourceError> {
        let page = self.0.as_ref();
        if is_ended(page) {
            return Ok(parse::openmetrics(page)?);
        }
        let line_feed = if page.is_empty() || page.ends_with('\n') {
            ""
        } else {
            "\n"
        };
        Ok(parse::openmetrics(&format!(
            "{page}{line_feed}{LAST_LINE}\n"
        ))?)
    }
}

impl From<ParseError> for SourceError {
    fn from(error: ParseError) -> Self {
        Self::new(SourceErrorKind::Format, error.to_string())
    }
}

/// True where the last line of `page` says that it is the last.
fn is_ended(page: &str) -> bool {
    let rest = page
        .strip_suffix('\n')
        .unwrap_or(page)
        .strip_suffix(LAST_LINE);
    rest.is_some_and(|rest| rest.is_empty() || rest.ends_with('\n'))
}
