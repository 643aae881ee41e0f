//! One family: what its cells held when it was gathered, and its lines.

use std::ops::Range;

use pyo3::prelude::*;
use pyo3::types::{PyString, PyTuple};

use crate::prometheus::cells;
use crate::prometheus::metric::Metric;
use crate::prometheus::number;

/// How a family is laid out; all names as they are to be written.
#[derive(Debug, FromPyObject)]
pub(crate) struct Layout(
    /// The comments in front of the samples.
    Vec<u8>,
    /// The lines of each series.
    Vec<Line>,
    /// Which label value comes when, and `name="` in front of it.
    Vec<(usize, Vec<u8>)>,
    /// How many labels come before `le`.
    usize,
    /// Comments and name of a second block: when each series began.
    Option<(Vec<u8>, Vec<u8>)>,
    /// Exemplars are shown, which Python writes.
    bool,
);

/// The name of a sample, its `le` if it is a bucket, and the cell of its value.
///
/// [`CREATED`], or another negative number for what all buckets so far hold.
type Line = (Vec<u8>, Option<Vec<u8>>, isize);

/// In place of a cell: when the series began.
const CREATED: isize = -1;
/// A family that needs no interpreter any more.
#[derive(Debug)]
pub(super) struct Family {
    layout: Layout,
    series: Vec<Series>,
    labels: Vec<u8>,
    values: Vec<f64>,
}

#[derive(Debug)]
struct Series {
    /// The labels before `le`, and behind it.
    before: Range<usize>,
    behind: Range<usize>,
    values: Range<usize>,
    created: f64,
}

impl Family {
    /// Takes what the cells hold now; none where something else is to be shown, or
    /// where Python is to say what is wrong.
    pub(super) fn gather(metric: &Bound<'_, Metric>, layout: Layout) -> Option<Self> {
        let mut family = Self {
            layout,
            series: Vec::new(),
            labels: Vec::new(),
            values: Vec::new(),
        };
        let class = metric.get_type();
        let is_whole = match metric.get().series(metric.py()) {
            None => family.add(metric, None),
            Some(series) => {
                family.series.reserve(series.len());
                series.iter().all(|(values, child)| {
                    let child = child.cast::<Metric>();
                    let values = values.cast::<PyTuple>();
                    child.is_ok_and(|child| {
                        child.get_type().is(&class)
                            && values.is_ok_and(|values| family.add(child, Some(values)))
                    })
                })
            }
        };
        is_whole.then_some(family)
    }

    fn add(&mut self, metric: &Bound<'_, Metric>, labels: Option<&Bound<'_, PyTuple>>) -> bool {
        let py = metric.py();
        let metric = metric.get();
        let first = self.values.len();
        match (metric.cell(), metric.buckets()) {
            _ if metric.is_computed() => return false,
            _ if self.layout.5 && metric.has_exemplars(py) => return false,
            (Some(cell), _) => self.values.push(cells::value(cell)),
            (None, Some(buckets)) => self.values.extend(buckets.all().iter().map(cells::value)),
            (None, None) => return false,
        }
        let values = first..self.values.len();
        let has = |line: &Line| line.2 < values.len() as isize;
        if !self.layout.1.iter().all(has) {
            return false;
        }
        let start = self.labels.len();
        let mut middle = start;
        for (place, (index, name)) in self.layout.2.iter().enumerate() {
            let value = labels.and_then(|labels| labels.get_borrowed_item(*index).ok());
            let Some(value) = value else { return false };
            let Ok(value) = value.cast::<PyString>() else {
                return false;
            };
            // Text that is no UTF-8 fails in Python, as it does upstream.
            let Ok(value) = value.to_str() else {
                return false;
            };
            if place == self.layout.3 {
                middle = self.labels.len();
            } else if place > 0 {
                self.labels.push(b',');
            }
            self.labels.extend_from_slice(name);
            escape(&mut self.labels, value);
            self.labels.push(b'"');
        }
        let end = self.labels.len();
        if self.layout.3 >= self.layout.2.len() {
            middle = end;
        }
        self.series.push(Series {
            before: start..middle,
            behind: middle..end,
            values,
            created: metric.created(),
        });
        true
    }

    /// Appends all lines.
    pub(super) fn write(&self, out: &mut Vec<u8>) {
        let Layout(head, lines, _, _, created, _) = &self.layout;
        out.extend_from_slice(head);
        for series in &self.series {
            let values = &self.values[series.values.clone()];
            let mut count = 0.0;
            for (name, bound, at) in lines {
                let cell = usize::try_from(*at).ok().and_then(|at| values.get(at));
                let value = match (cell, bound) {
                    (Some(cell), Some(_)) => {
                        count += cell;
                        count
                    }
                    (Some(cell), None) => *cell,
                    (None, _) if *at == CREATED => series.created,
                    (None, _) => count,
                };
                self.write_line(out, name, series, bound.as_deref(), value);
            }
        }
        if let Some((head, name)) = created
            && !self.series.is_empty()
        {
            out.extend_from_slice(head);
            for series in &self.series {
                self.write_line(out, name, series, None, series.created);
            }
        }
    }

    fn write_line(
        &self,
        out: &mut Vec<u8>,
        name: &[u8],
        series: &Series,
        bound: Option<&[u8]>,
        value: f64,
    ) {
        out.extend_from_slice(name);
        let mut mark = b'{';
        let mut part = |out: &mut Vec<u8>, text: &[&[u8]]| {
            out.push(mark);
            mark = b',';
            for text in text {
                out.extend_from_slice(text);
            }
        };
        let before = &self.labels[series.before.clone()];
        let behind = &self.labels[series.behind.clone()];
        if !before.is_empty() {
            part(out, &[before]);
        }
        if let Some(bound) = bound {
            part(out, &[b"le=\"", bound, b"\""]);
        }
        if !behind.is_empty() {
            part(out, &[behind]);
        }
        if mark == b',' {
            out.push(b'}');
        }
        out.push(b' ');
        number::write(out, value);
        out.push(b'\n');
    }
}

/// Appends the value of a label with what would end it, or the line, escaped.
fn escape(out: &mut Vec<u8>, value: &str) {
    for byte in value.bytes() {
        match byte {
            b'\\' => out.extend_from_slice(b"\\\\"),
            b'\n' => out.extend_from_slice(b"\\n"),
            b'"' => out.extend_from_slice(b"\\\""),
            _ => out.push(byte),
        }
    }
}
