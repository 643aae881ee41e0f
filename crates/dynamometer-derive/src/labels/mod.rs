//! `#[derive(Labels)]`.

mod key;
mod value;

use proc_macro2::TokenStream;
use syn::{Data, DeriveInput, Error};

pub(crate) fn expand(input: &DeriveInput) -> Result<TokenStream, Error> {
    match &input.data {
        Data::Struct(data) => key::expand(input, &data.fields),
        Data::Enum(data) => value::expand(input, data),
        Data::Union(_) => Err(Error::new_spanned(
            &input.ident,
            "Labels can be derived for a struct, as a key, and for an enum, as a label value",
        )),
    }
}
