//! Pages over HTTP: by a server of our own, or for one that is there already.

mod handler;
mod running;

use std::sync::Arc;

use dynamometer_status::{Builder, StatusServer};
use pyo3::prelude::*;

pub(crate) use self::handler::PyHandler;
pub(crate) use self::running::PyServer;
use crate::container::PyContainer;

/// What both show: containers, in their order.
fn builder(
    containers: &[PyRef<'_, PyContainer>],
    compression: Option<bool>,
    created: Option<bool>,
) -> Builder {
    let mut builder = StatusServer::builder();
    for container in containers {
        builder = builder.shared_container(Arc::new(container.inner().clone()));
    }
    if let Some(compression) = compression {
        builder = builder.compression(compression);
    }
    if let Some(created) = created {
        builder = builder.created(created);
    }
    builder
}
