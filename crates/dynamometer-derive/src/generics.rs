//! Bounds that a generic struct's fields need.

use proc_macro2::{Ident, TokenStream, TokenTree};
use quote::{ToTokens, quote};
use syn::{Generics, Type, parse_quote};

/// Adds `type: bound` for every field whose type names a parameter.
///
/// For a type without parameters the bound would be checked there and then, and
/// fail at a less telling place than the field.
pub(crate) fn with_bounds(generics: &Generics, bounds: &[(&Type, TokenStream)]) -> Generics {
    let types = generics.type_params().map(|param| &param.ident);
    let consts = generics.const_params().map(|param| &param.ident);
    let parameters: Vec<_> = types.chain(consts).collect();
    let mut bounded = generics.clone();
    for (ty, bound) in bounds {
        if names(quote!(#ty), &parameters) {
            let clause = bounded.make_where_clause();
            clause.predicates.push(parse_quote!(#ty: #bound));
        }
    }
    bounded
}

fn names(tokens: TokenStream, parameters: &[&Ident]) -> bool {
    tokens.into_iter().any(|token| match token {
        TokenTree::Ident(ident) => parameters.contains(&&ident),
        TokenTree::Group(group) => names(group.stream().into_token_stream(), parameters),
        _ => false,
    })
}
