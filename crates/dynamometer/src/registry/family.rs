//! One family: its description, its series, and the rules for new ones.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use dynamometer_cells::{Full, Key, Options, Series};
use dynamometer_exposition::Desc;

use crate::error::{Error, ErrorKind};
use crate::registry::expiry::Expiry;
use crate::registry::members::Members;
use crate::registry::request::{FamilyOptions, Request};
use crate::registry::schema::Schema;
use crate::registry::{Grant, Instrument, Layout, states};

/// The series that a family may have where nobody says otherwise.
const DEFAULT_LIMIT: usize = 1_000_000;

/// A family of the registry.
#[derive(Debug)]
pub(crate) struct Family {
    pub(crate) desc: Arc<Desc>,
    /// The name as it was asked for first.
    asked: String,
    pub(crate) instrument: Instrument,
    pub(crate) layout: Layout,
    /// How many families were declared before this one.
    pub(crate) declared: u64,
    pub(crate) members: Members,
    /// The labels that series are looked up by, sorted.
    names: Option<Vec<Box<str>>>,
    /// Which number each form of schema has.
    forms: HashMap<String, usize>,
    /// The same values under other names.
    pub(crate) aliases: Vec<Arc<Desc>>,
    options: FamilyOptions,
    pub(crate) is_full: Arc<AtomicBool>,
    pub(crate) expiry: Option<Expiry>,
    /// How many `Owned` handles each series has that has any, by its address.
    owners: HashMap<usize, usize>,
    /// The series for all that are too many, one for each set of constant labels,
    /// by their addresses. They take up no room.
    overflows: HashSet<usize>,
    /// One of those was removed: who keeps it by the lock must not use it.
    lost_overflow: bool,
    /// The family is kept elsewhere, where what is removed here must be removed too.
    is_elsewhere: bool,
    removed: Vec<Removed>,
}

/// A series that is to be removed elsewhere.
#[derive(Debug)]
pub(super) struct Removed {
    pub(super) series: Arc<Series>,
    /// It stood still for too long; who has a handle on it there keeps it there.
    pub(super) is_idle: bool,
}

/// Makes a series over cells that are there already.
pub(crate) type Over<'a> = Box<dyn FnOnce(Options) -> Result<Arc<Series>, Full> + 'a>;

/// Whether a series was there before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Origin {
    Old,
    New,
    /// The family is full: this is where all further series are counted.
    Overflow,
    /// The same, for the first of them.
    NewOverflow,
}

impl Origin {
    pub(crate) const fn is_new(self) -> bool {
        matches!(self, Self::New | Self::NewOverflow)
    }

    pub(crate) const fn is_overflow(self) -> bool {
        matches!(self, Self::Overflow | Self::NewOverflow)
    }
}

impl Family {
    pub(crate) fn new(request: &Request<'_>, declared: u64, is_elsewhere: bool) -> Self {
        Self {
            desc: Arc::new(describe(&request.name.exposed, request)),
            asked: request.name.asked.clone(),
            instrument: request.instrument,
            layout: request.layout.clone(),
            declared,
            members: Members::new(),
            names: None,
            forms: HashMap::new(),
            aliases: Vec::new(),
            options: FamilyOptions::default(),
            is_full: Arc::default(),
            expiry: None,
            owners: HashMap::new(),
            overflows: HashSet::new(),
            lost_overflow: false,
            is_elsewhere,
            removed: Vec::new(),
        }
    }

    /// Checks that `request` means this family and not another of its name.
    pub(crate) fn check(&self, request: &Request<'_>) -> Result<(), Error> {
        let name = &request.name.exposed;
        let refuse =
            |kind, message: String| Err(Error::new(kind, message).with_existing(self.describe()));
        if self.instrument != request.instrument {
            let asked = request.instrument;
            return refuse(
                ErrorKind::KindMismatch,
                format!("{name:?} can not be {asked} too"),
            );
        }
        if self.desc.unit_of() != request.unit {
            let unit = request.unit.map_or("no unit", |unit| unit.as_str());
            return refuse(
                ErrorKind::UnitMismatch,
                format!("{name:?} can not have {unit}"),
            );
        }
        if self.layout != request.layout {
            let (kind, layout) = match &request.layout {
                Layout::States(_) => (ErrorKind::StatesMismatch, &request.layout),
                layout => (ErrorKind::BucketsMismatch, layout),
            };
            return refuse(kind, format!("{name:?} can not be{layout}"));
        }
        if self.asked != request.name.asked {
            let asked = &request.name.asked;
            return refuse(
                ErrorKind::NameCollision,
                format!("{asked:?} becomes {name:?} like {:?} before it", self.asked),
            );
        }
        if let Layout::States(_) = self.layout {
            let new = request.aliases.iter().filter(|alias| !self.is_alias(alias));
            for alias in new {
                states::check_alias(alias, self.members.series())?;
            }
        }
        Ok(())
    }

    /// Checks that look-ups go by the same labels everywhere, in any order, and
    /// numbers the schema.
    pub(crate) fn admit(&mut self, schema: &mut Schema) -> Result<(), Error> {
        self.check_names(schema)?;
        let number = self.forms.len();
        schema.number(*self.forms.entry(schema.form()).or_insert(number));
        Ok(())
    }

    fn check_names(&mut self, schema: &Schema) -> Result<(), Error> {
        let mut names = schema.names().to_vec();
        names.sort_unstable();
        if names.is_empty() {
            // A single series, whose labels are constant, may be in any family.
            return Ok(());
        }
        match &self.names {
            Some(known) if *known != names => {
                let name = self.desc.name();
                let message = format!("{name:?} can not be looked up by the labels {names:?}");
                let existing = format!("{} looked up by {known:?}", self.describe());
                Err(Error::new(ErrorKind::LabelsMismatch, message).with_existing(existing))
            }
            Some(_) => Ok(()),
            None => {
                self.names = Some(names);
                Ok(())
            }
        }
    }

    /// Takes over what a declaration says of limits, and returns what was before.
    pub(crate) fn set_options(&mut self, new: FamilyOptions) -> FamilyOptions {
        let before = self.options;
        self.restore_options(FamilyOptions {
            storage: before.storage.or(new.storage),
            limit: new.limit.or(before.limit),
            expire_after: new.expire_after.or(before.expire_after),
            exemplars: before.exemplars || new.exemplars,
        });
        before
    }

    /// Goes back to the options before a declaration that was refused.
    pub(crate) fn restore_options(&mut self, options: FamilyOptions) {
        self.options = options;
        match options.expire_after {
            Some(after) => self.expiry.get_or_insert_default().set_after(after),
            // Nothing is hidden yet: it was set in this very declaration.
            None => self.expiry = None,
        }
        self.note_fullness();
    }

    /// Takes over the further names of a declaration.
    pub(crate) fn add_aliases(&mut self, request: &Request<'_>) {
        for alias in &request.aliases {
            if !self.is_alias(alias) {
                self.aliases.push(Arc::new(describe(alias, request)));
            }
        }
    }

    fn is_alias(&self, name: &str) -> bool {
        self.aliases.iter().any(|known| known.name() == name)
    }

    /// Returns the series of this key, old or new, or the one for all that are
    /// too many. `schema` says which labels that one has.
    pub(crate) fn series(
        &mut self,
        key: Key,
        schema: &Schema,
        now: f64,
        grant: Option<Grant>,
    ) -> Result<(Arc<Series>, Origin), Error> {
        if let Some(series) = self.find(&key) {
            return Ok((series, Origin::Old));
        }
        if let Some(grant) = grant {
            return self.granted(key, schema, now, grant);
        }
        if self.is_at_limit() {
            return self.overflow(schema, now, None);
        }
        match self.insert(key, now, None) {
            Ok(series) => Ok((series, Origin::New)),
            // Where there is an overflow series already, nothing is lost.
            Err(full) => match self.find(&overflow_key(schema)) {
                Some(series) => Ok((series, Origin::Overflow)),
                None => Err(full),
            },
        }
    }

    /// Returns the series of this key, made over given cells where it is new.
    #[cfg(feature = "libnv")]
    pub(crate) fn series_over(
        &mut self,
        key: Key,
        schema: &Schema,
        now: f64,
        over: Over<'_>,
    ) -> Result<(Arc<Series>, Origin), Error> {
        if self.find(&key).is_some() || self.is_at_limit() {
            return self.series(key, schema, now, None);
        }
        Ok((self.insert(key, now, Some(over))?, Origin::New))
    }

    /// The series of this key, if there is one.
    pub(crate) fn find(&mut self, key: &Key) -> Option<Arc<Series>> {
        if let Some(series) = self.members.find(key) {
            return Some(series);
        }
        // One that is about to expire is wanted again.
        let series = self.expiry.as_mut()?.revive(key)?;
        self.members.link(Arc::clone(&series));
        Some(series)
    }

    /// The series that is kept elsewhere under this key, or that for all too many.
    fn granted(
        &mut self,
        key: Key,
        schema: &Schema,
        now: f64,
        grant: Grant,
    ) -> Result<(Arc<Series>, Origin), Error> {
        let is_own = grant.labels() == *key.text;
        let over: Over<'_> = Box::new(|options| grant.into_series(options));
        if is_own {
            Ok((self.insert(key, now, Some(over))?, Origin::New))
        } else {
            self.overflow(schema, now, Some(over))
        }
    }

    fn overflow(
        &mut self,
        schema: &Schema,
        now: f64,
        over: Option<Over<'_>>,
    ) -> Result<(Arc<Series>, Origin), Error> {
        let key = overflow_key(schema);
        if let Some(series) = self.find(&key) {
            return Ok((series, Origin::Overflow));
        }
        let series = self.insert(key, now, over)?;
        self.overflows.insert(address(&series));
        self.note_fullness();
        Ok((series, Origin::NewOverflow))
    }

    fn insert(&mut self, key: Key, now: f64, over: Option<Over<'_>>) -> Result<Arc<Series>, Error> {
        let name = self.desc.name();
        let text = key.text.clone();
        let options = Options {
            storage: self.options.storage.unwrap_or_default(),
            notify: None,
            key,
            exemplars: if self.options.exemplars {
                self.instrument.exemplars(&self.layout)
            } else {
                0
            },
            keeps: None,
        };
        let series = match over {
            Some(over) => over(options),
            None => self.instrument.series(&self.layout, options),
        };
        let series = series.map_err(|full| {
            let message = format!("series {name}{text}can not be created: {full}");
            Error::new(ErrorKind::Exhausted, message)
        })?;
        self.members.insert(Arc::clone(&series), now);
        self.note_fullness();
        Ok(series)
    }

    /// Removes a series; handles that are left record on, and nobody sees it.
    pub(crate) fn remove(&mut self, series: &Arc<Series>) {
        self.remove_as(series, false);
    }

    /// Removes a series that stood still for too long.
    pub(crate) fn remove_idle(&mut self, series: &Arc<Series>) {
        self.remove_as(series, true);
    }

    /// Removes the series over the same cells as one that was removed.
    pub(super) fn remove_twin(&mut self, of: &Arc<Series>) {
        let key = Key {
            text: of.text().into(),
            hash: of.hash(),
            tag: of.tag(),
        };
        if let Some(twin) = self.members.find(&key)
            && twin.recorded_offset() == of.recorded_offset()
        {
            self.remove(&twin);
            self.removed.clear();
        }
    }

    /// What was removed here and must be removed elsewhere.
    pub(super) fn take_removed(&mut self) -> Vec<Removed> {
        std::mem::take(&mut self.removed)
    }

    fn remove_as(&mut self, series: &Arc<Series>, is_idle: bool) {
        if self.is_elsewhere && self.members.lists(series) {
            self.removed.push(Removed {
                series: Arc::clone(series),
                is_idle,
            });
        }
        if let Some(expiry) = &mut self.expiry {
            expiry.forget(series);
        }
        self.owners.remove(&address(series));
        self.lost_overflow |= self.overflows.remove(&address(series));
        self.members.remove(series);
        self.note_fullness();
    }

    /// Removes all series.
    pub(crate) fn clear(&mut self) {
        let all = Arc::clone(self.members.series());
        // From the last on, so that none has to move.
        for series in all.iter().rev() {
            self.remove(series);
        }
    }

    /// Counts one more `Owned` handle of a series, if it is one of this family.
    pub(crate) fn own(&mut self, series: &Arc<Series>) {
        if !self.members.lists(series) {
            return;
        }
        *self.owners.entry(address(series)).or_default() += 1;
    }

    /// Counts one less, and removes the series with the last.
    pub(crate) fn disown(&mut self, series: &Arc<Series>) {
        let Some(owners) = self.owners.get_mut(&address(series)) else {
            // Removed by someone else in the meantime.
            return;
        };
        *owners -= 1;
        if *owners == 0 {
            self.remove(series);
        }
    }

    /// True where there is no room for another series.
    fn is_at_limit(&self) -> bool {
        let limit = self.options.limit.unwrap_or(DEFAULT_LIMIT);
        self.members.len() - self.overflows.len() >= limit
    }

    /// Says whether look-ups of new series need not ask any more.
    pub(crate) fn note_fullness(&self) {
        // Series that expire are hidden now and then, and found again under the
        // lock only. A look-up may miss one and come here after it is back, so
        // that it is not enough to ask while some are hidden.
        let hides = self.expiry.is_some();
        // Nor do look-ups know of series whose number was cleared when they left, or
        // that the overflow series they keep was removed.
        let asks = hides || self.members.has_dense() || self.lost_overflow;
        self.is_full
            .store(self.is_at_limit() && !asks, Ordering::Relaxed);
    }

    pub(crate) fn keeps_exemplars(&self) -> bool {
        self.options.exemplars
    }

    pub(crate) fn is_histogram(&self) -> bool {
        self.instrument.is_histogram()
    }

    fn describe(&self) -> String {
        let unit = self.desc.unit_of().map(|unit| format!(" in {unit}"));
        let help = Some(self.desc.help_text()).filter(|help| !help.is_empty());
        let help = help.map(|help| format!(", {help:?}"));
        let unit = unit.unwrap_or_default();
        let help = help.unwrap_or_default();
        format!("{}{unit}{}{help}", self.instrument, self.layout)
    }
}

fn describe(name: &str, request: &Request<'_>) -> Desc {
    Desc::new(name, request.instrument.kind())
        .help(request.help)
        .unit(request.unit)
}

/// The key of the one series for all that are too many: the constant labels, and
/// `overflow="true"`.
///
/// All labels of a single series are constant, and those that are too many differ
/// in them: they are counted without.
fn overflow_key(schema: &Schema) -> Key {
    let mut constant = schema.constant().to_vec();
    constant.retain(|(name, _)| name != OVERFLOW && !schema.names().is_empty());
    Schema::new(&constant, vec![OVERFLOW.to_owned()]).key(&["true"])
}

/// The label of the series for all that are too many.
pub(super) const OVERFLOW: &str = "overflow";

fn address(series: &Arc<Series>) -> usize {
    Arc::as_ptr(series).addr()
}
