//! What a page holds.

use anyhow::{Context as _, Result, ensure};
use dynamometer_exposition::{Snapshot, Value, parse};

/// Series of one family, and the sum of their values.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Content {
    pub(crate) series: usize,
    pub(crate) sum: f64,
}

impl Content {
    /// Returns the content of lines, whose series have values or counts.
    pub(crate) fn of_lines(page: &[u8], name: &str) -> Result<Self> {
        let page = std::str::from_utf8(page).context("the page is not text")?;
        let mut content = Self::default();
        for line in page.lines() {
            let Some(rest) = line.strip_prefix(name) else {
                continue;
            };
            if let Some((_, value)) = rest
                .strip_prefix('{')
                .and_then(|rest| rest.rsplit_once(' '))
            {
                content.add(value.parse().with_context(|| line.to_owned())?);
            }
        }
        Ok(content)
    }

    /// Returns the content of delimited messages.
    pub(crate) fn of_messages(page: &[u8], name: &str) -> Result<Self> {
        let snapshot = parse::protobuf(page).context("the page cannot be read")?;
        Self::of_snapshot(&snapshot, name)
    }

    /// Returns the content of a snapshot.
    pub(crate) fn of_snapshot(snapshot: &Snapshot, name: &str) -> Result<Self> {
        let family = snapshot
            .family(name)
            .with_context(|| format!("there is no {name}"))?;
        let value = |value: Value| match value {
            Value::Unsigned(value) => value as f64,
            Value::Float(value) => value,
            _ => f64::NAN,
        };
        let values = family.samples().map(|sample| value(sample.value));
        Ok(Self::of_values(values))
    }

    /// Returns the content of series with these values.
    pub(crate) fn of_values(values: impl IntoIterator<Item = f64>) -> Self {
        let mut content = Self::default();
        values.into_iter().for_each(|value| content.add(value));
        content
    }

    /// Adds a series.
    #[inline]
    pub(crate) fn add(&mut self, value: f64) {
        self.series += 1;
        self.sum += value;
    }

    /// Checks that this is what should be there.
    ///
    /// # Errors
    ///
    /// When it is not.
    pub(crate) fn ensure(self, expected: Self) -> Result<()> {
        let Self { series, sum } = self;
        // All sums are whole and below 2^53, hence exact in f64.
        ensure!(
            self == expected,
            "the page holds {series} series with a sum of {sum}, expected {} with {}",
            expected.series,
            expected.sum
        );
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_of_other_names_are_not_counted() {
        let page = b"# TYPE a counter\na{x=\"1 2\"} 7\na_total{x=\"b\"} 2\na{x=\"b\"} 2.5\n";
        let content = Content::of_lines(page, "a").unwrap();
        let expected = Content {
            series: 2,
            sum: 9.5,
        };
        content.ensure(expected).unwrap();
        let fewer = Content {
            series: 1,
            ..expected
        };
        assert!(content.ensure(fewer).is_err());
    }
}
