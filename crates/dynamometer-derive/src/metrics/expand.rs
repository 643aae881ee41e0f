//! The code for a struct of metrics.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::spanned::Spanned;
use syn::{Data, DeriveInput, Error, Fields, FieldsNamed};

use crate::attribute;
use crate::errors::Errors;
use crate::generics::with_bounds;
use crate::metrics::attributes::{Scope, StructAttributes};
use crate::metrics::check;
use crate::metrics::field::Member;
use crate::metrics::mode::{Mode, scoped};

pub(crate) fn expand(input: &DeriveInput) -> Result<TokenStream, Error> {
    let fields = named_fields(input)?;
    let mut errors = Errors::default();
    let attributes = StructAttributes::read(&input.attrs, &mut errors);
    let scope = &attributes.scope;
    check::scope(scope, &Scope::default(), &mut errors);
    let members: Vec<_> = fields
        .named
        .iter()
        .filter_map(|field| Member::new(field, scope, &mut errors))
        .collect();
    check::series(&members, &mut errors);
    let private = attribute::private(attributes.krate);
    let metrics = metrics(input, &private, scope, &members);
    let print = members
        .iter()
        .find(|member| member.is_base())
        .map(|base| print_metrics(input, &private, base));
    errors.finish(quote!(#metrics #print))
}

fn named_fields(input: &DeriveInput) -> Result<&FieldsNamed, Error> {
    let wrong = |message| Err(Error::new_spanned(&input.ident, message));
    let Data::Struct(data) = &input.data else {
        return wrong("Metrics can be derived for structs only");
    };
    let Fields::Named(fields) = &data.fields else {
        return wrong("Metrics needs named fields, which name the metrics");
    };
    Ok(fields)
}

fn metrics(
    input: &DeriveInput,
    private: &TokenStream,
    scope: &Scope,
    members: &[Member<'_>],
) -> TokenStream {
    let bounds: Vec<_> = members
        .iter()
        .map(|member| (member.ty, member.bounds(private)))
        .collect();
    let generics = with_bounds(&input.generics, &bounds);
    let (impl_generics, type_generics, where_clause) = generics.split_for_impl();
    let ident = &input.ident;
    let container = Ident::new("container", Span::mixed_site());
    let checks = members
        .iter()
        .map(|member| member.checks(private, &input.generics));
    let register = constructor(private, Mode::Register, scope, members, &container);
    let try_register = constructor(private, Mode::TryRegister, scope, members, &container);
    quote! {
        #[automatically_derived]
        impl #impl_generics #private::Metrics for #ident #type_generics #where_clause {
            fn register(#container: &#private::Container) -> Self {
                #(#checks)*
                #register
            }

            fn try_register(
                #container: &#private::Container,
            ) -> #private::Result<Self, #private::Error> {
                #private::Result::Ok({ #try_register })
            }
        }
    }
}

fn constructor(
    private: &TokenStream,
    mode: Mode,
    scope: &Scope,
    members: &[Member<'_>],
    container: &Ident,
) -> TokenStream {
    let inner = Ident::new("scope", Span::mixed_site());
    let scoped = scoped(private, scope, mode, container);
    let fields = members.iter().map(|member| member.field);
    let values = members
        .iter()
        .map(|member| member.value(private, mode, [container, &inner]));
    quote! {
        let #inner = #scoped;
        // Nothing uses it where every field is skipped.
        let _ = #inner;
        Self { #(#fields: #values,)* }
    }
}

fn print_metrics(input: &DeriveInput, private: &TokenStream, base: &Member<'_>) -> TokenStream {
    let (ident, visibility) = (&input.ident, &input.vis);
    let (impl_generics, type_generics, where_clause) = input.generics.split_for_impl();
    let (field, ty) = (base.field, base.ty);
    let field = quote!(&self.#field);
    let at = Span::mixed_site().located_at(ty.span());
    let print = quote_spanned!(at=> <#ty as #private::Base>::print_metrics(#field););
    quote! {
        impl #impl_generics #ident #type_generics #where_clause {
            /// Prints all metrics of this component, for a person, to standard output.
            #visibility fn print_metrics(&self) {
                #print
            }
        }
    }
}
