//! How thoroughly to measure, and what.

use super::entrant::Role;

/// How thoroughly to measure.
#[derive(Clone, Debug)]
pub(crate) struct Plan {
    /// Numbers of threads, ascending and distinct.
    pub(crate) threads: Vec<usize>,
    /// Rounds per number of threads.
    pub(crate) rounds: usize,
    /// Least wall time of one measurement, in nanoseconds.
    pub(crate) target_nanos: f64,
    /// Text that a kind, a library or a form must contain.
    pub(crate) filter: Option<String>,
}

/// What the filter looks at.
pub(crate) trait Named {
    /// Returns the library and its form.
    fn name(&self) -> (&'static str, &'static str);

    /// Returns what the number is good for.
    fn role(&self) -> Role;
}

impl Plan {
    /// Returns whether the filter lets the text through.
    pub(crate) fn wants(&self, text: &str) -> bool {
        self.filter
            .as_deref()
            .is_none_or(|filter| text.contains(filter))
    }

    /// Returns those of a kind's entrants that are measured.
    ///
    /// A filter on a peer keeps this library and the floors: without them there
    /// is no ratio and nothing to subtract.
    pub(crate) fn choose<E: Named>(&self, kind: &str, mut entrants: Vec<E>) -> Vec<E> {
        if self.wants(kind) {
            return entrants;
        }
        let chosen = |entrant: &E| {
            let (library, form) = entrant.name();
            self.wants(&format!("{library} {form}"))
        };
        if !entrants.iter().any(chosen) {
            return Vec::new();
        }
        entrants.retain(|entrant| entrant.role() != Role::Peer || chosen(entrant));
        entrants
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    impl Named for (&'static str, Role) {
        fn name(&self) -> (&'static str, &'static str) {
            (self.0, "form")
        }

        fn role(&self) -> Role {
            self.1
        }
    }

    #[test]
    fn filter_on_a_peer_keeps_what_it_is_compared_with() {
        let all = vec![
            ("ours", Role::Ours),
            ("one", Role::Peer),
            ("two", Role::Peer),
        ];
        let names = |filter: &str| {
            let plan = Plan {
                threads: Vec::new(),
                rounds: 1,
                target_nanos: 0.0,
                filter: Some(filter.to_owned()),
            };
            let chosen = plan.choose("kind", all.clone());
            chosen.iter().map(|entrant| entrant.0).collect::<Vec<_>>()
        };
        assert_eq!(names("two f"), ["ours", "two"]);
        assert_eq!(names("kin"), ["ours", "one", "two"]);
        assert!(names("three").is_empty());
    }
}
