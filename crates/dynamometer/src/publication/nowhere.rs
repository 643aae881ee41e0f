//! There is no C++ in this program.

use crate::backend::Backend;
use crate::container::Container;

/// The container that the chosen backends ask for.
pub(crate) fn container_of(_: &[Backend], prefix: &str) -> Container {
    Container::new(prefix)
}

/// Nobody asks for it.
pub(crate) const fn publish_first(_: &Container, _service_name: &str) {}
