//! `#[derive(Metrics)]`.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{Data, DeriveInput, Error, Field, Fields};

/// The field that holds a component's container.
const BASE: &str = "base";

pub(crate) fn expand(input: &DeriveInput) -> Result<TokenStream, Error> {
    let base = base_field(input)?;
    let (name, visibility) = (&input.ident, &input.vis);
    let (impl_generics, type_generics, where_clause) = input.generics.split_for_impl();
    let field = &base.ident;
    Ok(quote! {
        impl #impl_generics #name #type_generics #where_clause {
            /// Prints all metrics of this component, for a person, to standard output.
            #visibility fn print_metrics(&self) {
                ::dynamometer::BaseComponentMetrics::print_metrics(&self.#field);
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
