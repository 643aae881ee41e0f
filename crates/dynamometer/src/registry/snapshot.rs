//! The values of all families now.

use std::sync::Arc;

use dynamometer_cells::{Plan, Series, Stretches};
use dynamometer_exposition::{self as exposition, Desc, Snapshot, Values};

use crate::registry::column::Column;
use crate::registry::families::Registry;
use crate::registry::family::Family;
use crate::registry::reading::{self, Places};
use crate::registry::{Instrument, Layout, states};

/// Series from which on it pays to note where their cells lie.
const MANY: usize = 32;

/// A family's columns at one instant, for reading without the registry's lock.
pub(super) struct Columns {
    desc: Arc<Desc>,
    aliases: Vec<Arc<Desc>>,
    pub(super) instrument: Instrument,
    pub(super) layout: Layout,
    declared: u64,
    pub(super) series: Arc<Column>,
    created: Arc<Vec<f64>>,
    /// Where the cells lie: known of large families of counters.
    stretches: Option<Arc<Stretches>>,
    /// Idle series of the family are removed.
    expires: bool,
    pub(super) keeps_exemplars: bool,
}

impl Columns {
    fn of(family: &Family) -> Self {
        Self {
            desc: Arc::clone(&family.desc),
            aliases: family.aliases.clone(),
            instrument: family.instrument,
            layout: family.layout.clone(),
            declared: family.declared,
            series: Arc::clone(family.members.series()),
            created: Arc::clone(family.members.created()),
            stretches: family.members.stretches().cloned(),
            expires: family.expiry.is_some(),
            keeps_exemplars: family.keeps_exemplars(),
        }
    }

    /// The family's names.
    #[cfg(feature = "libnv")]
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        let aliases = self.aliases.iter().map(|alias| alias.name());
        aliases.chain([self.desc.name()])
    }

    /// When each series began, or began anew.
    fn began(&self) -> Arc<Vec<f64>> {
        let mut began = Arc::clone(&self.created);
        if self.instrument.is_counter() && Series::any_adjusted() {
            for (at, series) in self.series.iter().enumerate() {
                if let Some(restarted) = series.restarted() {
                    Arc::make_mut(&mut began)[at] = restarted;
                }
            }
        }
        began
    }

    /// The family as it is exposed, and under each other name it has.
    fn into_families(self, values: Values) -> Vec<exposition::Family> {
        let began = self.began();
        let aliases = self.aliases.into_iter();
        if let (Layout::States(set), Values::Unsigned(masks)) = (&self.layout, &values) {
            // The label of the states has whichever name the family has.
            let expand = |desc| states::expand(desc, set, &self.series, &began, masks);
            return aliases.chain([self.desc]).map(expand).collect();
        }
        let exemplars = self
            .keeps_exemplars
            .then(|| reading::exemplars(&self.series));
        let family = exposition::Family::new(self.desc, self.series, values);
        let mut family = family.with_created(began);
        if let Some(exemplars) = exemplars {
            family = family.with_exemplars(exemplars);
        }
        let mut all: Vec<_> = aliases.map(|alias| family.renamed(alias)).collect();
        all.push(family);
        all
    }
}

impl Registry {
    /// Sums all series, and reads all sources meanwhile.
    pub(crate) fn snapshot(&self) -> Snapshot {
        let reads = self.sources.begin(self.number, &self.clock);
        let mut page = self.own_snapshot();
        reads.merge_into(&mut page);
        page
    }

    /// Sums all series. The lock is held only while the columns are shared, and
    /// while idle series are judged.
    pub(crate) fn own_snapshot(&self) -> Snapshot {
        self.collectors.collect();
        if self.remote.is_there() {
            self.expire_all();
        }
        if let Some(page) = self.remote.snapshot(self) {
            return page;
        }
        let mut columns = self.columns();
        self.note_stretches(&mut columns);
        let values = read(&columns);
        for (columns, values) in columns.iter().zip(&values) {
            if columns.expires {
                self.expire(columns, values);
            }
        }
        columns
            .into_iter()
            .zip(values)
            .flat_map(|(columns, values)| columns.into_families(values))
            .collect()
    }

    /// The columns of all families now.
    pub(super) fn columns(&self) -> Vec<Columns> {
        let mut families = self.families.lock();
        // What was removed is freed here at the latest.
        let families = families.by_name.values_mut();
        families
            .map(|family| {
                family.members.free();
                Columns::of(family)
            })
            .collect()
    }

    /// Judges idle series where the values are read elsewhere.
    fn expire_all(&self) {
        for columns in self.columns().iter().filter(|columns| columns.expires) {
            let (instrument, layout) = (columns.instrument, &columns.layout);
            let values = reading::read(instrument, layout, &columns.series);
            self.expire(columns, &values);
        }
    }

    /// Finds out where the cells of large families of counters lie, outside the
    /// lock, and keeps it for the next snapshot.
    fn note_stretches(&self, columns: &mut [Columns]) {
        for columns in columns {
            let series = &columns.series;
            let is_wanted = columns.instrument.is_counter() && series.len() >= MANY;
            if columns.stretches.is_none() && is_wanted {
                let found: Arc<Stretches> = Arc::new(series.iter().map(|one| &**one).collect());
                columns.stretches = Some(Arc::clone(&found));
                self.with_family(columns.desc.name(), |family| {
                    family.members.note_stretches(series, found);
                });
            }
        }
    }

    /// Removes the series of one family that were idle for too long.
    fn expire(&self, columns: &Columns, values: &Values) {
        let now = self.clock.now();
        let (instrument, layout) = (columns.instrument, &columns.layout);
        self.with_family(columns.desc.name(), |family| {
            let Some(mut expiry) = family.expiry.take() else {
                return;
            };
            let marks = reading::marks(values);
            let read = |series: &[Arc<Series>]| {
                reading::marks(&reading::read(instrument, layout, series)).collect()
            };
            // What came and did not go yet is still there: it would go below zero.
            let is_busy = |mark| instrument == Instrument::UpDownCounter && mark != 0;
            let members = &mut family.members;
            let expired = expiry.judge(members, now, &columns.series, marks, is_busy, read);
            family.expiry = Some(expiry);
            for series in expired {
                family.remove_idle(&series);
            }
        });
    }
}

/// Reads all families in one pass.
fn read(columns: &[Columns]) -> Vec<Values> {
    // Asked once: what is planned must be read the same way.
    let sums_are_values = !Series::any_adjusted();
    let mut plan = Plan::new();
    let mut places: Vec<Places> = vec![Places::Each(Vec::new()); columns.len()];
    // In order of declaration: up-down counters nest in that order.
    let mut order: Vec<usize> = (0..columns.len()).collect();
    order.sort_unstable_by_key(|&at| columns[at].declared);
    for at in order {
        let Columns {
            instrument,
            series,
            stretches,
            ..
        } = &columns[at];
        places[at] = match stretches {
            Some(all) if sums_are_values => reading::plan_together(&mut plan, *instrument, all),
            _ => reading::plan(&mut plan, *instrument, series),
        };
    }
    let sums = plan.run();
    let values = |(columns, places): (&Columns, Places)| {
        let Columns {
            instrument,
            layout,
            series,
            ..
        } = columns;
        reading::values(*instrument, layout, series, &places, &sums)
    };
    columns.iter().zip(places).map(values).collect()
}
