//! Families as fields: by a typed key, or by the names of their labels.

use super::declaration::Declaration;
use super::handle::Declare;
use super::needs::Needs;
use crate::builder::Builder;
use crate::container::Container;
use crate::error::Error;
use crate::family::{MetricVec, Names};
use crate::handle::Handle;
use crate::labels::Labels;

/// The key names the labels.
impl<H: Handle + Declare, L: Labels> Declare for MetricVec<H, L> {
    const NEEDS: Needs = H::NEEDS;

    fn declare(container: &Container, declaration: &Declaration<'_>) -> Self {
        Builder::of(container, declaration.into()).keyed()
    }

    fn try_declare(container: &Container, declaration: &Declaration<'_>) -> Result<Self, Error> {
        Builder::of(container, declaration.into()).try_keyed()
    }
}

/// A declaration names the labels, and has no default for them.
impl<H: Handle + Declare> Declare for MetricVec<H, Names> {
    const NEEDS: Needs = H::NEEDS.label_names();

    fn declare(container: &Container, declaration: &Declaration<'_>) -> Self {
        Builder::of(container, declaration.into()).vec(declaration.label_names)
    }

    fn try_declare(container: &Container, declaration: &Declaration<'_>) -> Result<Self, Error> {
        Builder::of(container, declaration.into()).try_vec(declaration.label_names)
    }
}
