//! The container: families in a map behind a lock, and no more methods than the
//! trait requires.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use dynamometer::{
    Desc, Error, ErrorKind, Family, Kind, LabelSet, MetricContainer, MetricCounter, MetricGauge,
    MetricHistogram, Snapshot, Values, sanitize_prometheus_label, sanitize_prometheus_name,
};

use crate::handle::{TinyCounter, TinyGauge, TinyHistogram};

/// A container that shares nothing with the facade's but the traits.
pub(crate) struct TinyContainer {
    prefix: String,
    families: Mutex<HashMap<String, TinyFamily>>,
}

struct TinyFamily {
    asked: String,
    desc: Arc<Desc>,
    bounds: Arc<[f64]>,
    series: Vec<(Arc<LabelSet>, Cell)>,
}

#[derive(Clone)]
enum Cell {
    Counter(TinyCounter),
    Gauge(TinyGauge),
    Histogram(TinyHistogram),
}

impl TinyContainer {
    pub(crate) fn new(prefix: &str) -> Self {
        let prefix = match sanitize_prometheus_name(prefix) {
            Ok(prefix) => format!("{}_", prefix.trim_end_matches('_')),
            Err(_) => String::new(),
        };
        Self {
            prefix,
            families: Mutex::default(),
        }
    }

    fn cell(
        &self,
        asked: &str,
        desc: impl FnOnce(String) -> Desc,
        labels: &[(&str, &str)],
        bounds: &[f64],
    ) -> Result<Cell, Error> {
        let labels = check_labels(labels)?;
        let desc = desc(format!(
            "{}{}",
            self.prefix,
            sanitize_prometheus_name(asked)?
        ));
        let mut families = self.families.lock().expect("no holder panics");
        if let Some(family) = families.get_mut(desc.name()) {
            family.check(asked, &desc, bounds)?;
            return Ok(family.cell(labels));
        }
        check_lines(&families, &desc)?;
        let name = desc.name().to_owned();
        let family = families.entry(name).or_insert(TinyFamily {
            asked: asked.to_owned(),
            desc: Arc::new(desc),
            bounds: bounds.into(),
            series: Vec::new(),
        });
        Ok(family.cell(labels))
    }
}

impl TinyFamily {
    fn check(&self, asked: &str, desc: &Desc, bounds: &[f64]) -> Result<(), Error> {
        let kind = if self.desc.kind() != desc.kind() {
            ErrorKind::KindMismatch
        } else if *self.bounds != *bounds {
            ErrorKind::BucketsMismatch
        } else if self.asked != asked {
            ErrorKind::NameCollision
        } else {
            return Ok(());
        };
        let error = Error::new(kind, format!("{asked:?} can not be created"));
        let (existing, known) = (self.desc.kind(), &self.asked);
        Err(error.with_existing(format!("the {existing} {known:?}")))
    }

    fn cell(&mut self, labels: LabelSet) -> Cell {
        let known = self.series.iter().find(|(known, _)| **known == labels);
        if let Some((_, cell)) = known {
            return cell.clone();
        }
        let cell = match self.desc.kind() {
            Kind::Counter => Cell::Counter(TinyCounter::default()),
            Kind::Histogram => Cell::Histogram(TinyHistogram::new(&self.bounds)),
            _ => Cell::Gauge(TinyGauge::default()),
        };
        self.series.push((Arc::new(labels), cell.clone()));
        cell
    }

    fn values(&self) -> Values {
        let cells = || self.series.iter().map(|(_, cell)| cell);
        match self.desc.kind() {
            Kind::Counter => Values::Unsigned(cells().filter_map(Cell::count).collect()),
            Kind::Histogram => Values::Histogram(cells().filter_map(Cell::distribution).collect()),
            _ => Values::Float(cells().filter_map(Cell::value).collect()),
        }
    }
}

impl Cell {
    fn count(&self) -> Option<u64> {
        match self {
            Self::Counter(cell) => Some(cell.get_value()),
            _ => None,
        }
    }

    fn value(&self) -> Option<f64> {
        match self {
            Self::Gauge(cell) => Some(cell.get_value()),
            _ => None,
        }
    }

    fn distribution(&self) -> Option<dynamometer::HistogramValue> {
        match self {
            Self::Histogram(cell) => Some(cell.get_value()),
            _ => None,
        }
    }
}

fn check_labels(labels: &[(&str, &str)]) -> Result<LabelSet, Error> {
    let mut clean: Vec<(String, &str)> = Vec::new();
    for (name, value) in labels {
        let refused = |kind| Err(Error::new(kind, format!("label {name:?} can not be used")));
        let label = sanitize_prometheus_label(name)?;
        if name.starts_with("__") || label == "le" || label == "quantile" {
            return refused(ErrorKind::ReservedLabel);
        }
        if clean.iter().any(|(known, _)| *known == label) {
            return refused(ErrorKind::DuplicateLabel);
        }
        clean.push((label, value));
    }
    Ok(LabelSet::new(
        clean.iter().map(|(name, value)| (&**name, *value)),
    ))
}

fn check_bounds(bounds: &[f64]) -> Result<(), Error> {
    let is_finite = bounds.iter().all(|bound| bound.is_finite());
    let is_sorted = bounds.windows(2).all(|pair| pair[0] < pair[1]);
    if is_finite && is_sorted && !bounds.is_empty() {
        return Ok(());
    }
    let message = format!("buckets {bounds:?} can not be used");
    Err(Error::new(ErrorKind::InvalidBuckets, message))
}

/// A histogram and another family must not write the same line.
fn check_lines(families: &HashMap<String, TinyFamily>, desc: &Desc) -> Result<(), Error> {
    let is_histogram = |name: &str| {
        let family = families.get(name);
        family.is_some_and(|family| family.desc.kind() == Kind::Histogram)
    };
    let clashes = ["_bucket", "_sum", "_count"].iter().any(|suffix| {
        let line = format!("{}{suffix}", desc.name());
        desc.name().strip_suffix(suffix).is_some_and(is_histogram)
            || (desc.kind() == Kind::Histogram && families.contains_key(&line))
    });
    if clashes {
        let message = format!("the lines of {:?} are taken", desc.name());
        return Err(Error::new(ErrorKind::NameCollision, message));
    }
    Ok(())
}

fn wrong_cell(name: &str) -> Error {
    Error::new(
        ErrorKind::KindMismatch,
        format!("{name:?} is something else"),
    )
}

impl MetricContainer for TinyContainer {
    fn try_create_counter(
        &self,
        name: &str,
        help: &str,
        labels: &[(&str, &str)],
    ) -> Result<Box<dyn MetricCounter>, Error> {
        let desc = |full| Desc::new(full, Kind::Counter).help(help);
        match self.cell(name, desc, labels, &[])? {
            Cell::Counter(cell) => Ok(Box::new(cell)),
            _ => Err(wrong_cell(name)),
        }
    }

    fn try_create_gauge(
        &self,
        name: &str,
        help: &str,
        labels: &[(&str, &str)],
    ) -> Result<Box<dyn MetricGauge>, Error> {
        let desc = |full| Desc::new(full, Kind::Gauge).help(help);
        match self.cell(name, desc, labels, &[])? {
            Cell::Gauge(cell) => Ok(Box::new(cell)),
            _ => Err(wrong_cell(name)),
        }
    }

    fn try_create_histogram_with_buckets(
        &self,
        name: &str,
        help: &str,
        labels: &[(&str, &str)],
        buckets: &[f64],
    ) -> Result<Box<dyn MetricHistogram>, Error> {
        check_bounds(buckets)?;
        let desc = |full| Desc::new(full, Kind::Histogram).help(help);
        match self.cell(name, desc, labels, buckets)? {
            Cell::Histogram(cell) => Ok(Box::new(cell)),
            _ => Err(wrong_cell(name)),
        }
    }

    fn get_metrics(&self) -> Snapshot {
        let families = self.families.lock().expect("no holder panics");
        let family = |family: &TinyFamily| {
            let labels: Vec<_> = family
                .series
                .iter()
                .map(|(labels, _)| LabelSet::clone(labels))
                .collect();
            Family::new(Arc::clone(&family.desc), Arc::new(labels), family.values())
        };
        families.values().map(family).collect()
    }
}
