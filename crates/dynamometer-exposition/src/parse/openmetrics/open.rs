//! The family that a page is at.

use std::borrow::Cow;
use std::collections::HashMap;

use foldhash::fast::RandomState;

use crate::model::{Kind, LabelSet};
use crate::parse::error::{ParseError, ParseErrorKind};
use crate::parse::family::{Draft, Part, Point, SeriesKey, Source, classic_label};
use crate::parse::openmetrics::exemplar;
use crate::parse::scan::Sample;

/// The family of the last line.
#[derive(Debug)]
pub(super) struct Open<'a> {
    pub(super) draft: Draft<'a>,
    /// The metrics of a state set, of which each has several series.
    metrics: HashMap<LabelSet, usize, RandomState>,
    /// The metric of the last sample.
    last: Option<Metric>,
    /// Counts the points of all metrics.
    piece: u32,
}

/// A metric that the page is at.
#[derive(Clone, Copy, Debug)]
struct Metric {
    id: usize,
    timestamp: Option<f64>,
}

impl<'a> Open<'a> {
    /// A family of which only the name is known.
    pub(super) fn new(name: Cow<'a, str>, place: &'a str) -> Self {
        Self {
            draft: Draft::new(name, place),
            metrics: HashMap::default(),
            last: None,
            piece: 0,
        }
    }

    /// What a sample of this name holds, if it is of this family.
    pub(super) fn part_of(&self, name: &str) -> Option<Part> {
        let suffix = name.strip_prefix(&*self.draft.name)?;
        let mut parts = Part::in_open_metrics(self.draft.kind()).iter();
        parts
            .find(|(known, _)| *known == suffix)
            .map(|(_, part)| *part)
    }

    /// Adds a sample.
    pub(super) fn sample(
        &mut self,
        source: Source<'a>,
        part: Part,
        sample: &Sample<'a>,
    ) -> Result<(), ParseError> {
        let kind = self.draft.kind();
        let (Sample { series, labels, .. }, read) = (*sample, sample.point);
        let key = SeriesKey::read(source, series, labels, part.label())?;
        let bound = part.bound(source, key.apart, series)?;
        let known = self.draft.points().len();
        let state = match kind {
            Kind::StateSet => Some(self.metric_of_state(source, sample)?),
            _ => None,
        };
        let index = self.draft.index_of(key.labels, series, self.piece);
        let (id, is_new) = state.unwrap_or((index, index == known));
        self.go_on(source, series, id, is_new, read.timestamp)?;
        let point = self.draft.point(index);
        if point.piece != self.piece {
            point.check_complete(source, kind)?;
            *point = Point::new(kind, series, self.piece);
        }
        if point.has(part, bound) {
            // Two points may have one time, where that is not exact enough.
            if read.timestamp.is_some() {
                return Ok(());
            }
            let expected = "each series once";
            return Err(source.error(ParseErrorKind::Duplicate, expected, series));
        }
        part.check_value(source, kind, bound, read.value)?;
        point.set(source, part, bound, read.value)?;
        point.timestamp = read.timestamp;
        if let Some(text) = read.exemplar() {
            let exemplar = exemplar::read(source, sample, kind, part, bound, &text)?;
            point.exemplars.push(exemplar);
        }
        Ok(())
    }

    /// The metric of a state set that a sample is of, and whether it is new.
    fn metric_of_state(
        &mut self,
        source: Source<'_>,
        sample: &Sample<'_>,
    ) -> Result<(usize, bool), ParseError> {
        let label = classic_label(Cow::Borrowed(&*self.draft.name));
        let series = sample.series;
        let key = SeriesKey::read(source, series, sample.labels, Some(&*label))?;
        if key.apart.is_none() {
            let expected = format!("a state in the label {label}");
            return Err(source.error(ParseErrorKind::Label, expected, series));
        }
        let known = self.metrics.len();
        let id = *self.metrics.entry(key.labels).or_insert(known);
        Ok((id, id == known))
    }

    /// Goes on with a metric, at a time that is not before its last one.
    fn go_on(
        &mut self,
        source: Source<'_>,
        series: &str,
        id: usize,
        is_new: bool,
        timestamp: Option<f64>,
    ) -> Result<(), ParseError> {
        let wrong = |expected| Err(source.error(ParseErrorKind::Order, expected, series));
        if let Some(last) = self.last.filter(|last| last.id == id) {
            match (last.timestamp, timestamp) {
                (None, None) => {}
                (Some(before), Some(now)) if now < before => {
                    return wrong("a timestamp that does not go backwards");
                }
                (Some(before), Some(now)) => self.piece += u32::from(now > before),
                _ => return wrong("a timestamp for all samples of a metric or for none"),
            }
        } else if !is_new {
            return wrong("the samples of each metric together");
        }
        self.last = Some(Metric { id, timestamp });
        Ok(())
    }
}
