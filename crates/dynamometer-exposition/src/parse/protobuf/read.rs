//! A page as a snapshot.

use std::borrow::Cow;
use std::collections::HashSet;

use foldhash::fast::RandomState;

use crate::model::{Desc, Family, Kind, Snapshot};
use crate::parse::error::{Found, ParseError, ParseErrorKind};
use crate::parse::family::classic_name;
use crate::parse::protobuf::exponential::Budget;
use crate::parse::protobuf::fault::{Fault, Within};
use crate::parse::protobuf::metric::Metric;
use crate::parse::protobuf::wire::{Field, Wire};
use crate::parse::protobuf::{part, series};

/// Reads a page of delimited `io.prometheus.client.MetricFamily` messages.
///
/// Each message stands behind its length. Fields that are not known are skipped;
/// repeated numbers may be packed or not. A family without a type is a counter, as
/// the schema says. Names keep as they are, but for a `_` in place of each
/// character that the model does not hold. Timestamps, start times and exemplars
/// are kept.
///
/// A histogram with exponential buckets becomes an
/// [`ExponentialValue`](crate::ExponentialValue), whether or not it has classic ones too. A
/// histogram of floats is taken where all of its counts are whole.
///
/// <https://github.com/prometheus/client_model/blob/master/io/prometheus/client/metrics.proto>
///
/// # Errors
///
/// At the first message that is cut off, or holds what the schema or a metric of
/// its kind does not allow; with the bytes before it and the field's path. Besides
/// the limits of [`text`](crate::parse::text), empty exponential buckets between
/// others are limited: 65 536, and four more for each byte of the page.
///
/// # Cost
///
/// Time grows with the page, and so does memory: about three times its bytes
/// for plain series, up to forty times with exponential buckets far apart.
pub fn protobuf(page: &[u8]) -> Result<Snapshot, ParseError> {
    families(page).map_err(Fault::into_error)
}

fn families(page: &[u8]) -> Result<Snapshot, Fault> {
    let mut budget = Budget::of_page(page.len());
    let mut names: HashSet<String, RandomState> = HashSet::default();
    let mut families: Vec<Family> = Vec::new();
    let mut rest = Wire::new(page);
    while !rest.is_empty() {
        let message = rest.delimited();
        let position = families.len();
        let family = message.and_then(|message| {
            let family = family(message, &mut budget)?;
            let name = family.desc().name();
            if names.insert(name.to_owned()) {
                return Ok(family);
            }
            let expected = "a family name that is not there before, with underscores too";
            let found = Found::Text(name);
            Err(Fault::new(
                message.at(),
                ParseErrorKind::Name,
                expected,
                &found,
            ))
        });
        families.push(family.within_nth("family", position)?);
    }
    Ok(families.into_iter().collect())
}

/// A `MetricFamily`.
fn family(mut message: Wire<'_>, budget: &mut Budget) -> Result<Family, Fault> {
    let start = message;
    let (mut name, mut help, mut unit, mut kind) = ("", "", "", Kind::Counter);
    while let Some(field) = message.field()? {
        match field.number {
            1 => name = part::text(&field).within("name")?,
            2 => help = part::text(&field).within("help")?,
            3 => kind = kind_of(&field).within("type")?,
            5 => unit = part::text(&field).within("unit")?,
            _ => {}
        }
    }
    if name.is_empty() {
        let (kind, found) = (ParseErrorKind::Name, "the end of the family");
        return Err(Fault::in_words(start.at(), kind, "the field name", found));
    }
    // Fields may be in any order: the type is known only now.
    let mut metrics = Vec::new();
    message = start;
    while let Some(field) = message.field()? {
        if field.number == 4 {
            let metric = field.message().and_then(|m| Metric::read(m, kind, budget));
            metrics.push(metric.within_nth("metric", metrics.len())?);
        }
    }
    let name = classic_name(Cow::Borrowed(name));
    let desc = Desc::new(name, kind).help(help).unit_text(unit);
    series::family(desc, metrics, start.at())
}

fn kind_of(field: &Field<'_>) -> Result<Kind, Fault> {
    const KINDS: [Kind; 6] = [
        Kind::Counter,
        Kind::Gauge,
        Kind::Summary,
        Kind::Unknown,
        Kind::Histogram,
        Kind::GaugeHistogram,
    ];
    let number = field.unsigned()?;
    let kind = usize::try_from(number).ok().and_then(|at| KINDS.get(at));
    kind.copied().ok_or_else(|| {
        let (kind, expected) = (ParseErrorKind::Metadata, "a type from 0 to 5");
        Fault::in_words(field.at, kind, expected, &number.to_string())
    })
}
