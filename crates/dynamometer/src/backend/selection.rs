//! Which backends are built in, and which are chosen.

use std::fmt;
use std::str::FromStr;

use crate::env;
use crate::error::{Error, ErrorKind};

/// A way for metrics to leave the process.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Backend {
    /// Scraped from `/metrics`; feature `prometheus`.
    Prometheus,
    /// Pushed by OTLP; feature `otel`.
    Otel,
    /// Owned by the C++ library; feature `libnv`.
    Libnv,
}

impl Backend {
    const ALL: &'static [Self] = &[Self::Prometheus, Self::Otel, Self::Libnv];

    /// The backends built into this program, by precedence: the first keeps the
    /// values where nobody says otherwise.
    pub const AVAILABLE: &'static [Self] = &[
        #[cfg(feature = "prometheus")]
        Self::Prometheus,
        #[cfg(feature = "libnv")]
        Self::Libnv,
    ];

    /// The name used in `DYN_METRICS_BACKEND`, and of the feature.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Prometheus => "prometheus",
            Self::Otel => "otel",
            Self::Libnv => "libnv",
        }
    }

    /// The backends that `DYN_METRICS_BACKEND` names, or all that are built in.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Backend`] where the variable names an unknown backend, or one
    /// whose feature is off.
    pub fn from_env() -> Result<Vec<Self>, Error> {
        match env::read(env::BACKEND)? {
            None => Ok(Self::AVAILABLE.to_vec()),
            Some(list) => Self::from_list(&list),
        }
    }

    fn from_list(list: &str) -> Result<Vec<Self>, Error> {
        let mut backends = Vec::new();
        for name in list.split(',') {
            let backend: Self = name.parse()?;
            if !Self::AVAILABLE.contains(&backend) {
                let message = format!(
                    "backend \"{backend}\" is not built into this program; \
                     enable the feature {:?} of the crate dynamometer, or set {} to one of {}",
                    backend.as_str(),
                    env::BACKEND,
                    names(Self::AVAILABLE),
                );
                return Err(Error::new(ErrorKind::Backend, message));
            }
            if !backends.contains(&backend) {
                backends.push(backend);
            }
        }
        Ok(backends)
    }
}

impl FromStr for Backend {
    type Err = Error;

    fn from_str(name: &str) -> Result<Self, Error> {
        let name = name.trim();
        let known = Self::ALL
            .iter()
            .find(|backend| backend.as_str().eq_ignore_ascii_case(name));
        known.copied().ok_or_else(|| {
            let message = format!("unknown backend {name:?}; known are {}", names(Self::ALL));
            Error::new(ErrorKind::Backend, message)
        })
    }
}

impl fmt::Display for Backend {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

fn names(backends: &[Backend]) -> String {
    let names: Vec<_> = backends.iter().map(|backend| backend.as_str()).collect();
    names.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[cfg(feature = "prometheus")]
    fn a_list_is_read_in_order_and_without_repeats() {
        let list = Backend::from_list(" Prometheus ,prometheus").unwrap();
        assert_eq!(list, [Backend::Prometheus]);
    }

    #[test]
    fn an_unknown_or_missing_backend_is_named() {
        let unknown = Backend::from_list("graphite,prometheus").unwrap_err();
        assert_eq!(unknown.kind(), ErrorKind::Backend);
        assert!(unknown.to_string().contains("\"graphite\""), "{unknown}");
        let missing = Backend::from_list("otel").unwrap_err();
        assert!(
            missing.to_string().contains("enable the feature \"otel\""),
            "{missing}"
        );
    }
}
