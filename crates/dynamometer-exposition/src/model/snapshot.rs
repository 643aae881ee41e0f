//! The values of a container at one instant.

use crate::model::family::Family;
use crate::model::value::Value;

/// Families with their summed values, sorted by name.
///
/// Each value is read while others are recorded. A counter is never less than in
/// an earlier snapshot; a histogram's count is the sum of its buckets; there is
/// no instant common to all series.
#[derive(Clone, Debug, Default)]
pub struct Snapshot {
    pub(crate) families: Vec<Family>,
}

impl Snapshot {
    /// The families, sorted by name.
    pub fn families(&self) -> &[Family] {
        &self.families
    }

    /// The family called `name`.
    pub fn family(&self, name: &str) -> Option<&Family> {
        let at = self
            .families
            .binary_search_by(|family| family.desc().name().cmp(name))
            .ok()?;
        Some(&self.families[at])
    }

    /// Leaves out the families for which `keep` is false.
    pub fn retain(&mut self, keep: impl FnMut(&Family) -> bool) {
        self.families.retain(keep);
    }

    /// The value of the series `name` with exactly these labels, in any order.
    pub fn value(&self, name: &str, labels: &[(&str, &str)]) -> Option<Value<'_>> {
        self.family(name)?.value(labels)
    }

    /// The number of series over all families.
    pub fn series(&self) -> usize {
        self.families.iter().map(Family::len).sum()
    }
}

impl FromIterator<Family> for Snapshot {
    fn from_iter<I: IntoIterator<Item = Family>>(families: I) -> Self {
        let mut families: Vec<_> = families.into_iter().collect();
        families.sort_by(|a, b| a.desc().name().cmp(b.desc().name()));
        Self { families }
    }
}

impl<const N: usize> From<[Family; N]> for Snapshot {
    fn from(families: [Family; N]) -> Self {
        families.into_iter().collect()
    }
}
