//! Making a container the process's.

use dynamometer_libnv::host::{Attached, attach};

use super::host::CxxHost;
use crate::container::Container;
use crate::error::Error;

/// The container is the place of C++ metrics for as long as this is held.
///
/// Afterwards new ones go to a registry of libnv's own, which nobody shows until
/// another container is published. Handles that C++ has record on in this one.
#[derive(Debug)]
#[must_use = "the container is the process's for as long as this is held"]
pub struct Published {
    _attached: Attached,
}

impl Published {
    pub(crate) fn new(attached: Attached) -> Self {
        Self {
            _attached: attached,
        }
    }
}

impl Container {
    /// Makes this container the place where C++ metrics of this process go.
    ///
    /// They have its prefix and labels, and obey its rules: names are sanitised, a
    /// family has one kind, and so on. Those that C++ registered before move here
    /// with what they counted. A [`LibnvContainer`](crate::LibnvContainer) is C++'s
    /// own already: there names are as C++ gives them.
    ///
    /// ```
    /// let container = dynamometer::Container::new("app");
    /// let published = container.publish_to_libnv("app")?;
    /// assert!(dynamometer::libnv::doctor()?.is_hosted);
    /// drop(published);
    /// # Ok::<(), dynamometer::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Backend`](crate::ErrorKind::Backend) where the process has such a
    /// container already, or a copy of libnv of another version owns it.
    pub fn publish_to_libnv(&self, service_name: &str) -> Result<Published, Error> {
        let attached = match self.registry().remote.backend() {
            Some(backend) => backend.publish(service_name)?,
            None => attach(CxxHost(self.clone()), service_name)?,
        };
        Ok(Published::new(attached))
    }
}
