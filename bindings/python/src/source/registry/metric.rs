//! What a metric of `prometheus_client` says of itself.

use dynamometer::{Desc, Kind};
use pyo3::prelude::*;
use pyo3::types::PyString;

/// Name, kind, help and unit of a `Metric`.
#[derive(Debug)]
pub(super) struct Metric {
    /// Without the suffixes of its samples.
    pub(super) name: String,
    pub(super) kind: Kind,
    help: String,
    unit: String,
}

impl Metric {
    /// Reads the attributes of an object.
    ///
    /// # Errors
    ///
    /// Where one is missing or no `str`.
    pub(super) fn read(metric: &Bound<'_, PyAny>) -> PyResult<Self> {
        let text = |name: &str| -> PyResult<String> {
            let value = metric.getattr(name)?;
            Ok(value.cast::<PyString>()?.to_string_lossy().into_owned())
        };
        let kind = match text("type")?.as_str() {
            "counter" => Kind::Counter,
            "gauge" => Kind::Gauge,
            "histogram" => Kind::Histogram,
            "gaugehistogram" => Kind::GaugeHistogram,
            "summary" => Kind::Summary,
            "info" => Kind::Info,
            "stateset" => Kind::StateSet,
            _ => Kind::Unknown,
        };
        Ok(Self {
            name: text("name")?,
            kind,
            help: text("documentation")?,
            unit: metric
                .getattr("unit")
                .map_or(Ok(String::new()), |unit| unit.extract())?,
        })
    }

    /// The name on a page. A counter's ends in `_total`, unless its samples' do not.
    pub(super) fn exposed(&self) -> String {
        match self.kind {
            Kind::Counter => format!("{}_total", self.name),
            Kind::Info => format!("{}_info", self.name),
            _ => self.name.clone(),
        }
    }

    /// The same under a name.
    pub(super) fn desc(&self, name: &str) -> Desc {
        Desc::new(name, self.kind)
            .help(self.help.as_str())
            .unit_text(&self.unit)
    }
}
