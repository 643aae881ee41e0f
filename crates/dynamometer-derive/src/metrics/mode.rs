//! The two constructors, and how they differ.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::LitStr;

use crate::metrics::attributes::Scope;

/// Which of the two constructors is written.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Mode {
    /// `register`, which never fails.
    Register,
    /// `try_register`, which returns the first mistake.
    TryRegister,
}

impl Mode {
    /// Picks the function, and adds the `?` that the fallible twin needs.
    pub(super) fn call(
        self,
        functions: [&TokenStream; 2],
        arguments: &TokenStream,
        at: Span,
    ) -> TokenStream {
        let [never, fallible] = functions;
        match self {
            Self::Register => quote_spanned!(at=> #never(#arguments)),
            Self::TryRegister => quote_spanned!(at=> #fallible(#arguments)?),
        }
    }
}

/// A reference to `container`, or to a scope of it.
pub(super) fn scoped(
    private: &TokenStream,
    scope: &Scope,
    mode: Mode,
    container: &Ident,
) -> TokenStream {
    if scope.prefix.is_none() && scope.labels.is_empty() {
        return quote!(#container);
    }
    let prefix = scope
        .prefix
        .as_ref()
        .map_or_else(String::new, LitStr::value);
    let labels = labels(scope);
    let call = mode.call(
        [
            &quote!(#private::Container::scope),
            &quote!(#private::Container::try_scope),
        ],
        &quote!(#container, #prefix, #labels),
        Span::mixed_site(),
    );
    quote!(&#call)
}

/// The labels of a scope, as a reference to an array of pairs.
pub(super) fn labels(scope: &Scope) -> TokenStream {
    let names = scope.labels.iter().map(|label| &label.name.text);
    let values = scope.labels.iter().map(|label| &label.value);
    quote!(&[#((#names, #values)),*])
}
