//! From a declaration to a series or a family: the one door of builders and traits.

use std::sync::{Arc, OnceLock};

use dynamometer_cells::{Bounds, ExponentialBuckets, ExponentialLayout, Kept, Series};
use dynamometer_exposition::Unit;

use crate::DEFAULT_BUCKETS;
use crate::container::Container;
use crate::error::{Error, ErrorKind};
use crate::family::{Inner, MetricVec};
use crate::handle::{Context, Handle};
use crate::labels::{Labels, cardinality};
use crate::registry::{
    Family, FamilyOptions, Instrument, Layout, Name, Origin, Request, Schema, SeriesDense, States,
    check_label, check_label_name, check_labels,
};

/// Keys up to which a family finds them by number.
const MOST_DENSE: usize = 1024;

/// What a builder or a trait call declares.
#[derive(Clone, Debug)]
pub(crate) struct Declared<'a> {
    pub(crate) name: &'a str,
    pub(crate) help: &'a str,
    pub(crate) unit: Option<Unit>,
    pub(crate) labels: Vec<(&'a str, &'a str)>,
    pub(crate) buckets: &'a [f64],
    pub(crate) exponential: ExponentialLayout,
    pub(crate) states: &'a [&'a str],
    pub(crate) aliases: Vec<&'a str>,
    pub(crate) options: FamilyOptions,
}

impl Container {
    /// Checks and registers one series.
    pub(crate) fn register<H: Handle>(&self, declared: &Declared<'_>) -> Result<H, Error> {
        let schema = self.schema(declared, Vec::new())?;
        let request = self.request(declared, H::INSTRUMENT)?;
        check_label(&request, &schema)?;
        let key = schema.key(&[] as &[&str]);
        let now = self.clock().unix_time().as_secs_f64();
        let remote = self.registry().remote.declare(&request, &schema)?;
        let grant = remote.grant(&[] as &[&str])?;
        let (series, origin) = self
            .registry()
            .declare(&request, |family| family.series(key, &schema, now, grant))?;
        // The overflow series of single ones is everybody's.
        if origin == Origin::New {
            self.note(&request.name.exposed, [&series]);
        }
        if origin.is_overflow() {
            crate::self_metrics::overflow_counter(&request.name.exposed).inc();
        }
        let context = self.context(request.layout);
        Ok(H::kept(Kept::new(series), &context))
    }

    /// Checks and registers a family that is looked up by these labels.
    pub(crate) fn register_family<H: Handle>(
        &self,
        declared: &Declared<'_>,
        label_names: &[&str],
    ) -> Result<MetricVec<H>, Error> {
        let inner = self.family(declared, label_names, H::INSTRUMENT, |_, _| Ok(None))?;
        Ok(MetricVec::new(inner))
    }

    /// Checks and registers a family that is looked up by a typed key.
    pub(crate) fn register_keyed<H: Handle, L: Labels>(
        &self,
        declared: &Declared<'_>,
    ) -> Result<MetricVec<H, L>, Error> {
        let now = self.clock().unix_time().as_secs_f64();
        // An info must not say what nobody said yet, so its series are made one by one.
        let numbers = cardinality(L::VALUES)
            .filter(|numbers| *numbers <= MOST_DENSE && H::INSTRUMENT != Instrument::Info);
        let mut made = Vec::new();
        let numbers = numbers.filter(|_| L::VALUES.len() == L::NAMES.len());
        let is_elsewhere = self.registry().remote.is_there();
        let number = |family: &mut Family, schema: &Schema| {
            let dense = numbers.map(|numbers| {
                if is_elsewhere {
                    return Ok(family.members.dense(numbers));
                }
                number_all(family, schema, numbers, L::VALUES, now, &mut made)
            });
            dense.transpose()
        };
        let inner = self.family(declared, L::NAMES, H::INSTRUMENT, number)?;
        self.note(&inner.name, &made);
        if is_elsewhere {
            // One by one: nobody is asked under the lock.
            for number in 0..numbers.unwrap_or(0) {
                inner.create_dense(number, &key_of(number, L::VALUES))?;
            }
        }
        Ok(MetricVec::new(inner))
    }

    /// Tells the owned scope, if this is one, of series that were made for it.
    fn note<'s>(&self, family: &str, made: impl IntoIterator<Item = &'s Arc<Series>>) {
        if let Some(created) = &self.created {
            for series in made {
                created.note(family.into(), series);
            }
        }
    }

    fn family(
        &self,
        declared: &Declared<'_>,
        label_names: &[&str],
        instrument: Instrument,
        number: impl FnOnce(&mut Family, &Schema) -> Result<Option<SeriesDense>, Error>,
    ) -> Result<Inner, Error> {
        let schema = self.schema(declared, self.check_names(declared, label_names)?)?;
        let request = self.request(declared, instrument)?;
        check_label(&request, &schema)?;
        self.requested_family(request, schema, number)
    }

    /// Registers a family whose request was checked.
    pub(crate) fn requested_family(
        &self,
        request: Request<'_>,
        mut schema: Schema,
        number: impl FnOnce(&mut Family, &Schema) -> Result<Option<SeriesDense>, Error>,
    ) -> Result<Inner, Error> {
        let remote = self.registry().remote.declare(&request, &schema)?;
        let found = self.registry().declare(&request, |family| {
            family.admit(&mut schema)?;
            let dense = number(family, &schema)?;
            let dense = dense.unwrap_or_else(|| family.members.dense(0));
            Ok((
                dense,
                family.members.table().clone(),
                Arc::clone(&family.is_full),
            ))
        });
        let (dense, table, is_full) = found?;
        Ok(Inner {
            registry: Arc::clone(self.registry()),
            name: request.name.exposed.as_str().into(),
            instrument: request.instrument,
            schema,
            context: self.context(request.layout),
            table,
            dense,
            is_full,
            overflow: OnceLock::new(),
            nowhere: OnceLock::new(),
            created: self.created.clone(),
            remote,
        })
    }

    /// Checks and registers a family that C++ declares.
    ///
    /// `asked` is what its name was before C++ sanitised it, where it did.
    #[cfg(feature = "libnv")]
    pub(crate) fn cxx_family(
        &self,
        declared: &Declared<'_>,
        label_names: &[&str],
        instrument: Instrument,
        asked: Option<&str>,
    ) -> Result<Inner, Error> {
        let schema = self.schema(declared, self.check_names(declared, label_names)?)?;
        let mut request = self.request(declared, instrument)?;
        if let Some(asked) = asked {
            request.name.asked = self.prefix.ask(asked);
        }
        check_label(&request, &schema)?;
        self.requested_family(request, schema, |_, _| Ok(None))
    }

    /// The names of looked-up labels as they are exposed, each once, and none of
    /// the constant ones.
    fn check_names(
        &self,
        declared: &Declared<'_>,
        label_names: &[&str],
    ) -> Result<Vec<String>, Error> {
        let constant = check_labels(&self.labels, declared.labels.iter().copied())?;
        check_labels(&constant, label_names.iter().map(|name| (*name, "")))?;
        label_names.iter().copied().map(check_label_name).collect()
    }

    fn schema(&self, declared: &Declared<'_>, names: Vec<String>) -> Result<Schema, Error> {
        let constant = check_labels(&self.labels, declared.labels.iter().copied())?;
        Ok(Schema::new(&constant, names))
    }

    fn request<'a>(
        &self,
        declared: &Declared<'a>,
        instrument: Instrument,
    ) -> Result<Request<'a>, Error> {
        let Declared {
            name,
            help,
            unit,
            options,
            ..
        } = *declared;
        if let Some(unit) = unit.filter(|_| !instrument.has_unit()) {
            let message = format!("{name:?} can not have {unit}: {instrument} has no unit");
            return Err(Error::new(ErrorKind::UnitMismatch, message));
        }
        let exposed = |name| Name::new(&self.prefix, name, unit, instrument);
        let aliases = declared.aliases.iter();
        let aliases = aliases.map(|alias| Ok(exposed(alias)?.exposed));
        Ok(Request {
            name: exposed(name)?,
            instrument,
            layout: layout(declared, instrument)?,
            help,
            unit,
            options,
            aliases: aliases.collect::<Result<_, Error>>()?,
        })
    }

    pub(crate) fn context(&self, layout: Layout) -> Context {
        Context {
            layout,
            clock: Arc::clone(&self.registry().clock),
        }
    }
}

impl Default for Declared<'_> {
    fn default() -> Self {
        Self {
            name: "",
            help: "",
            unit: None,
            labels: Vec::new(),
            buckets: DEFAULT_BUCKETS,
            exponential: ExponentialLayout::default(),
            states: &[],
            aliases: Vec::new(),
            options: FamilyOptions::default(),
        }
    }
}

/// What the series of a family have in common.
pub(crate) fn layout(declared: &Declared<'_>, instrument: Instrument) -> Result<Layout, Error> {
    let name = declared.name;
    match instrument {
        Instrument::Histogram => match Bounds::new(declared.buckets) {
            Ok(bounds) => Ok(Layout::Buckets(Arc::new(bounds))),
            Err(error) => Err(Error::new(
                ErrorKind::InvalidBuckets,
                format!("histogram {name:?}: {error}"),
            )),
        },
        Instrument::ExponentialHistogram => match ExponentialBuckets::new(declared.exponential) {
            Ok(buckets) => Ok(Layout::Exponential(Arc::new(buckets))),
            Err(error) => Err(Error::new(
                ErrorKind::InvalidBuckets,
                format!("histogram {name:?}: {error}"),
            )),
        },
        Instrument::StateSet => Ok(Layout::States(Arc::new(States::new(
            name,
            declared.states,
        )?))),
        _ => Ok(Layout::Plain),
    }
}

/// Creates the series of all keys, at 0, each found by its number; those that are
/// new are added to `made`.
fn number_all(
    family: &mut Family,
    schema: &Schema,
    numbers: usize,
    values: &[Option<&[&str]>],
    now: f64,
    made: &mut Vec<Arc<Series>>,
) -> Result<SeriesDense, Error> {
    let dense = family.members.dense(numbers);
    for number in 0..numbers {
        let key = schema.key(&key_of(number, values));
        let (series, origin) = family.series(key, schema, now, None)?;
        if !origin.is_overflow() {
            family.members.set_dense(&dense, number, &series);
        }
        if origin.is_new() {
            made.push(series);
        }
    }
    Ok(dense)
}

/// The values of the key with this number: mixed radix, the last label the least
/// significant.
fn key_of<'v>(number: usize, values: &[Option<&[&'v str]>]) -> Vec<&'v str> {
    let mut rest = number;
    let mut key: Vec<&str> = values
        .iter()
        .rev()
        .map(|values| {
            let values = values.unwrap_or_default();
            let value = values[rest % values.len()];
            rest /= values.len();
            value
        })
        .collect();
    key.reverse();
    key
}
