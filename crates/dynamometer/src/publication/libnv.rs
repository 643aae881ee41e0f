//! With libnv.

use std::sync::OnceLock;

use crate::backend::{Backend, LibnvContainer};
use crate::container::Container;
use crate::libnv::Published;

/// The container that the chosen backends ask for: that of the first keeps the values.
pub(crate) fn container_of(backends: &[Backend], prefix: &str) -> Container {
    match backends.first() {
        Some(Backend::Libnv) => LibnvContainer::new(prefix, prefix).into(),
        _ => Container::new(prefix),
    }
}

/// Makes the container of the first component the process's, for good.
///
/// Not where the process has another already.
pub(crate) fn publish_first(container: &Container, service_name: &str) {
    static FIRST: OnceLock<Option<Published>> = OnceLock::new();
    FIRST.get_or_init(|| {
        let published = container.publish_to_libnv(service_name);
        published
            .inspect_err(|error| log::debug!("{service_name:?} is not published: {error}"))
            .ok()
    });
}
