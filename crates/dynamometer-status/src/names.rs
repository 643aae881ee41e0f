//! Which families a page is asked for by `name[]`.

use dynamometer::{Desc, Kind};

/// Names of families or of their lines; none asks for all families.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Names(Vec<String>);

impl Names {
    pub(crate) fn push(&mut self, name: String) {
        self.0.push(name);
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// True where the family, or one of the lines that any format writes for it,
    /// has one of the names.
    pub(crate) fn ask_for(&self, family: &Desc) -> bool {
        let (cut, added) = endings(family.kind());
        let base = family.name().strip_suffix(cut).unwrap_or(family.name());
        self.0.iter().any(|name| {
            let is_line = |ending: &str| added.contains(&ending);
            name == family.name() || name.strip_prefix(base).is_some_and(is_line)
        })
    }
}

/// What a family's name ends in beyond the name that its lines begin with, and
/// what they may end in.
fn endings(kind: Kind) -> (&'static str, &'static [&'static str]) {
    match kind {
        Kind::Counter => ("_total", &["", "_total", "_created"]),
        Kind::Info => ("_info", &["", "_info"]),
        Kind::Histogram => ("", &["_bucket", "_sum", "_count", "_created"]),
        Kind::Summary => ("", &["_sum", "_count", "_created"]),
        Kind::GaugeHistogram => ("", &["_bucket", "_gsum", "_gcount", "_sum", "_count"]),
        _ => ("", &[]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asks(name: &str, family: &str, kind: Kind) -> bool {
        Names(vec![name.to_owned()]).ask_for(&Desc::new(family, kind))
    }

    #[test]
    fn a_family_answers_to_its_name_and_to_those_of_its_lines() {
        for (name, family, kind) in [
            ("x_total", "x_total", Kind::Counter),
            ("x", "x_total", Kind::Counter),
            ("x_created", "x_total", Kind::Counter),
            ("x", "x", Kind::Counter),
            ("x_bucket", "x", Kind::Histogram),
            ("x_count", "x", Kind::Summary),
            ("x_gsum", "x", Kind::GaugeHistogram),
            ("x", "x_info", Kind::Info),
            ("x", "x", Kind::Gauge),
        ] {
            assert!(asks(name, family, kind), "{name} for {kind} {family}");
        }
    }

    #[test]
    fn a_family_does_not_answer_to_other_names() {
        for (name, family, kind) in [
            ("x", "x_total", Kind::Gauge),
            ("x_bucket", "x", Kind::Gauge),
            ("x_bucket", "x", Kind::Counter),
            ("x_buckets", "x", Kind::Histogram),
            ("y", "x", Kind::Histogram),
            ("", "x", Kind::Histogram),
            ("X", "x", Kind::Gauge),
        ] {
            assert!(!asks(name, family, kind), "{name} for {kind} {family}");
        }
    }
}
