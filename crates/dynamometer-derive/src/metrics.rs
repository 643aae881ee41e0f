//! `#[derive(Metrics)]`.

use proc_macro2::{Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::spanned::Spanned;
use syn::{Data, DeriveInput, Error, Field, Fields};

/// The field that holds a component's container.
const BASE: &str = "base";

pub(crate) fn expand(input: &DeriveInput) -> Result<TokenStream, Error> {
    let base = base_field(input)?;
    let (name, visibility) = (&input.ident, &input.vis);
    let (impl_generics, type_generics, where_clause) = input.generics.split_for_impl();
    let field = &base.ident;
    // A base of another type is an error there and not at the derive.
    let at_type = Span::call_site().located_at(base.ty.span());
    let print = quote_spanned! { at_type =>
        ::dynamometer::BaseComponentMetrics::print_metrics(&self.#field);
    };
    Ok(quote! {
        impl #impl_generics #name #type_generics #where_clause {
            /// Prints all metrics of this component, for a person, to standard output.
            #visibility fn print_metrics(&self) {
                #print
            }
        }
    })
}

fn base_field(input: &DeriveInput) -> Result<&Field, Error> {
    let Data::Struct(data) = &input.data else {
        return Err(Error::new_spanned(
            &input.ident,
            "Metrics can be derived for structs only",
        ));
    };
    let Fields::Named(fields) = &data.fields else {
        return Err(Error::new_spanned(
            &input.ident,
            "Metrics needs named fields, `base: BaseComponentMetrics` among them",
        ));
    };
    let is_base = |field: &&Field| field.ident.as_ref().is_some_and(|ident| ident == BASE);
    fields.named.iter().find(is_base).ok_or_else(|| {
        let message = "Metrics needs a field `base: BaseComponentMetrics`";
        Error::new_spanned(&input.ident, message)
    })
}
