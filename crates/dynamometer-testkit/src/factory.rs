//! Where the runner gets its containers from.

use std::fmt;

use crate::capability::Capability;
use crate::subject::Subject;

/// Makes the containers that scenarios run against.
///
/// # For implementors
///
/// `create` is called once for each scenario, from the thread that called
/// [`run`](crate::run), and returns a container that shares nothing with earlier
/// ones. A scenario that requires a capability not listed is skipped.
pub trait ContainerFactory {
    /// What the report calls the container.
    fn name(&self) -> &str;

    /// What the containers can do beyond the traits.
    fn capabilities(&self) -> &[Capability];

    /// Returns an empty container whose metrics begin with `prefix` and `_`.
    fn create(&self, prefix: &str) -> Subject;
}

/// A [`ContainerFactory`] made of a closure.
#[derive(Clone)]
pub struct Factory<F> {
    name: String,
    capabilities: Vec<Capability>,
    create: F,
}

impl<F: Fn(&str) -> Subject> Factory<F> {
    /// Puts a factory together; `create` gets the prefix.
    pub fn new(name: &str, capabilities: &[Capability], create: F) -> Self {
        Self {
            name: name.to_owned(),
            capabilities: capabilities.to_vec(),
            create,
        }
    }
}

impl<F: Fn(&str) -> Subject> ContainerFactory for Factory<F> {
    fn name(&self) -> &str {
        &self.name
    }

    fn capabilities(&self) -> &[Capability] {
        &self.capabilities
    }

    fn create(&self, prefix: &str) -> Subject {
        (self.create)(prefix)
    }
}

impl<F> fmt::Debug for Factory<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Factory")
            .field("name", &self.name)
            .field("capabilities", &self.capabilities)
            .finish_non_exhaustive()
    }
}
