//! Reading `#[metric(…)]` and its like: key by key, on past a mistake.

use proc_macro2::{Span, TokenStream, TokenTree};
use quote::quote;
use syn::meta::ParseNestedMeta;
use syn::parse::ParseStream;
use syn::{Attribute, Error, LitStr, Path, Token, parse_quote};

use crate::errors::Errors;

/// Calls `entry` for every key in the attributes called `name`.
///
/// After a mistake it goes on with the next key, so that all are reported.
pub(crate) fn read(
    attributes: &[Attribute],
    name: &str,
    errors: &mut Errors,
    mut entry: impl FnMut(&str, &ParseNestedMeta<'_>) -> Result<(), Error>,
) {
    for attribute in attributes {
        if !attribute.path().is_ident(name) {
            continue;
        }
        let read = attribute.parse_nested_meta(|meta| {
            let read = entry(&key(&meta), &meta);
            past(read, &meta, errors)
        });
        errors.ok(read);
    }
}

/// Keeps a mistake, and skips what is left of the key that it is in.
pub(crate) fn past(
    read: Result<(), Error>,
    meta: &ParseNestedMeta<'_>,
    errors: &mut Errors,
) -> Result<(), Error> {
    if errors.ok(read).is_none() {
        until_comma(meta.input)?;
    }
    Ok(())
}

/// The key as it is written; a path is none that anyone knows.
pub(crate) fn key(meta: &ParseNestedMeta<'_>) -> String {
    meta.path
        .get_ident()
        .map_or_else(String::new, ToString::to_string)
}

/// The error for a key that is not one of `known`.
pub(crate) fn unknown(meta: &ParseNestedMeta<'_>, known: &[&str]) -> Error {
    let path = &meta.path;
    let written = quote!(#path).to_string().replace(' ', "");
    meta.error(format!(
        "unknown attribute `{written}`; known here: {}",
        list(known)
    ))
}

/// Returns the string of `key = "…"`.
pub(crate) fn text(meta: &ParseNestedMeta<'_>) -> Result<LitStr, Error> {
    let wanted = || format!("`{0}` needs a string: `{0} = \"…\"`", key(meta));
    if !meta.input.peek(Token![=]) {
        return Err(meta.error(wanted()));
    }
    let value = meta.value()?;
    let at = value.span();
    value.parse().map_err(|_| Error::new(at, wanted()))
}

/// Returns the tokens of `key = …`, up to the next comma.
///
/// Parsing an expression would take most of syn, for tokens that only pass through.
pub(crate) fn expression(meta: &ParseNestedMeta<'_>) -> Result<TokenStream, Error> {
    let wanted = || format!("`{0}` needs a value: `{0} = …`", key(meta));
    if !meta.input.peek(Token![=]) {
        return Err(meta.error(wanted()));
    }
    let tokens = until_comma(meta.value()?)?;
    if tokens.is_empty() {
        return Err(meta.error(wanted()));
    }
    Ok(tokens)
}

/// Checks that a key stands alone.
pub(crate) fn flag(meta: &ParseNestedMeta<'_>) -> Result<Span, Error> {
    if meta.input.is_empty() || meta.input.peek(Token![,]) {
        return Ok(span(meta));
    }
    Err(meta.error(format!("`{}` takes no value", key(meta))))
}

/// Sets what may be given once.
pub(crate) fn once<T>(
    slot: &mut Option<T>,
    value: T,
    meta: &ParseNestedMeta<'_>,
) -> Result<(), Error> {
    if slot.is_some() {
        return Err(meta.error(format!("`{}` is given twice", key(meta))));
    }
    *slot = Some(value);
    Ok(())
}

/// Where the key is written.
pub(crate) fn span(meta: &ParseNestedMeta<'_>) -> Span {
    meta.path
        .segments
        .first()
        .map_or_else(Span::call_site, |segment| segment.ident.span())
}

/// Returns the path of `crate = "…"`.
pub(crate) fn krate(meta: &ParseNestedMeta<'_>) -> Result<Path, Error> {
    let text = text(meta)?;
    text.parse_with(Path::parse_mod_style).map_err(|_| {
        let message = "`crate` is the path to dynamometer: `crate = \"my_crate::dynamometer\"`";
        Error::new(text.span(), message)
    })
}

/// The module that generated code goes through.
pub(crate) fn private(krate: Option<Path>) -> TokenStream {
    let krate = krate.unwrap_or_else(|| parse_quote!(::dynamometer));
    quote!(#krate::__private)
}

/// Words for a sentence: `` `a`, `b` ``.
pub(crate) fn list(words: &[&str]) -> String {
    let quoted: Vec<_> = words.iter().map(|word| format!("`{word}`")).collect();
    quoted.join(", ")
}

fn until_comma(input: ParseStream<'_>) -> Result<TokenStream, Error> {
    let mut tokens = TokenStream::new();
    while !input.is_empty() && !input.peek(Token![,]) {
        tokens.extend([input.parse::<TokenTree>()?]);
    }
    Ok(tokens)
}
