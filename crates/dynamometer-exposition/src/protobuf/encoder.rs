//! One page after the other, of families that hardly change.

use std::collections::HashMap;
use std::mem;
use std::sync::{Arc, Weak};

use crate::lines::page_size;
use crate::model::{Family, LabelColumn, Snapshot, Value, Values};
use crate::page::Page;
use crate::protobuf::series::write_series;
use crate::protobuf::shape::Shape;
use crate::protobuf::wire::Wire;
use crate::protobuf::writer::write_family;

/// Series from which on a family's messages are kept.
const MANY: usize = 32;

/// Series whose messages are copied at once, before their values are filled in.
const BATCH: usize = 128;

/// Writes pages of protobuf, and keeps what stays the same between them.
///
/// Of a family of many numbers whose series are those of the last page, messages
/// are copied whole and only their values filled in. What is kept belongs to one
/// container's snapshots, and takes about as much memory as the page.
///
/// ```
/// use dynamometer_exposition::{Snapshot, protobuf};
///
/// let mut encoder = protobuf::Encoder::default();
/// let mut page = Vec::new();
/// # let snapshot = Snapshot::default();
/// for _ in 0..3 {
///     page = encoder.render(&snapshot, page);
/// }
/// assert_eq!(page, protobuf::render(&snapshot, Vec::new()));
/// ```
///
/// # Cost
///
/// About 15 ns a counter with four labels whose family is as it was, 300 ns where
/// it changed.
#[derive(Debug, Default)]
pub struct Encoder {
    families: HashMap<Box<str>, Messages>,
}

/// The messages of one family's series.
#[derive(Debug)]
struct Messages {
    labels: Weak<dyn LabelColumn>,
    created: Option<Weak<Vec<f64>>>,
    shape: Shape,
    bytes: Vec<u8>,
    /// Where each series' value is in the bytes.
    values: Vec<u32>,
}

impl Encoder {
    /// Writes all families of `snapshot` into `buffer`, over whatever it holds.
    ///
    /// The page is that of [`render`](super::render).
    pub fn render(&mut self, snapshot: &Snapshot, buffer: Vec<u8>) -> Vec<u8> {
        // What is not on this page is forgotten with the map.
        let mut before = mem::take(&mut self.families);
        let mut page = Page::over(buffer, page_size(snapshot));
        for family in snapshot.families() {
            let messages = before.remove(family.desc().name());
            let messages = messages.filter(|known| known.are_of(family));
            let messages = messages.or_else(|| Messages::of(family));
            write_family(&mut page, family, |wire, shape| match &messages {
                Some(messages) => messages.write(wire.page(), &family.values),
                None => family
                    .samples()
                    .for_each(|sample| write_series(wire, shape, sample)),
            });
            if let Some(messages) = messages {
                let name = family.desc().name().into();
                self.families.insert(name, messages);
            }
        }
        page.finish()
    }
}

impl Messages {
    /// Makes the messages of a family of numbers that have nothing else to be filled
    /// in; `None` for any other.
    fn of(family: &Family) -> Option<Self> {
        let shape = Shape::of(family);
        let has_more = family.timestamps.is_some()
            || shape.is_counter() && family.exemplars.is_some()
            || !family.values.are_numbers();
        if has_more || family.len() < MANY {
            return None;
        }
        let mut page = Page::over(Vec::new(), family.len() * 96);
        let mut values = Vec::with_capacity(family.len());
        for mut sample in family.samples() {
            sample.value = Value::Float(0.0);
            write_series(&mut Wire::new(&mut page), shape, sample);
            let after = shape.bytes_after_value(sample.created);
            let value = page.len() - after - size_of::<f64>();
            values.push(u32::try_from(value).ok()?);
        }
        let mut bytes = page.finish();
        bytes.shrink_to_fit();
        Some(Self {
            labels: Arc::downgrade(&family.labels),
            created: family.created.as_ref().map(Arc::downgrade),
            shape,
            bytes,
            values,
        })
    }

    /// True where the family's series are still those of the messages.
    ///
    /// A column that is held is never changed, and one that is only watched moves
    /// when it is changed: the same address is the same content.
    fn are_of(&self, family: &Family) -> bool {
        let created = family.created.as_ref().map(Arc::downgrade);
        let is_created = match (&self.created, &created) {
            (Some(mine), Some(other)) => mine.ptr_eq(other),
            (mine, other) => mine.is_none() && other.is_none(),
        };
        is_created
            && self.labels.ptr_eq(&Arc::downgrade(&family.labels))
            && self.shape == Shape::of(family)
            && self.values.len() == family.len()
            && family.timestamps.is_none()
            && (family.exemplars.is_none() || !self.shape.is_counter())
    }

    fn write(&self, page: &mut Page<'static>, values: &Values) {
        match values {
            Values::Unsigned(values) => self.fill_in(page, values, |value| *value as f64),
            Values::Signed(values) => self.fill_in(page, values, |value| *value as f64),
            Values::Float(values) => self.fill_in(page, values, |value| *value),
            _ => {}
        }
    }

    fn fill_in<T>(&self, page: &mut Page<'static>, values: &[T], float: impl Fn(&T) -> f64) {
        let mut from = 0;
        let batches = self.values.chunks(BATCH).zip(values.chunks(BATCH));
        for (places, values) in batches {
            // Up to the end of the batch's last value: what follows it comes with the
            // next batch.
            let last = places.last().map_or(0, |place| *place as usize);
            let to = last + size_of::<f64>();
            let room = page.room(to - from);
            room.copy_from_slice(&self.bytes[from..to]);
            for (place, value) in places.iter().zip(values) {
                let at = *place as usize - from;
                room[at..at + size_of::<f64>()].copy_from_slice(&float(value).to_le_bytes());
            }
            page.take(to - from);
            from = to;
        }
        let rest = &self.bytes[from..];
        page.room(rest.len()).copy_from_slice(rest);
        page.take(rest.len());
    }
}
