//! A list in an attribute: an array, or an expression that is one.

use proc_macro2::{Delimiter, Span, TokenStream, TokenTree};
use quote::{ToTokens, format_ident, quote, quote_spanned};
use syn::Error;
use syn::spanned::Spanned;

/// What `buckets = …` or `states = …` says.
pub(super) enum List {
    /// An array, which becomes a slice by itself.
    Array(TokenStream),
    /// A constant or another expression: an array, a slice or a vector.
    Expression(TokenStream),
}

impl List {
    /// Checks what can be seen: that an array is not empty, and its elements by
    /// `check`.
    pub(super) fn new(
        tokens: TokenStream,
        empty: &str,
        check: impl FnOnce(TokenStream) -> Result<(), Error>,
    ) -> Result<Self, Error> {
        let mut trees = tokens.clone().into_iter();
        let (Some(TokenTree::Group(group)), None) = (trees.next(), trees.next()) else {
            return Ok(Self::Expression(tokens));
        };
        if group.delimiter() != Delimiter::Bracket {
            return Ok(Self::Expression(tokens));
        }
        if group.stream().is_empty() {
            return Err(Error::new_spanned(tokens, empty));
        }
        check(group.stream())?;
        Ok(Self::Array(tokens))
    }

    /// An expression that is a slice; `convert` of the private module makes one of
    /// what is no array.
    pub(super) fn as_slice(&self, private: &TokenStream, convert: &str) -> TokenStream {
        match self {
            Self::Array(array) => quote!(&#array),
            Self::Expression(expression) => {
                // What is no such list is an error there and not at the derive.
                let at = Span::mixed_site().located_at(expression.span());
                let convert = format_ident!("{convert}");
                quote_spanned!(at=> #private::#convert(&#expression))
            }
        }
    }
}

impl ToTokens for List {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        let (Self::Array(written) | Self::Expression(written)) = self;
        written.to_tokens(tokens);
    }
}
