//! The families of a page of 0.0.4, as far as it was read.

use std::borrow::Cow;
use std::collections::HashMap;

use foldhash::fast::RandomState;

use crate::model::{Kind, Snapshot};
use crate::parse::error::{ParseError, ParseErrorKind};
use crate::parse::family::{Amount, Draft, Part, SeriesKey, Source, check_length, classic_name};
use crate::parse::scan::{Escaped, Line, Sample};
use crate::parse::text::ignored::Ignored;

/// The families of a page, as far as it was read.
#[derive(Debug)]
pub(super) struct Page<'a> {
    source: Source<'a>,
    families: Vec<Draft<'a>>,
    /// By the name in the model.
    by_name: HashMap<Cow<'a, str>, usize, RandomState>,
    /// The family of the last line.
    last: Option<usize>,
    /// The name of the last sample, and what it is a part of; until a header comes.
    last_part: Option<(&'a str, usize, Part)>,
    /// Counts up where a family goes on after other lines.
    piece: u32,
    /// What was left out, where that is allowed.
    ignored: Option<Vec<Ignored>>,
}

impl<'a> Page<'a> {
    /// A page of one exporter.
    pub(super) fn strict(page: &'a str) -> Self {
        Self {
            source: Source::new(page),
            families: Vec::new(),
            by_name: HashMap::default(),
            last: None,
            last_part: None,
            piece: 0,
            ignored: None,
        }
    }

    /// A page of several exporters.
    pub(super) fn joined(page: &'a str) -> Self {
        let ignored = Some(Vec::new());
        Self {
            ignored,
            ..Self::strict(page)
        }
    }

    /// Adds the line of this number.
    pub(super) fn add(&mut self, number: usize, line: &Line<'a>) -> Result<(), ParseError> {
        match *line {
            Line::Help { name, help } => self.help(number, name, help),
            Line::Type { name, kind } => self.kind(name, kind),
            Line::Sample(ref sample) => self.sample(number, sample),
            // Comments in this format, which the scanner leaves out.
            Line::Unit { .. } | Line::Eof => Ok(()),
        }
    }

    /// The snapshot of all families, and what was left out.
    pub(super) fn finish(self) -> Result<(Snapshot, Vec<Ignored>), ParseError> {
        self.check_clashes()?;
        let mut names = vec![Cow::Borrowed(""); self.families.len()];
        for (name, at) in self.by_name {
            names[at] = name;
        }
        let mut families = Vec::with_capacity(self.families.len());
        for (draft, name) in self.families.into_iter().zip(names) {
            for point in draft.points() {
                if let Amount::Histogram(histogram) = &point.amount {
                    histogram.check(self.source, point.series)?;
                }
            }
            families.push(draft.finish(&name));
        }
        Ok((
            families.into_iter().collect(),
            self.ignored.unwrap_or_default(),
        ))
    }

    /// Refuses a family whose series look like parts of another one's.
    fn check_clashes(&self) -> Result<(), ParseError> {
        for (name, at) in &self.by_name {
            let draft = &self.families[*at];
            for (suffix, _) in Part::in_text(draft.kind()) {
                if suffix.is_empty() || draft.is_empty() {
                    continue;
                }
                let other = self.by_name.get(&*format!("{name}{suffix}"));
                if let Some(other) = other.map(|at| &self.families[*at]) {
                    let expected = format!("no family with the name of a part of {name}");
                    return Err(self.error(ParseErrorKind::Name, expected, other.place));
                }
            }
        }
        Ok(())
    }

    fn help(
        &mut self,
        number: usize,
        name: Escaped<'a>,
        help: Escaped<'a>,
    ) -> Result<(), ParseError> {
        check_length(self.source, help.raw())?;
        let at = self.header(name)?;
        let text = help.unescape();
        let draft = &mut self.families[at];
        match (&draft.help, &mut self.ignored) {
            (None, _) => draft.help = Some(text),
            (Some(first), Some(_)) if *first == text => {}
            (Some(_), Some(ignored)) => {
                let name = draft.name.to_string();
                ignored.push(Ignored::Help { line: number, name });
            }
            (Some(_), None) => {
                let expected = "one HELP line for each name";
                return Err(self.error(ParseErrorKind::Metadata, expected, name.raw()));
            }
        }
        Ok(())
    }

    fn kind(&mut self, name: Escaped<'a>, kind: Kind) -> Result<(), ParseError> {
        let at = self.header(name)?;
        let is_strict = self.ignored.is_none();
        let draft = &mut self.families[at];
        let expected = match draft.kind {
            Some(_) if is_strict => "one TYPE line for each name".into(),
            Some(known) if known != kind => format!("the type {known} as before"),
            None if is_strict && !draft.is_empty() => "the TYPE line before the samples".into(),
            None if kind != Kind::Unknown && !draft.is_empty() => {
                "the TYPE line before the samples".into()
            }
            _ => {
                draft.kind = Some(kind);
                return Ok(());
            }
        };
        Err(self.error(ParseErrorKind::Metadata, expected, name.raw()))
    }

    /// The family that a header names.
    fn header(&mut self, name: Escaped<'a>) -> Result<usize, ParseError> {
        self.last_part = None;
        let classic = self.classic(name)?;
        let Some(at) = self.by_name.get(&classic).copied() else {
            return Ok(self.open(name, classic));
        };
        self.check_name(at, name, "")?;
        self.go_on(at, name.raw())?;
        // A header behind samples begins the page of another exporter.
        if !self.families[at].is_empty() {
            self.piece += 1;
        }
        Ok(at)
    }

    fn sample(&mut self, number: usize, sample: &Sample<'a>) -> Result<(), ParseError> {
        let (at, part) = self.family_of(sample)?;
        let Sample { series, labels, .. } = *sample;
        let key = SeriesKey::read(self.source, series, labels, part.label())?;
        let bound = part.bound(self.source, key.apart, series)?;
        let draft = &mut self.families[at];
        let index = draft.index_of(key.labels, series, self.piece);
        let point = draft.point(index);
        if point.piece != self.piece || point.has(part, bound) {
            return match &mut self.ignored {
                None => Err(self.error(ParseErrorKind::Duplicate, "each series once", series)),
                Some(ignored) => {
                    let series = series.to_owned();
                    ignored.push(Ignored::Series {
                        line: number,
                        series,
                    });
                    Ok(())
                }
            };
        }
        point.timestamp = sample.point.timestamp.or(point.timestamp);
        point.set(self.source, part, bound, sample.point.value)
    }

    /// The family of a sample, and which part of its series it holds.
    fn family_of(&mut self, sample: &Sample<'a>) -> Result<(usize, Part), ParseError> {
        if let Some((name, at, part)) = self.last_part
            && name == sample.name.raw()
        {
            return Ok((at, part));
        }
        let classic = self.classic(sample.name)?;
        let (at, suffix) = match self.by_name.get(&classic) {
            Some(at) => (*at, ""),
            None => match self.base_of(&classic) {
                Some(found) => found,
                None => (self.open(sample.name, classic), ""),
            },
        };
        self.check_name(at, sample.name, suffix)?;
        self.go_on(at, sample.series)?;
        let kind = self.families[at].kind();
        let parts = Part::in_text(kind);
        if let Some((_, part)) = parts.iter().find(|(known, _)| *known == suffix) {
            self.last_part = Some((sample.name.raw(), at, *part));
            return Ok((at, *part));
        }
        let expected = format!("a sample name with a suffix of a {kind}");
        Err(self.error(ParseErrorKind::Syntax, expected, sample.series))
    }

    /// The family of which `name` is a part with a suffix, and the suffix.
    fn base_of(&self, name: &str) -> Option<(usize, &'static str)> {
        let parts = [Kind::Histogram, Kind::Summary].map(Part::in_text);
        parts.into_iter().flatten().find_map(|(suffix, part)| {
            let base = name.strip_suffix(suffix)?;
            let at = *self.by_name.get(base)?;
            let has = Part::in_text(self.families[at].kind());
            (!suffix.is_empty() && has.contains(&(suffix, *part))).then_some((at, *suffix))
        })
    }

    fn classic(&self, name: Escaped<'a>) -> Result<Cow<'a, str>, ParseError> {
        check_length(self.source, name.raw())?;
        if name.raw().is_empty() {
            let expected = "a metric name that is not empty";
            return Err(self.error(ParseErrorKind::Name, expected, name.raw()));
        }
        Ok(classic_name(name.unescape()))
    }

    fn open(&mut self, name: Escaped<'a>, classic: Cow<'a, str>) -> usize {
        let at = self.families.len();
        self.families.push(Draft::new(name.unescape(), name.raw()));
        self.by_name.insert(classic, at);
        self.last = Some(at);
        at
    }

    /// Refuses two names of which the model can hold only one.
    fn check_name(&self, at: usize, name: Escaped<'_>, suffix: &str) -> Result<(), ParseError> {
        let known = &self.families[at].name;
        if name.unescape().strip_suffix(suffix) == Some(&**known) {
            return Ok(());
        }
        let expected = format!("a name that differs from {known:?} with underscores too");
        Err(self.error(ParseErrorKind::Name, expected, name.raw()))
    }

    /// Goes on with a family; that of the last line, unless pieces are allowed.
    fn go_on(&mut self, at: usize, place: &str) -> Result<(), ParseError> {
        if self.last == Some(at) {
            return Ok(());
        }
        if self.ignored.is_none() {
            let expected = "the lines of each family together";
            return Err(self.error(ParseErrorKind::Order, expected, place));
        }
        self.piece += 1;
        self.last = Some(at);
        Ok(())
    }

    fn error(
        &self,
        kind: ParseErrorKind,
        expected: impl Into<Cow<'static, str>>,
        found: &str,
    ) -> ParseError {
        self.source.error(kind, expected, found)
    }
}
