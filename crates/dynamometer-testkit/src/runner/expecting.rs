//! Comparing what a container shows with what a scenario expects.

use dynamometer::{Snapshot, Value, self_metrics};

use crate::handle::Reading;
use crate::runner::comparing::{number, same, same_exponential, same_histogram};
use crate::runner::mismatch::Mismatch;
use crate::runner::world::{World, borrowed};
use crate::scenario::{CountedShape, Expectation, FamilyShape, Number, SeriesName, SeriesShape};

impl World {
    pub(crate) fn expect(&self, expectation: &Expectation) -> Result<(), Mismatch> {
        match expectation {
            Expectation::Value(name, value) => match self.handle(name)?.read() {
                Reading::Unsigned(found) => same(*value, Number::Unsigned(found)),
                Reading::Signed(found) => same(*value, Number::Signed(found)),
                Reading::Float(found) => same(*value, Number::Float(found)),
                _ => Err(Mismatch::new(value, self.handle(name)?.kind())),
            },
            Expectation::Histogram(name, shape) => match self.handle(name)?.read() {
                Reading::Histogram(found) => same_histogram(shape, &found),
                _ => Err(Mismatch::new("a histogram", self.handle(name)?.kind())),
            },
            Expectation::Exponential(name, shape) => match self.handle(name)?.read() {
                Reading::Exponential(found) => same_exponential(shape, &found),
                _ => Err(Mismatch::new(
                    "an exponential histogram",
                    self.handle(name)?.kind(),
                )),
            },
            Expectation::States(name, states) => match self.handle(name)?.read() {
                Reading::States(found) => Mismatch::unless(found == *states, || {
                    (format!("{states:?}"), format!("{found:?}"))
                }),
                _ => Err(Mismatch::new("a state set", self.handle(name)?.kind())),
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
        match found {
            Value::Histogram(found) => match &series.histogram {
                Some(shape) => same_histogram(shape, found),
                None => Err(Mismatch::new("no histogram", "a histogram")),
            },
            Value::Exponential(found) => match &series.exponential {
                Some(shape) => same_exponential(shape, found),
                None => Err(Mismatch::new(
                    "no exponential histogram",
                    "an exponential histogram",
                )),
            },
            found => match series.value {
                Some(value) => same(value, number(found)),
                None => Err(Mismatch::new("a histogram", number(found))),
            },
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
