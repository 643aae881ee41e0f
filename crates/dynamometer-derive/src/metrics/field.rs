//! One field of a struct of metrics, and the code that fills it.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::spanned::Spanned;
use syn::{Field, Generics, Type};

use crate::errors::Errors;
use crate::metrics::attributes::{FieldAttributes, Scope};
use crate::metrics::check;
use crate::metrics::metric::Metric;
use crate::metrics::mode::{Mode, scoped};

/// The field that holds a component's container.
const BASE: &str = "base";

/// A field and what it is.
pub(super) struct Member<'a> {
    pub(super) field: &'a Ident,
    pub(super) ty: &'a Type,
    role: Role,
}

enum Role {
    Base,
    Skipped,
    Nested(Scope),
    Metric(Box<Metric>),
}

impl<'a> Member<'a> {
    pub(super) fn new(field: &'a Field, outer: &Scope, errors: &mut Errors) -> Option<Self> {
        let ident = field.ident.as_ref()?;
        let has_attribute = field
            .attrs
            .iter()
            .any(|attr| attr.path().is_ident("metric"));
        let attributes = FieldAttributes::read(&field.attrs, errors);
        check::keys(&attributes, errors);
        check::scope(&attributes.scope, outer, errors);
        let role = if ident == BASE && !has_attribute {
            Role::Base
        } else if attributes.skip.is_some() {
            Role::Skipped
        } else if attributes.nested.is_some() {
            Role::Nested(attributes.scope)
        } else {
            let metric = Metric::new(ident, &field.attrs, attributes);
            check::metric(&metric, errors);
            Role::Metric(Box::new(metric))
        };
        Some(Self {
            field: ident,
            ty: &field.ty,
            role,
        })
    }

    pub(super) fn metric(&self) -> Option<&Metric> {
        match &self.role {
            Role::Metric(metric) => Some(metric),
            _ => None,
        }
    }

    pub(super) fn is_base(&self) -> bool {
        matches!(self.role, Role::Base)
    }

    /// What the field's type implements.
    pub(super) fn bounds(&self, private: &TokenStream) -> TokenStream {
        match &self.role {
            Role::Base => quote!(#private::Base),
            Role::Skipped => quote!(#private::Default),
            Role::Nested(_) => quote!(#private::Metrics),
            Role::Metric(metric) => {
                let taken = metric.taken();
                quote!(#private::Declare #(+ #private::Takes<#private::attribute::#taken>)*)
            }
        }
    }

    /// Code that compiles where the field's type takes the attributes given, and
    /// needs no more.
    pub(super) fn checks(&self, private: &TokenStream, generics: &Generics) -> TokenStream {
        let Some(metric) = self.metric() else {
            return TokenStream::new();
        };
        let ty = self.ty;
        let at = Span::mixed_site().located_at(ty.span());
        let taken = metric.taken();
        let given = metric.given(private);
        let complete = located_at(quote!(#private::complete), at);
        // An item is evaluated by `cargo check` too, but can name no parameter.
        let complete = if generics.params.is_empty() {
            quote_spanned! {at=>
                const _: () = {
                    #[allow(unused_imports)]
                    use #private::NeedsNothing as _;
                    #complete(#private::Needed::<#ty>::NEEDS, #given)
                };
            }
        } else {
            quote_spanned!(at=> const { #complete(<#ty as #private::Declare>::NEEDS, #given) };)
        };
        quote_spanned! {at=>
            #(#private::takes::<#ty, #private::attribute::#taken>();)*
            #complete
        }
    }

    /// The value of the field; `container` is as it was passed in, `scope` inside
    /// the struct's prefix and labels.
    pub(super) fn value(
        &self,
        private: &TokenStream,
        mode: Mode,
        [container, scope]: [&Ident; 2],
    ) -> TokenStream {
        let ty = self.ty;
        // A type that will not do is an error there and not at the derive.
        let at = Span::mixed_site().located_at(ty.span());
        match &self.role {
            Role::Base => quote_spanned!(at=> <#ty as #private::Base>::over(#container)),
            Role::Skipped => quote_spanned!(at=> <#ty as #private::Default>::default()),
            Role::Nested(inner) => {
                let register = quote_spanned!(at=> <#ty as #private::Metrics>::register);
                let try_register = quote_spanned!(at=> <#ty as #private::Metrics>::try_register);
                let arguments = scoped(private, inner, mode, scope);
                mode.call([&register, &try_register], &arguments, at)
            }
            Role::Metric(metric) => {
                let declare = quote_spanned!(at=> <#ty as #private::Declare>::declare);
                let try_declare = quote_spanned!(at=> <#ty as #private::Declare>::try_declare);
                let declaration = metric.declaration(private);
                let arguments = quote!(#scope, &#declaration);
                mode.call([&declare, &try_declare], &arguments, at)
            }
        }
    }
}

/// The same tokens as if they were written elsewhere.
fn located_at(tokens: TokenStream, at: Span) -> TokenStream {
    let located = tokens.into_iter().map(|mut token| {
        token.set_span(token.span().located_at(at));
        token
    });
    located.collect()
}
