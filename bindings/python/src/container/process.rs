//! The process's container: the first that was made.

use std::sync::OnceLock;

use dynamometer::Container;
use dynamometer::libnv::Published;

/// The container, and what keeps it the place of C++ metrics.
#[derive(Debug)]
struct First {
    container: Container,
    service: String,
    _published: Option<Published>,
}

static FIRST: OnceLock<First> = OnceLock::new();

/// Makes a container the process's, unless it has one.
///
/// C++ libraries report into it too, where no other copy of libnv was faster.
pub(super) fn offer(container: &Container, service: &str) {
    FIRST.get_or_init(|| First {
        container: container.clone(),
        service: service.to_owned(),
        _published: container.publish_to_libnv(service).ok(),
    });
}

/// The process's container and its service, if there is one.
pub(super) fn known() -> Option<(Container, &'static str)> {
    let first = FIRST.get()?;
    Some((first.container.clone(), &first.service))
}
