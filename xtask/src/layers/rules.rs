//! The rules about dependencies, each a function of the graph.

use std::collections::BTreeSet;

use super::graph::{Crate, Graph};
use super::table::{FACADE, Level, NOT_IN_FACADE, Table};

/// Returns every broken rule, one line each.
pub(crate) fn check(graph: &Graph, table: &Table<'_>) -> Vec<String> {
    let mut broken = Vec::new();
    for krate in &graph.crates {
        match table.level(&krate.name) {
            None => broken.push(format!(
                "{} is in no layer: enter it in xtask/src/layers/table.rs",
                krate.name
            )),
            Some(level) => broken.extend(downward(krate, level, table)),
        }
        broken.extend(alone(krate, table));
        broken.extend(only(krate, table));
    }
    for prefix in table.exclusive {
        broken.extend(exclusive(graph, prefix, table));
    }
    broken
}

/// A crate uses only layers below its own, and no kit unless it is one.
fn downward(krate: &Crate, level: Level, table: &Table<'_>) -> Vec<String> {
    let above = krate
        .uses
        .iter()
        .filter_map(|used| match (level, table.level(used)?) {
            (Level::Kit, _) => None,
            (Level::Layer(own), Level::Layer(below)) if below < own => None,
            (Level::Layer(own), Level::Layer(other)) => Some(format!(
                "{} (L{own}) uses {used} (L{other}); a crate uses only layers below it",
                krate.name
            )),
            (Level::Layer(_), Level::Kit) => Some(format!(
                "{} uses {used}, which is for tests; make it a dev-dependency",
                krate.name
            )),
        });
    above.collect()
}

/// Some crates use no other crate of ours.
fn alone(krate: &Crate, table: &Table<'_>) -> Vec<String> {
    if !table.alone.contains(&krate.name.as_str()) {
        return Vec::new();
    }
    let ours = krate.uses.iter().filter(|used| table.level(used).is_some());
    ours.map(|used| format!("{} stands alone, but uses {used}", krate.name))
        .collect()
}

/// Some crates use nothing but a few named packages.
fn only(krate: &Crate, table: &Table<'_>) -> Vec<String> {
    let Some((_, allowed)) = table.only.iter().find(|(name, _)| *name == krate.name) else {
        return Vec::new();
    };
    let others = krate
        .uses
        .iter()
        .filter(|used| !allowed.contains(&used.as_str()));
    others
        .map(|used| {
            format!(
                "{} uses {used}; it may use nothing but {}",
                krate.name,
                allowed.join(" and ")
            )
        })
        .collect()
}

/// The packages whose names begin with `prefix` belong to one crate.
fn exclusive(graph: &Graph, prefix: &str, table: &Table<'_>) -> Option<String> {
    let users: BTreeSet<&str> = graph
        .crates
        .iter()
        .filter(|krate| krate.uses.iter().any(|used| used.starts_with(prefix)))
        .map(|krate| krate.name.as_str())
        .filter(|name| !table.exempt.contains(name))
        .collect();
    if users.len() < 2 {
        return None;
    }
    let users: Vec<&str> = users.into_iter().collect();
    Some(format!(
        "{prefix}* belongs to one crate, but is used by {}",
        users.join(" and ")
    ))
}

/// The facade's default features pull no async runtime, compiler or client.
///
/// Takes what `cargo tree` prints, one `name version` a line.
pub(crate) fn facade_pulls(tree: &str) -> Vec<String> {
    let pulled: BTreeSet<&str> = tree
        .lines()
        .filter_map(|line| line.split_whitespace().next())
        .collect();
    let wrong = NOT_IN_FACADE.iter().filter(|name| pulled.contains(**name));
    wrong
        .map(|name| {
            format!("{FACADE} with default features pulls in {name}; put it behind a feature")
        })
        .collect()
}

// === impl Table ===

impl Table<'_> {
    fn level(&self, name: &str) -> Option<Level> {
        self.levels
            .iter()
            .find(|(known, _)| *known == name)
            .map(|(_, level)| *level)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TABLE: Table<'static> = Table {
        levels: &[
            ("engine", Level::Layer(0)),
            ("format", Level::Layer(1)),
            ("macros", Level::Layer(1)),
            ("facade", Level::Layer(2)),
            ("server", Level::Layer(3)),
            ("kit", Level::Kit),
        ],
        alone: &["format"],
        only: &[("engine", &["libc"])],
        exclusive: &["prometheus"],
        exempt: &["kit"],
    };

    /// Broken rules in a workspace of crates and what they use.
    fn broken(crates: &[(&str, &[&str])]) -> Vec<String> {
        let crates = crates.iter().map(|(name, uses)| Crate {
            name: (*name).to_owned(),
            library: None,
            uses: uses.iter().map(|used| (*used).to_owned()).collect(),
        });
        check(
            &Graph {
                crates: crates.collect(),
            },
            &TABLE,
        )
    }

    #[test]
    fn using_layers_below_is_fine() {
        let crates: &[(&str, &[&str])] = &[
            ("engine", &["libc"]),
            ("format", &["itoa"]),
            ("facade", &["engine", "format", "macros", "prometheus"]),
            ("server", &["engine", "facade"]),
            ("kit", &["server", "prometheus-client"]),
        ];
        assert_eq!(broken(crates), [] as [&str; 0]);
    }

    #[test]
    fn using_a_layer_above_is_refused() {
        let expected = "facade (L2) uses server (L3); a crate uses only layers below it";
        assert_eq!(broken(&[("facade", &["server"])]), [expected]);
    }

    #[test]
    fn using_a_neighbour_is_refused() {
        let expected = "macros (L1) uses format (L1); a crate uses only layers below it";
        assert_eq!(broken(&[("macros", &["format"])]), [expected]);
    }

    #[test]
    fn a_layer_does_not_use_a_kit() {
        let expected = "server uses kit, which is for tests; make it a dev-dependency";
        assert_eq!(broken(&[("server", &["kit"])]), [expected]);
    }

    #[test]
    fn a_crate_that_stands_alone_uses_none_of_ours() {
        let expected = "format stands alone, but uses engine";
        assert_eq!(broken(&[("format", &["engine"])]), [expected]);
    }

    #[test]
    fn the_engine_uses_nothing_but_what_is_named() {
        let expected = "engine uses tokio; it may use nothing but libc";
        assert_eq!(broken(&[("engine", &["libc", "tokio"])]), [expected]);
    }

    #[test]
    fn a_package_that_belongs_to_one_crate_is_not_used_by_two() {
        let expected = "prometheus* belongs to one crate, but is used by facade and server";
        let crates: &[(&str, &[&str])] = &[
            ("facade", &["prometheus"]),
            ("server", &["prometheus-parse"]),
        ];
        assert_eq!(broken(crates), [expected]);
    }

    #[test]
    fn a_new_crate_is_told_where_to_enter_itself() {
        let expected = "newcomer is in no layer: enter it in xtask/src/layers/table.rs";
        assert_eq!(broken(&[("newcomer", &[])]), [expected]);
    }

    #[test]
    fn a_facade_that_pulls_a_runtime_is_refused() {
        let tree = "dynamometer v0.1.0 (/x)\nitoa v1.0.0\ntokio v1.0.0 (*)\ntokio-util v0.7.0\n";
        let expected = "dynamometer with default features pulls in tokio; put it behind a feature";
        assert_eq!(facade_pulls(tree), [expected]);
    }
}
