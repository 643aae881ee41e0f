//! An enum as the value of a label: a closed list.

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;
use syn::{DataEnum, DeriveInput, Error, Fields, LitStr, Variant};

use crate::attribute;
use crate::case::Case;
use crate::errors::Errors;
use crate::name::{Name, repeated};

pub(super) fn expand(input: &DeriveInput, data: &DataEnum) -> Result<TokenStream, Error> {
    let mut errors = Errors::default();
    let (mut krate, mut case) = (None, None);
    attribute::read(&input.attrs, "label", &mut errors, |key, meta| match key {
        "crate" => attribute::once(&mut krate, attribute::krate(meta)?, meta),
        "rename_all" => {
            let text = attribute::text(meta)?;
            let parsed = Case::parse(&text.value());
            let parsed = parsed.map_err(|message| Error::new(text.span(), message))?;
            attribute::once(&mut case, parsed, meta)
        }
        _ => Err(attribute::unknown(meta, &["rename_all", "crate"])),
    });
    if data.variants.is_empty() {
        errors.at(
            &input.ident,
            "an enum without variants has no label values; add a variant",
        );
    }
    let case = case.unwrap_or(Case::Snake);
    let variants = data.variants.iter();
    let values: Vec<_> = variants
        .map(|variant| value(variant, case, &mut errors))
        .collect();
    let twice = |text: &str| {
        format!("two variants are `{text}`; name one of them with `#[label(name = \"…\")]`")
    };
    for error in repeated(&values, twice) {
        errors.push(error);
    }
    let private = attribute::private(krate);
    errors.finish(implementation(input, data, &private, &values))
}

fn value(variant: &Variant, case: Case, errors: &mut Errors) -> Name {
    let mut given: Option<LitStr> = None;
    attribute::read(&variant.attrs, "label", errors, |key, meta| match key {
        "name" => attribute::once(&mut given, attribute::text(meta)?, meta),
        _ => Err(attribute::unknown(meta, &["name"])),
    });
    if !matches!(variant.fields, Fields::Unit) {
        let message = "a label value has a closed list of texts, so its variants carry no data; \
                       use a field of type `&str`, `String` or an integer for an open list";
        errors.at(&variant.fields, message);
    }
    let mut name = Name::given_or(given.as_ref(), &variant.ident);
    if given.is_none() {
        name.text = case.apply(&name.text);
    }
    name
}

fn implementation(
    input: &DeriveInput,
    data: &DataEnum,
    private: &TokenStream,
    values: &[Name],
) -> TokenStream {
    let (impl_generics, type_generics, where_clause) = input.generics.split_for_impl();
    let ident = &input.ident;
    let variants: Vec<_> = data.variants.iter().map(|variant| &variant.ident).collect();
    let texts: Vec<_> = values.iter().map(|value| &value.text).collect();
    let positions = 0..variants.len();
    let with = Ident::new("with", Span::mixed_site());
    quote! {
        #[automatically_derived]
        impl #impl_generics #private::LabelValue for #ident #type_generics #where_clause {
            const VALUES: #private::Option<&'static [&'static str]> =
                #private::Option::Some(&[#(#texts),*]);

            #[inline]
            fn index(&self) -> usize {
                match self {
                    #(Self::#variants => #positions,)*
                }
            }

            #[inline]
            fn with_str<__R>(&self, #with: impl #private::FnOnce(&str) -> __R) -> __R {
                #with(match self {
                    #(Self::#variants => #texts,)*
                })
            }
        }
    }
}
