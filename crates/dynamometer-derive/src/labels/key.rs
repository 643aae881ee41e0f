//! A struct as the key of a family: one label for each field.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{format_ident, quote, quote_spanned};
use syn::spanned::Spanned;
use syn::{DeriveInput, Error, Field, Fields, LitStr, Path, Type};

use crate::attribute;
use crate::errors::Errors;
use crate::generics::with_bounds;
use crate::name::{Name, repeated};

/// One field.
struct Label<'a> {
    field: &'a Ident,
    ty: &'a Type,
    name: Name,
}

impl Label<'_> {
    /// A type that is no label value is an error there and not at the derive.
    fn at_type(&self) -> Span {
        Span::mixed_site().located_at(self.ty.span())
    }

    fn value(&self) -> TokenStream {
        let field = self.field;
        quote!(&self.#field)
    }
}

pub(super) fn expand(input: &DeriveInput, fields: &Fields) -> Result<TokenStream, Error> {
    let mut errors = Errors::default();
    if let Fields::Unnamed(unnamed) = fields {
        let message = "a key needs named fields, which name its labels: `struct Key { model: … }`";
        errors.at(unnamed, message);
    }
    let private = attribute::private(krate(input, &mut errors));
    let labels: Vec<_> = fields
        .iter()
        .filter_map(|field| label(field, &mut errors))
        .collect();
    let names: Vec<_> = labels.iter().map(|label| label.name.clone()).collect();
    for twice in repeated(&names, |name| {
        format!("two labels are called `{name}`; choose another with `#[label(name = \"…\")]`")
    }) {
        errors.push(twice);
    }
    errors.finish(implementation(input, &private, &labels))
}

fn krate(input: &DeriveInput, errors: &mut Errors) -> Option<Path> {
    let mut krate = None;
    attribute::read(&input.attrs, "label", errors, |key, meta| match key {
        "crate" => attribute::once(&mut krate, attribute::krate(meta)?, meta),
        "rename_all" => {
            let message = "`rename_all` is for enums; name a label with `#[label(name = \"…\")]` \
                           on its field";
            Err(meta.error(message))
        }
        _ => Err(attribute::unknown(meta, &["crate"])),
    });
    krate
}

fn label<'a>(field: &'a Field, errors: &mut Errors) -> Option<Label<'a>> {
    let mut given: Option<LitStr> = None;
    attribute::read(&field.attrs, "label", errors, |key, meta| match key {
        "name" => attribute::once(&mut given, attribute::text(meta)?, meta),
        _ => Err(attribute::unknown(meta, &["name"])),
    });
    let ident = field.ident.as_ref()?;
    let name = Name::given_or(given.as_ref(), ident);
    errors.ok(name.check_label("choose another with `#[label(name = \"…\")]`"));
    Some(Label {
        field: ident,
        ty: &field.ty,
        name,
    })
}

fn implementation(input: &DeriveInput, private: &TokenStream, labels: &[Label<'_>]) -> TokenStream {
    let bound = quote!(#private::LabelValue);
    let bounds: Vec<_> = labels
        .iter()
        .map(|label| (label.ty, bound.clone()))
        .collect();
    let generics = with_bounds(&input.generics, &bounds);
    let (impl_generics, type_generics, where_clause) = generics.split_for_impl();
    let ident = &input.ident;
    let names = labels.iter().map(|label| &label.name.text);
    let values = labels.iter().map(|label| {
        let (ty, at) = (label.ty, label.at_type());
        quote_spanned!(at=> <#ty as #private::LabelValue>::VALUES)
    });
    let index = index(private, labels);
    let with = Ident::new("with", Span::mixed_site());
    let with_values = with_values(private, labels, &with);
    quote! {
        #[automatically_derived]
        impl #impl_generics #private::Labels for #ident #type_generics #where_clause {
            const NAMES: &'static [&'static str] = &[#(#names),*];
            const VALUES: &'static [#private::Option<&'static [&'static str]>] = &[#(#values),*];

            #[inline]
            fn index(&self) -> usize {
                #index
            }

            #[inline]
            fn with_values<__R>(&self, #with: impl #private::FnOnce(&[&str]) -> __R) -> __R {
                #with_values
            }
        }
    }
}

/// Each label is one more digit of the number before it.
fn index(private: &TokenStream, labels: &[Label<'_>]) -> TokenStream {
    let index = labels.iter().fold(quote!(0), |index, label| {
        let (ty, at, value) = (label.ty, label.at_type(), label.value());
        quote_spanned! {at=>
            #private::index_with(
                #index,
                <#ty as #private::LabelValue>::VALUES,
                <#ty as #private::LabelValue>::index(#value),
            )
        }
    });
    quote!(#private::dense_index::<Self>(#index))
}

/// Each value lives as long as the closure it is passed to: they nest.
fn with_values(private: &TokenStream, labels: &[Label<'_>], with: &Ident) -> TokenStream {
    let values: Vec<_> = (0..labels.len())
        .map(|at| format_ident!("value{at}", span = Span::mixed_site()))
        .collect();
    let innermost = quote!(#with(&[#(#values),*]));
    let pairs = labels.iter().zip(&values);
    pairs.rev().fold(innermost, |inner, (label, text)| {
        let (ty, at, value) = (label.ty, label.at_type(), label.value());
        quote_spanned!(at=> <#ty as #private::LabelValue>::with_str(#value, |#text| #inner))
    })
}
