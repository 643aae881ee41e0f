//! The families of a page of `OpenMetrics`, as far as it was read.

use std::borrow::Cow;
use std::collections::HashSet;

use foldhash::fast::RandomState;

use crate::model::{Family, Kind, Snapshot};
use crate::parse::error::{ParseError, ParseErrorKind};
use crate::parse::family::{Part, Source, check_length, classic_name};
use crate::parse::openmetrics::open::Open;
use crate::parse::scan::{Escaped, Line, Sample};

/// The families of a page, as far as it was read.
#[derive(Debug)]
pub(super) struct Page<'a> {
    source: Source<'a>,
    families: Vec<Family>,
    /// The names of families, and of all samples that those can have.
    taken: HashSet<String, RandomState>,
    /// The family of the last line.
    open: Option<Open<'a>>,
}

impl<'a> Page<'a> {
    pub(super) fn new(page: &'a str) -> Self {
        Self {
            source: Source::new(page),
            families: Vec::new(),
            taken: HashSet::default(),
            open: None,
        }
    }

    /// Adds a line.
    pub(super) fn add(&mut self, line: &Line<'a>) -> Result<(), ParseError> {
        match *line {
            Line::Help { name, help } => {
                check_length(self.source, help.raw())?;
                let slot = &mut self.header(name)?.draft.help;
                let is_first = slot.replace(help.unescape()).is_none();
                self.once(is_first, "one HELP line for each name", name)
            }
            Line::Type { name, kind } => {
                let slot = &mut self.header(name)?.draft.kind;
                let is_first = slot.replace(kind).is_none();
                self.once(is_first, "one TYPE line for each name", name)
            }
            Line::Unit { name, unit } => {
                check_length(self.source, unit)?;
                let slot = &mut self.header(name)?.draft.unit;
                let is_first = slot.replace(unit).is_none();
                self.once(is_first, "one UNIT line for each name", name)
            }
            Line::Sample(ref sample) => self.sample(sample),
            Line::Eof => Ok(()),
        }
    }

    /// The snapshot of all families.
    pub(super) fn finish(mut self) -> Result<Snapshot, ParseError> {
        self.close()?;
        Ok(self.families.into_iter().collect())
    }

    /// The family that a header names, which has no sample yet.
    fn header(&mut self, name: Escaped<'a>) -> Result<&mut Open<'a>, ParseError> {
        let meant = self.name(name)?;
        let is_open = |open: &Open<'_>| open.draft.name == meant;
        if !self.open.as_ref().is_some_and(is_open) {
            self.close()?;
        }
        let open = self
            .open
            .get_or_insert_with(|| Open::new(meant, name.raw()));
        if !open.draft.is_empty() {
            let expected = "HELP, TYPE and UNIT before the samples";
            return Err(self
                .source
                .error(ParseErrorKind::Metadata, expected, name.raw()));
        }
        Ok(open)
    }

    fn once(
        &self,
        is_first: bool,
        expected: &'static str,
        name: Escaped<'_>,
    ) -> Result<(), ParseError> {
        if is_first {
            return Ok(());
        }
        Err(self
            .source
            .error(ParseErrorKind::Metadata, expected, name.raw()))
    }

    fn sample(&mut self, sample: &Sample<'a>) -> Result<(), ParseError> {
        let meant = self.name(sample.name)?;
        let part = self.open.as_ref().and_then(|open| open.part_of(&meant));
        if part.is_none() {
            self.close()?;
        }
        let new = || Open::new(meant, sample.name.raw());
        let open = self.open.get_or_insert_with(new);
        open.sample(self.source, part.unwrap_or(Part::Value), sample)
    }

    fn name(&self, name: Escaped<'a>) -> Result<Cow<'a, str>, ParseError> {
        check_length(self.source, name.raw())?;
        if name.raw().is_empty() {
            let expected = "a metric name that is not empty";
            return Err(self
                .source
                .error(ParseErrorKind::Name, expected, name.raw()));
        }
        Ok(name.unescape())
    }

    /// Ends the family of the last line.
    fn close(&mut self) -> Result<(), ParseError> {
        let Some(Open { draft, .. }) = self.open.take() else {
            return Ok(());
        };
        let (kind, place) = (draft.kind(), draft.place);
        let name = classic_name(draft.name.clone());
        let parts = Part::in_open_metrics(kind)
            .iter()
            .map(|(suffix, _)| *suffix);
        // The name itself is taken too, whether or not a sample has it.
        let suffixes = parts.filter(|suffix| !suffix.is_empty()).chain([""]);
        for suffix in suffixes {
            if !self.taken.insert(format!("{name}{suffix}")) {
                let expected = "a name that, with its suffixes, no family before has";
                return Err(self.source.error(ParseErrorKind::Name, expected, place));
            }
        }
        self.check_unit(&draft.name, draft.unit.unwrap_or_default(), kind, place)?;
        for point in draft.points() {
            point.check_complete(self.source, kind)?;
        }
        let exposed = match kind {
            Kind::Counter => Cow::Owned(format!("{name}_total")),
            Kind::Info => Cow::Owned(format!("{name}_info")),
            _ => name,
        };
        self.families.push(draft.finish(&exposed));
        Ok(())
    }

    fn check_unit(
        &self,
        name: &str,
        unit: &str,
        kind: Kind,
        place: &str,
    ) -> Result<(), ParseError> {
        if unit.is_empty() {
            return Ok(());
        }
        let base = name.strip_suffix(unit);
        let expected = if matches!(kind, Kind::Info | Kind::StateSet) {
            format!("no unit for a family of type {kind}")
        } else if base.is_some_and(|base| base.ends_with('_')) {
            return Ok(());
        } else {
            "a name that ends in '_' and the unit".to_owned()
        };
        Err(self.source.error(ParseErrorKind::Metadata, expected, place))
    }
}
