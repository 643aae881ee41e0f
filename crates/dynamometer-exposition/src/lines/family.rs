//! The lines of one family, below its header.

use crate::lines::bound::bound_text;
use crate::lines::exemplar::{take_up_to, write_exemplar};
use crate::model::{
    Exemplar, ExponentialValue, Family, HistogramValue, SeriesLabels, SummaryValue, Value, Values,
    known_time,
};
use crate::number::Number;
use crate::page::Page;

/// In what the text formats differ below the header.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Style {
    /// Timestamps are whole milliseconds, not seconds.
    pub(crate) milliseconds: bool,
    pub(crate) exemplars: bool,
    /// Each series is followed by a line that says when it began.
    pub(crate) created: bool,
}

/// The names of a distribution's lines.
#[derive(Debug)]
pub(crate) struct Suffixes {
    pub(crate) sum: &'static str,
    pub(crate) count: &'static str,
}

impl Suffixes {
    pub(crate) const GROWING: Self = Self {
        sum: "_sum",
        count: "_count",
    };
    pub(crate) const GAUGE: Self = Self {
        sum: "_gsum",
        count: "_gcount",
    };
}

/// A distribution that has buckets.
trait Buckets {
    fn cumulative(&self) -> impl Iterator<Item = (f64, u64)>;
    fn sum(&self) -> f64;
    fn count(&self) -> u64;
}

/// Writes the lines of a family.
#[derive(Debug)]
pub(crate) struct Lines<'a, 'n> {
    page: &'a mut Page<'n>,
    family: &'a Family,
    style: Style,
    bounds: BoundTexts,
    /// The text before a bound, put together once a series.
    before: String,
}

impl<'a, 'n> Lines<'a, 'n> {
    pub(crate) fn new(page: &'a mut Page<'n>, family: &'a Family, style: Style) -> Self {
        Self {
            page,
            family,
            style,
            bounds: BoundTexts::default(),
            before: String::new(),
        }
    }

    /// Writes all series; `base` is what a name of when they began is made of.
    pub(crate) fn write(&mut self, base: &str, suffixes: &Suffixes) {
        let family = self.family;
        let created = format!("{base}_created");
        match &family.values {
            Values::Unsigned(values) => self.numbers(values, &created),
            Values::Signed(values) => self.numbers(values, &created),
            Values::Float(values) => self.numbers(values, &created),
            Values::Histogram(values) => self.distributions(values, suffixes, &created),
            Values::Exponential(values) => self.distributions(values, suffixes, &created),
            Values::Summary(values) => self.summaries(values, &created),
        }
    }

    /// Writes the buckets of all series.
    pub(crate) fn write_buckets(&mut self) {
        let family = self.family;
        match &family.values {
            Values::Histogram(values) => {
                self.each(values, Self::buckets);
            }
            Values::Exponential(values) => {
                self.each(values, Self::buckets);
            }
            Values::Summary(values) => {
                self.each(values, Self::quantiles);
            }
            _ => {}
        }
    }

    /// Writes the sums of all series, as `name`.
    pub(crate) fn write_sums(&mut self, name: &str) {
        let family = self.family;
        self.each_value(|lines, index| {
            let sum = family.values.get(index).map_or(0.0, Value::as_f64);
            lines.one(index, name, sum);
        });
    }

    /// Writes the counts of all series, as `name`.
    pub(crate) fn write_counts(&mut self, name: &str) {
        let family = self.family;
        self.each_value(|lines, index| {
            let count = family.values.get(index).and_then(Value::count);
            lines.one(index, name, count.unwrap_or(0));
        });
    }

    fn numbers<N: Number>(&mut self, values: &[N], created: &str) {
        let family = self.family;
        let name = family.desc().name();
        let shows_exemplars = self.style.exemplars && family.exemplars.is_some();
        if shows_exemplars || self.style.created || family.timestamps.is_some() {
            return self.each(values, |lines, index, value| {
                let labels = family.labels.labels(index);
                lines.page.begun(name, labels.text(), *value);
                lines.end(index, lines.exemplars(index).last());
                lines.created(index, created);
            });
        }
        let labels = |index| family.labels.labels(index).text();
        let lines = values.iter().take(family.len()).enumerate();
        let lines = lines.map(|(index, value)| (name, labels(index), *value));
        self.page.lines(lines);
    }

    fn distributions<B: Buckets>(&mut self, values: &[B], suffixes: &Suffixes, created: &str) {
        let name = self.family.desc().name();
        let sum = format!("{name}{}", suffixes.sum);
        let count = format!("{name}{}", suffixes.count);
        self.each(values, |lines, index, value| {
            lines.buckets(index, value);
            lines.one(index, &sum, value.sum());
            lines.one(index, &count, value.count());
            lines.created(index, created);
        });
    }

    fn summaries(&mut self, values: &[SummaryValue], created: &str) {
        let name = self.family.desc().name();
        let sum = format!("{name}{}", Suffixes::GROWING.sum);
        let count = format!("{name}{}", Suffixes::GROWING.count);
        self.each(values, |lines, index, value| {
            lines.quantiles(index, value);
            lines.one(index, &sum, value.sum());
            lines.one(index, &count, value.count());
            lines.created(index, created);
        });
    }

    fn buckets<B: Buckets>(&mut self, index: usize, value: &B) {
        let labels = self.family.labels.labels(index);
        self.begin_bounded("_bucket", labels, "le");
        let mut exemplars = self.exemplars(index);
        for (at, (bound, count)) in value.cumulative().enumerate() {
            let end = self.bounds.get(at, bound);
            self.page.begun(&self.before, end, count);
            self.end(index, take_up_to(&mut exemplars, bound));
        }
    }

    fn quantiles(&mut self, index: usize, value: &SummaryValue) {
        let labels = self.family.labels.labels(index);
        self.begin_bounded("", labels, "quantile");
        for (at, &(rank, quantile)) in value.quantiles().iter().enumerate() {
            let end = self.bounds.get(at, rank);
            self.page.begun(&self.before, end, quantile);
            self.end(index, None);
        }
    }

    /// Puts together what stands before a bound: `name_bucket{a="1",le="`.
    fn begin_bounded(&mut self, suffix: &str, labels: SeriesLabels<'_>, bound: &str) {
        let pairs = labels.pairs_text();
        let comma = if pairs.is_empty() { "" } else { "," };
        let name = self.family.desc().name();
        self.before.clear();
        self.before
            .extend([name, suffix, "{", pairs, comma, bound, "=\""]);
    }

    /// Writes a line that has neither a label nor an exemplar of its own.
    fn one(&mut self, index: usize, name: &str, number: impl Number) {
        let labels = self.family.labels.labels(index);
        self.page.begun(name, labels.text(), number);
        self.end(index, None);
    }

    fn end(&mut self, index: usize, exemplar: Option<&Exemplar>) {
        if let Some(seconds) = known_time(self.family.timestamps.as_ref(), index) {
            self.page.push([" "]);
            if self.style.milliseconds {
                self.page.number((seconds * 1000.0).round() as i64);
            } else {
                self.page.number(seconds);
            }
        }
        if let Some(exemplar) = exemplar {
            write_exemplar(self.page, exemplar);
        }
        self.page.push(["\n"]);
    }

    fn created(&mut self, index: usize, name: &str) {
        let created = known_time(self.family.created.as_ref(), index);
        if let Some(created) = created.filter(|_| self.style.created) {
            self.one(index, name, created);
        }
    }

    fn exemplars(&self, index: usize) -> &'a [Exemplar] {
        let all = self.family.exemplars.as_ref();
        let all = all.filter(|_| self.style.exemplars);
        all.and_then(|all| all.get(index))
            .map_or(&[], |exemplars| &**exemplars)
    }

    fn each<T>(&mut self, values: &[T], mut write: impl FnMut(&mut Self, usize, &T)) {
        for (index, value) in values.iter().take(self.family.len()).enumerate() {
            write(self, index, value);
        }
    }

    fn each_value(&mut self, mut write: impl FnMut(&mut Self, usize)) {
        for index in 0..self.family.len() {
            write(self, index);
        }
    }
}

/// Bounds as text with what ends a label set, each kept for the next series.
#[derive(Debug, Default)]
struct BoundTexts(Vec<(u64, String)>);

impl BoundTexts {
    /// The text of the bound that is the one at `index` of its series.
    fn get(&mut self, index: usize, bound: f64) -> &str {
        let text = || (bound.to_bits(), format!("{}\"}} ", bound_text(bound)));
        match self.0.get_mut(index) {
            Some(known) if known.0 == bound.to_bits() => {}
            Some(known) => *known = text(),
            None => self.0.push(text()),
        }
        self.0.get(index).map_or("", |(_, text)| text)
    }
}

impl Buckets for HistogramValue {
    fn cumulative(&self) -> impl Iterator<Item = (f64, u64)> {
        self.cumulative()
    }

    fn sum(&self) -> f64 {
        self.sum()
    }

    fn count(&self) -> u64 {
        self.count()
    }
}

impl Buckets for ExponentialValue {
    fn cumulative(&self) -> impl Iterator<Item = (f64, u64)> {
        self.cumulative()
    }

    fn sum(&self) -> f64 {
        self.sum()
    }

    fn count(&self) -> u64 {
        self.count()
    }
}
