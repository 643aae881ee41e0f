//! Comparing what a container shows with what a scenario expects.

use dynamometer::{HistogramValue, Snapshot, Value, self_metrics};

use crate::handle::Reading;
use crate::runner::mismatch::Mismatch;
use crate::runner::world::{World, borrowed};
use crate::scenario::{
    CountedShape, Expectation, FamilyShape, HistogramShape, Number, SeriesName, SeriesShape,
};

impl World {
    pub(crate) fn expect(&self, expectation: &Expectation) -> Result<(), Mismatch> {
        match expectation {
            Expectation::Value(name, value) => match self.handle(name)?.read() {
                Reading::Unsigned(found) => same(*value, Number::Unsigned(found)),
                Reading::Signed(found) => same(*value, Number::Signed(found)),
                Reading::Float(found) => same(*value, Number::Float(found)),
                Reading::Histogram(_) => Err(Mismatch::new(value, "a histogram")),
            },
            Expectation::Histogram(name, shape) => match self.handle(name)?.read() {
                Reading::Histogram(found) => same_histogram(shape, &found),
                _ => Err(Mismatch::new("a histogram", self.handle(name)?.kind())),
            },
            Expectation::Series(series) => self.expect_series(series),
            Expectation::Family(family) => self.expect_family(family),
            Expectation::Absent(series) => self.expect_absent(series),
            Expectation::Lines(lines) => self.expect_lines(lines),
            Expectation::Text(lines) => self.expect_text(lines),
            Expectation::Counted(counted) => self.expect_counted(counted),
        }
    }

    fn snapshot(&self) -> Snapshot {
        self.subject.container.get_metrics()
    }

    /// The page; read twice, because reading changes nothing. What is measured when
    /// somebody looks, the process itself, may change.
    fn page(&self) -> Result<String, Mismatch> {
        let page = self.subject.container.export_prometheus();
        let again = self.subject.container.export_prometheus();
        let lasting = |page: &str| -> Vec<String> {
            let lines = page.lines().filter(|line| !line.starts_with("process_"));
            lines.map(str::to_owned).collect()
        };
        Mismatch::unless(lasting(&page) == lasting(&again), || {
            let expected = format!("the same page when it is read again:\n{page}");
            (expected, format!("\n{again}"))
        })?;
        Ok(page)
    }

    fn expect_series(&self, series: &SeriesShape) -> Result<(), Mismatch> {
        let (snapshot, labels) = (self.snapshot(), borrowed(&series.labels));
        let Some(found) = snapshot.value(&series.name, &labels) else {
            let expected = format!("{} with the labels {labels:?}", series.name);
            return Err(Mismatch::new(expected, names(&snapshot)));
        };
        match (found, &series.histogram, series.value) {
            (Value::Histogram(found), Some(shape), _) => same_histogram(shape, found),
            (Value::Histogram(_), None, _) => Err(Mismatch::new("a number", "a histogram")),
            (found, _, Some(value)) => same(value, number(found)),
            (_, _, None) => Err(Mismatch::new("a histogram", number(found))),
        }
    }

    fn expect_family(&self, wanted: &FamilyShape) -> Result<(), Mismatch> {
        let snapshot = self.snapshot();
        let Some(family) = snapshot.family(&wanted.name) else {
            return Err(Mismatch::new(&wanted.name, names(&snapshot)));
        };
        let desc = family.desc();
        let found = desc.kind().as_str();
        Mismatch::unless(found == wanted.kind, || (&wanted.kind, found))?;
        if let Some(help) = &wanted.help {
            let found = desc.help_text();
            Mismatch::unless(found == help, || {
                (format!("help {help:?}"), format!("{found:?}"))
            })?;
        }
        if wanted.unit.is_some() {
            let found = desc.unit_of();
            Mismatch::unless(found == wanted.unit, || {
                (format!("{:?}", wanted.unit), format!("{found:?}"))
            })?;
        }
        let found = family.len();
        let series = wanted.series.unwrap_or(found);
        Mismatch::unless(found == series, || (format!("{series} series"), found))
    }

    fn expect_absent(&self, series: &SeriesName) -> Result<(), Mismatch> {
        let (snapshot, name) = (self.snapshot(), &series.name);
        let is_there = match &series.labels {
            None => snapshot.family(name).is_some(),
            Some(labels) => snapshot.value(name, &borrowed(labels)).is_some(),
        };
        Mismatch::unless(!is_there, || (format!("no {name}"), names(&snapshot)))
    }

    fn expect_lines(&self, lines: &[String]) -> Result<(), Mismatch> {
        let page = self.page()?;
        lines.iter().try_for_each(|line| {
            let times = page.split('\n').filter(|found| found == line).count();
            Mismatch::unless(times == 1, || {
                let expected = format!("once the line {line}");
                (expected, format!("{times} times in\n{page}"))
            })
        })
    }

    fn expect_text(&self, lines: &[String]) -> Result<(), Mismatch> {
        let page = self.page()?;
        let expected: String = lines.iter().flat_map(|line| [line, "\n"]).collect();
        Mismatch::unless(page == expected, || {
            (format!("\n{expected}"), format!("\n{page}"))
        })
    }

    fn expect_counted(&self, counted: &CountedShape) -> Result<(), Mismatch> {
        let labels = [("reason", counted.reason.as_str())];
        let read = |snapshot: &Snapshot| match snapshot.value(&counted.name, &labels) {
            Some(Value::Unsigned(value)) => value,
            _ => 0,
        };
        // Other tests of the process count there too, so that more is no mistake.
        let grown = read(&self_metrics().get_metrics()) - read(&self.self_metrics);
        Mismatch::unless(grown >= counted.at_least, || {
            (format!("at least {} more", counted.at_least), grown)
        })
    }
}

fn same(expected: Number, found: Number) -> Result<(), Mismatch> {
    Mismatch::unless(expected.is(found), || (expected, found))
}

fn same_histogram(shape: &HistogramShape, found: &HistogramValue) -> Result<(), Mismatch> {
    let buckets: Vec<_> = found.cumulative().collect();
    let is_same = |((bound, count), found): (&(Number, u64), &(f64, u64))| {
        bound.is(Number::Float(found.0)) && *count == found.1
    };
    let is_as_long = shape.buckets.len() == buckets.len();
    let holds = is_as_long && shape.buckets.iter().zip(&buckets).all(is_same);
    Mismatch::unless(holds, || {
        let expected = shape
            .buckets
            .iter()
            .map(|(bound, count)| (bound.as_f64(), count));
        let expected: Vec<_> = expected.collect();
        (format!("{expected:?}"), format!("{buckets:?}"))
    })?;
    let (count, sum) = (found.count(), Number::Float(found.sum()));
    Mismatch::unless(shape.count == count, || {
        (format!("the count {}", shape.count), count)
    })?;
    Mismatch::unless(shape.sum.is(sum), || {
        (format!("the sum {}", shape.sum), sum)
    })
}

fn number(value: Value<'_>) -> Number {
    match value {
        Value::Unsigned(value) => Number::Unsigned(value),
        Value::Signed(value) => Number::Signed(value),
        other => Number::Float(other.as_f64()),
    }
}

/// What is there, for whoever looks for what is not.
fn names(snapshot: &Snapshot) -> String {
    let families = snapshot.families().iter();
    let series = families.flat_map(|family| {
        let name = family.desc().name();
        let samples = family.samples();
        samples.map(move |sample| format!("{name}{}", sample.labels))
    });
    format!("[{}]", series.collect::<Vec<_>>().join(", "))
}
