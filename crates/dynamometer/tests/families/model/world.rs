//! A container and the maps that model it, changed together.

use std::collections::BTreeMap;

use dynamometer::{Container, Labels as _, OwnedScope, Snapshot, text};

use super::family::{Family, Key, with};
use super::held::{BOUNDS, Held, Records};
use super::{At, NAMES, OWNED, PLAIN, Step, TYPED, VALUES};
use crate::page::{self, lines_of, parse};

/// A series of the model that is on the page.
pub(super) struct Shown {
    id: usize,
    owners: usize,
    is_overflow: bool,
}

/// A handle that is kept, and what it should read.
pub(super) struct Kept {
    handle: Box<dyn Records>,
    family: usize,
    labels: page::Labels,
    id: usize,
}

/// An owned scope, and what is to leave with it.
pub(super) struct Scope {
    view: OwnedScope,
    /// Which opening of a scope this is, and which one is around it.
    number: usize,
    outer: Option<usize>,
    created: Vec<(usize, usize)>,
}

pub(super) struct World {
    container: Container,
    plain: Vec<Container>,
    owned: [Option<Scope>; 2],
    openings: usize,
    families: BTreeMap<(usize, usize), Family>,
    kept: Vec<Kept>,
    owners: Vec<Kept>,
    // The model.
    held: Vec<Held>,
    shown: [BTreeMap<page::Labels, Shown>; NAMES.len()],
    limits: [usize; NAMES.len()],
}

impl World {
    pub(super) fn new() -> Self {
        let container = Container::new("");
        Self {
            plain: PLAIN
                .iter()
                .map(|labels| container.scope("", labels))
                .collect(),
            container,
            owned: [None, None],
            openings: 0,
            families: BTreeMap::new(),
            kept: Vec::new(),
            owners: Vec::new(),
            held: Vec::new(),
            shown: Default::default(),
            limits: [usize::MAX; NAMES.len()],
        }
    }

    pub(super) fn run(&mut self, step: Step) {
        match step {
            Step::Record(at, n) => self.look_up(at, |world, family, values, _, id| {
                with!(family, values, |_family, found, _key| found.record(n));
                world.held[id].record(n);
            }),
            Step::Single((_, scope, values), n) => {
                let Some(container) = self.scope(scope) else {
                    return;
                };
                let [a, b] = values.map(|value| VALUES[value]);
                let single = container.counter(NAMES[0]).label("a", a).label("b", b);
                single.build().record(n);
                let (_, id) = self.find(0, scope, &[("a", a), ("b", b)], true);
                self.held[id].record(n);
            }
            Step::Keep(at) => self.look_up(at, |world, family, values, labels, id| {
                let handle: Box<dyn Records> =
                    with!(family, values, |_family, found, _key| Box::new(
                        found.keep()
                    ));
                world.kept.push(Kept {
                    handle,
                    family: at.0,
                    labels,
                    id,
                });
            }),
            Step::RecordKept(at, n) => {
                let all = self.kept.iter().chain(&self.owners);
                let count = all.clone().count().max(1);
                if let Some(kept) = { all }.nth(at % count) {
                    kept.handle.record(n);
                    self.held[kept.id].record(n);
                }
            }
            Step::DropKept(at) => {
                if !self.kept.is_empty() {
                    self.kept.swap_remove(at % self.kept.len());
                }
            }
            Step::Own(at) => self.look_up(at, |world, family, values, labels, id| {
                let handle: Box<dyn Records> =
                    with!(family, values, |family, _found, key| Box::new(
                        family.owned(key)
                    ));
                if let Some(shown) = world.shown(at.0, &labels, id) {
                    shown.owners += 1;
                }
                world.owners.push(Kept {
                    handle,
                    family: at.0,
                    labels,
                    id,
                });
            }),
            Step::DropOwned(at) => {
                if self.owners.is_empty() {
                    return;
                }
                let Kept {
                    handle,
                    family,
                    labels,
                    id,
                } = self.owners.swap_remove(at % self.owners.len());
                drop(handle);
                if let Some(shown) = self.shown(family, &labels, id) {
                    shown.owners -= 1;
                    if shown.owners == 0 {
                        self.shown[family].remove(&labels);
                    }
                }
            }
            Step::Remove((family, scope, values)) => {
                let Some((seen, values, pairs)) = self.seen(family, scope, values) else {
                    return;
                };
                let removed = match seen {
                    Family::Typed(typed) => {
                        typed.remove(&Key(values[0] == "fast", values[1] == "on"))
                    }
                    Family::Counter(family) => family.remove(&values),
                    Family::Float(family) => family.remove(&values),
                    Family::UpDown(family) => family.remove(&values),
                    Family::Gauge(family) => family.remove(&values),
                    Family::Histogram(family) => family.remove(&values),
                };
                let labels = self.labels(scope, &pairs);
                assert_eq!(
                    removed,
                    self.shown[family].remove(&labels).is_some(),
                    "{labels:?}"
                );
            }
            Step::Clear(family) => {
                let Some((seen, values, _)) = self.seen(family, 0, [0, 0]) else {
                    return;
                };
                let values = &values;
                match seen {
                    Family::Typed(family) => family.clear(),
                    other => with!(other, values, |family, _found, _key| family.clear()),
                }
                self.shown[family].clear();
            }
            Step::Open(slot) => self.open(slot),
            Step::Close(slot) => self.close(slot),
            Step::Limit(family, limit) => {
                self.limits[family] = limit;
                let (container, name) = (&self.container, NAMES[family]);
                match family {
                    0 => drop(container.counter(name).limit(limit).vec(&["b", "a"])),
                    1 => drop(container.float_counter(name).limit(limit).vec(&["a"])),
                    2 => drop(container.up_down_counter(name).limit(limit).vec(&["a"])),
                    3 => drop(container.gauge(name).limit(limit).vec(&["a"])),
                    4 => {
                        let sizes = container.histogram(name).buckets(&BOUNDS);
                        drop(sizes.limit(limit).vec(&["a"]));
                    }
                    _ => drop(container.counter(name).limit(limit).vec(&["flag", "mode"])),
                }
            }
            Step::Look => self.check(),
        }
    }

    fn open(&mut self, slot: usize) {
        self.close(slot);
        let outer = self.owned[0].as_ref().filter(|_| slot == 1);
        let around = outer.map_or(&self.container, |outer| &outer.view);
        let view = around.owned_scope("", &[OWNED[slot]]);
        let outer = outer.map(|outer| outer.number);
        self.openings += 1;
        let (number, created) = (self.openings, Vec::new());
        self.owned[slot] = Some(Scope {
            view,
            number,
            outer,
            created,
        });
    }

    fn close(&mut self, slot: usize) {
        let Some(closed) = self.owned[slot].take() else {
            return;
        };
        self.families
            .retain(|(_, scope), _| *scope != PLAIN.len() + slot);
        drop(closed.view);
        for (family, id) in closed.created {
            self.shown[family].retain(|_, shown| shown.id != id);
        }
    }

    fn scope(&self, scope: usize) -> Option<&Container> {
        match scope.checked_sub(PLAIN.len()) {
            None => Some(&self.plain[scope]),
            Some(slot) => self.owned[slot].as_ref().map(|owned| &*owned.view),
        }
    }

    /// The constant labels of a scope, and some more.
    fn labels(&self, scope: usize, pairs: &[(&str, &str)]) -> page::Labels {
        let mut labels = page::labels(pairs);
        match scope.checked_sub(PLAIN.len()) {
            None => labels.extend(page::labels(PLAIN[scope])),
            Some(slot) => {
                labels.extend(page::labels(&OWNED[slot..=slot]));
                let scope = self.owned[slot].as_ref().expect("it is open");
                if scope.outer.is_some() {
                    labels.extend(page::labels(&OWNED[..1]));
                }
            }
        }
        labels
    }

    /// A family seen from a scope, with the values of a key in its order.
    #[expect(clippy::type_complexity, reason = "it is taken apart where it is made")]
    fn seen(
        &mut self,
        family: usize,
        scope: usize,
        values: [usize; 2],
    ) -> Option<(
        &Family,
        Vec<&'static str>,
        Vec<(&'static str, &'static str)>,
    )> {
        let container = self.scope(scope)?.clone();
        let name = NAMES[family];
        let is_turned = scope % 2 == 1;
        let [a, b] = values.map(|value| VALUES[value]);
        let names: &[_] = match family {
            0 if is_turned => &["b", "a"],
            0 => &["a", "b"],
            TYPED => Key::NAMES,
            _ => &["a"],
        };
        let values = match family {
            0 if is_turned => vec![b, a],
            0 => vec![a, b],
            TYPED => vec![
                ["slow", "fast"][values[0] % 2],
                ["off", "on"][values[1] % 2],
            ],
            _ => vec![a],
        };
        let is_known = self.families.contains_key(&(family, scope));
        if !is_known {
            let made = match family {
                0 => Family::Counter(container.counter(name).vec(names)),
                1 => Family::Float(container.float_counter(name).vec(names)),
                2 => Family::UpDown(container.up_down_counter(name).vec(names)),
                3 => Family::Gauge(container.gauge(name).vec(names)),
                4 => Family::Histogram(container.histogram(name).buckets(&BOUNDS).vec(names)),
                _ => Family::Typed(container.counter(name).keyed()),
            };
            self.families.insert((family, scope), made);
            if family == TYPED {
                for (mode, flag) in [
                    ("slow", "off"),
                    ("slow", "on"),
                    ("fast", "off"),
                    ("fast", "on"),
                ] {
                    self.find(TYPED, scope, &[("mode", mode), ("flag", flag)], false);
                }
            }
        }
        let pairs = names.iter().copied().zip(values.iter().copied()).collect();
        Some((&self.families[&(family, scope)], values, pairs))
    }

    /// Looks up a series, in the model too, and does something with both.
    fn look_up(
        &mut self,
        (family, scope, values): At,
        with: impl FnOnce(&mut Self, &Family, &Vec<&'static str>, page::Labels, usize),
    ) {
        let Some((_, values, pairs)) = self.seen(family, scope, values) else {
            return;
        };
        let (labels, id) = self.find(family, scope, &pairs, false);
        let seen = self.families.remove(&(family, scope)).expect("it was seen");
        with(self, &seen, &values, labels, id);
        self.families.insert((family, scope), seen);
    }

    /// The series that a look-up finds or makes, in the model.
    fn find(
        &mut self,
        family: usize,
        scope: usize,
        pairs: &[(&str, &str)],
        is_single: bool,
    ) -> (page::Labels, usize) {
        let labels = self.labels(scope, pairs);
        if let Some(shown) = self.shown[family].get(&labels) {
            return (labels, shown.id);
        }
        let shown = &self.shown[family];
        let ordinary = shown.values().filter(|shown| !shown.is_overflow).count();
        let is_overflow = ordinary >= self.limits[family];
        let labels = match (is_overflow, is_single) {
            (false, _) => labels,
            (true, false) => self.labels(scope, &[("overflow", "true")]),
            (true, true) => page::labels(&[("overflow", "true")]),
        };
        if let Some(shown) = self.shown[family].get(&labels) {
            return (labels, shown.id);
        }
        let id = self.held.len();
        self.held.push(Held::zero(family));
        // The overflow series of single ones is no scope's own.
        let is_over = !(is_overflow && is_single) && self.note(scope, family, id);
        if !is_over {
            let shown = Shown {
                id,
                owners: 0,
                is_overflow,
            };
            self.shown[family].insert(labels.clone(), shown);
        }
        (labels, id)
    }

    /// Notes a series for the owned scopes around it; true where one is gone.
    fn note(&mut self, scope: usize, family: usize, id: usize) -> bool {
        let Some(slot) = scope.checked_sub(PLAIN.len()) else {
            return false;
        };
        let owned = self.owned[slot].as_mut().expect("it is open");
        owned.created.push((family, id));
        let Some(outer) = owned.outer else {
            return false;
        };
        match self.owned[0]
            .as_mut()
            .filter(|around| around.number == outer)
        {
            Some(around) => {
                around.created.push((family, id));
                false
            }
            None => true,
        }
    }

    /// The series of the model, if it is still on the page.
    fn shown(&mut self, family: usize, labels: &page::Labels, id: usize) -> Option<&mut Shown> {
        let shown = self.shown[family].get_mut(labels);
        shown.filter(|shown| shown.id == id)
    }

    pub(super) fn check(&self) {
        let snapshot = self.container.get_metrics();
        for (family, name) in NAMES.into_iter().enumerate() {
            let held = self.shown[family].iter();
            let held = held.map(|(labels, shown)| (labels.clone(), self.held[shown.id].clone()));
            assert_eq!(
                on_page(&snapshot, family),
                held.collect::<BTreeMap<_, _>>(),
                "{name}"
            );
        }
        for kept in self.kept.iter().chain(&self.owners) {
            assert_eq!(kept.handle.held(), self.held[kept.id], "{:?}", kept.labels);
        }
        let text = text::to_string(&snapshot);
        assert_eq!(parse(&text), lines_of(&snapshot));
        assert_eq!(text, self.plain[1].export_prometheus());
    }
}

/// The series of a family on the page.
pub(super) fn on_page(snapshot: &Snapshot, family: usize) -> BTreeMap<page::Labels, Held> {
    let mut all = BTreeMap::new();
    let Some(shown) = snapshot.family(NAMES[family]) else {
        return all;
    };
    for sample in shown.samples() {
        let labels = sample.labels.iter();
        let labels = labels.map(|(name, value)| (name.to_owned(), value.into_owned()));
        let old = all.insert(labels.collect(), Held::shown(sample.value, family));
        assert_eq!(old, None, "a series is there twice");
    }
    all
}
