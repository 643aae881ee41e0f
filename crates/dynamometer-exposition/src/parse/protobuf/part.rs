//! The small messages: labels, times, exemplars.

use std::borrow::Cow;

use crate::model::{Exemplar, LabelSet};
use crate::parse::error::{Found, ParseErrorKind};
use crate::parse::family::{BYTES, LABELS, classic_label};
use crate::parse::protobuf::fault::{Fault, Within};
use crate::parse::protobuf::wire::{Field, Wire};

/// Nanoseconds in a second.
const NANOS: i64 = 1_000_000_000;

/// Labels, as far as they were read.
#[derive(Debug, Default)]
pub(super) struct Labels<'a> {
    pairs: Vec<(Cow<'a, str>, &'a str)>,
}

impl<'a> Labels<'a> {
    /// Adds a `LabelPair`.
    pub(super) fn add(&mut self, field: &Field<'a>) -> Result<(), Fault> {
        let position = self.pairs.len();
        self.read(field).within_nth("label", position)
    }

    fn read(&mut self, field: &Field<'a>) -> Result<(), Fault> {
        let (mut name, mut value) = ("", "");
        let mut pair = field.message()?;
        while let Some(field) = pair.field()? {
            match field.number {
                1 => name = text(&field).within("name")?,
                2 => value = text(&field).within("value")?,
                _ => {}
            }
        }
        let name = classic_label(Cow::Borrowed(name));
        if name.is_empty() || name == "__name__" {
            let expected = "a label name that is neither empty nor __name__";
            let found = Found::Text(&name);
            return Err(Fault::new(
                field.at,
                ParseErrorKind::Label,
                expected,
                &found,
            ));
        }
        if self.pairs.len() == LABELS {
            let (kind, found) = (ParseErrorKind::Limit, "another one");
            return Err(Fault::in_words(field.at, kind, "at most 128 labels", found));
        }
        self.pairs.push((name, value));
        Ok(())
    }

    /// The set of them, which belongs to the message at `at`.
    pub(super) fn finish(mut self, at: usize) -> Result<LabelSet, Fault> {
        self.pairs.sort_unstable();
        if let Some(two) = self.pairs.windows(2).find(|two| two[0].0 == two[1].0) {
            let found = Found::Text(&two[0].0);
            return Err(Fault::new(
                at,
                ParseErrorKind::Label,
                "each label once",
                &found,
            ));
        }
        Ok(LabelSet::new(
            self.pairs.iter().map(|(name, value)| (&**name, *value)),
        ))
    }
}

/// Text of a length that is fair.
pub(super) fn text<'a>(field: &Field<'a>) -> Result<&'a str, Fault> {
    let text = field.text()?;
    if text.len() > BYTES {
        let expected = "at most 65536 bytes of text";
        let found = Found::Text(text);
        return Err(Fault::new(
            field.at,
            ParseErrorKind::Limit,
            expected,
            &found,
        ));
    }
    Ok(text)
}

/// A `google.protobuf.Timestamp`, in seconds since the Unix epoch.
pub(super) fn timestamp(field: &Field<'_>) -> Result<f64, Fault> {
    let (mut seconds, mut nanos) = (0, 0);
    let mut message = field.message()?;
    while let Some(field) = message.field()? {
        match field.number {
            1 => seconds = field.int64().within("seconds")?,
            2 => nanos = field.int64().within("nanos")?,
            _ => {}
        }
    }
    if !(0..NANOS).contains(&nanos) {
        let (kind, expected) = (ParseErrorKind::Value, "nanos from 0 to 999999999");
        return Err(Fault::in_words(
            field.at,
            kind,
            expected,
            &nanos.to_string(),
        ));
    }
    Ok(seconds as f64 + nanos as f64 / NANOS as f64)
}

/// An `Exemplar`.
pub(super) fn exemplar(mut message: Wire<'_>) -> Result<Exemplar, Fault> {
    let at = message.at();
    let (mut labels, mut value, mut time) = (Labels::default(), 0.0, None);
    while let Some(field) = message.field()? {
        match field.number {
            1 => labels.add(&field)?,
            2 => value = field.double().within("value")?,
            3 => time = Some(timestamp(&field).within("timestamp")?),
            _ => {}
        }
    }
    let exemplar = Exemplar::new(labels.finish(at)?, value);
    Ok(match time {
        Some(time) => exemplar.at(time),
        None => exemplar,
    })
}

/// A count that some write as a float, which overrides the whole one when above zero.
pub(super) fn count(whole: u64, float: Option<(f64, usize)>) -> Result<u64, Fault> {
    let Some((float, at)) = float.filter(|(float, _)| *float > 0.0 || float.is_nan()) else {
        return Ok(whole);
    };
    whole_of(float).ok_or_else(|| {
        let (kind, expected) = (ParseErrorKind::Value, "a whole number of observations");
        Fault::in_words(at, kind, expected, &float.to_string())
    })
}

/// The whole number that a float is, if it is one that fits.
pub(super) fn whole_of(float: f64) -> Option<u64> {
    if float.fract() != 0.0 || (float == 0.0 && float.is_sign_negative()) {
        return None;
    }
    u64::try_from(float as i128).ok()
}
