//! Feature `libnv`: containers whose families and series a C++ registry keeps.

use dynamometer_libnv::backend;

use crate::backend::{Backend, is_container};
use crate::base::BaseComponentMetrics;
use crate::clock::Clock;
use crate::container::Container;
use crate::registry::{Registry, Remote};

/// A [`Container`] whose families and series are kept by libnv, in C++.
///
/// It does what any container does, with the same names, rules and cost of a record;
/// what C++ makes in that registry is on the same page. [`publish_to_libnv`] makes it
/// the registry of all C++ code in the process.
///
/// A series that C++ removes is found again here only after it was removed here too.
/// One that is idle stays as long as C++ has a handle on it.
///
/// [`publish_to_libnv`]: Container::publish_to_libnv
///
/// ```
/// use dynamometer::LibnvContainer;
///
/// let container = LibnvContainer::new("app", "app");
/// container.counter("requests_total").help("Requests handled.").build().inc_by(6);
/// assert!(container.export_prometheus().ends_with("\napp_requests_total 6\n"));
/// ```
///
/// # Cost
///
/// A new family or series crosses to C++ and back, about a microsecond. A snapshot
/// copies all labels.
#[derive(Clone, Debug)]
pub struct LibnvContainer(Container);

impl LibnvContainer {
    /// Creates an empty container for a service, whose metrics begin with `prefix`
    /// and `_`.
    ///
    /// See [`Container::new`]. Where C++ has no memory for a registry, which is
    /// logged, the container keeps its series itself.
    pub fn new(service_name: &str, prefix: &str) -> Self {
        let remote = match backend::Backend::new(service_name) {
            Ok(backend) => Remote::new(backend),
            Err(error) => {
                log::error!("no C++ registry for {service_name:?}: {error}");
                Remote::default()
            }
        };
        let root = Container::over(Registry::new(Clock::system(), remote));
        Self(root.scope(prefix, &[]))
    }
}

is_container!(LibnvContainer);

impl BaseComponentMetrics {
    /// Creates the base of a component whose metrics libnv keeps.
    pub fn new_libnv(service_name: &str, prefix: &str) -> Self {
        let container = LibnvContainer::new(service_name, prefix);
        Self::over(container)
            .read_by(vec![Backend::Libnv])
            .published(service_name)
    }
}
