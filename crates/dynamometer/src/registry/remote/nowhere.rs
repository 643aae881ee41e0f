//! There is no outside in this program.

use std::sync::Arc;

use dynamometer_cells::{Full, Options, Series};
use dynamometer_exposition::Snapshot;

use crate::error::Error;
use crate::registry::{Registry, Request, Schema};

/// Nothing is kept outside.
#[derive(Debug, Default)]
pub(crate) struct Remote(());

/// A family that is not kept outside.
#[derive(Debug)]
pub(crate) struct RemoteFamily;

/// What nobody grants.
#[derive(Debug)]
pub(crate) enum Grant {}

#[expect(clippy::unused_self, reason = "as where there is an outside")]
impl Remote {
    pub(crate) const fn is_there(&self) -> bool {
        false
    }

    #[expect(clippy::unnecessary_wraps, reason = "as where there is an outside")]
    pub(crate) const fn declare(&self, _: &Request<'_>, _: &Schema) -> Result<RemoteFamily, Error> {
        Ok(RemoteFamily)
    }

    pub(crate) const fn remove(&self, _: &str, _: &str, _spares_kept: bool) {}

    pub(crate) const fn snapshot(&self, _: &Registry) -> Option<Snapshot> {
        None
    }
}

impl RemoteFamily {
    #[expect(
        clippy::unused_self,
        clippy::unnecessary_wraps,
        reason = "as where there is an outside"
    )]
    pub(crate) const fn grant<V>(&self, _: &[V]) -> Result<Option<Grant>, Error> {
        Ok(None)
    }
}

impl Grant {
    pub(crate) const fn labels(&self) -> String {
        match *self {}
    }

    pub(crate) const fn into_series(self, _: Options) -> Result<Arc<Series>, Full> {
        match self {}
    }
}
