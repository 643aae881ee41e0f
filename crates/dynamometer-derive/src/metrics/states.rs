//! The states of a state set.

use proc_macro2::{Delimiter, Span, TokenStream, TokenTree};
use quote::{quote, quote_spanned};
use syn::parse::Parser;
use syn::punctuated::Punctuated;
use syn::spanned::Spanned;
use syn::{Error, LitStr, Token};

use crate::errors::Errors;
use crate::name::{Name, repeated};

/// The most states that a set has room for.
const MOST: usize = 64;

/// What `states = …` says.
pub(super) enum States {
    /// An array, which becomes `&[&str]` by itself.
    Array(TokenStream),
    /// A constant or another expression: an array, a slice or a vector.
    Expression(TokenStream),
}

impl States {
    /// Checks what can be seen: the texts of an array of literals.
    pub(super) fn new(tokens: TokenStream) -> Result<Self, Error> {
        let mut trees = tokens.clone().into_iter();
        let (Some(TokenTree::Group(group)), None) = (trees.next(), trees.next()) else {
            return Ok(Self::Expression(tokens));
        };
        if group.delimiter() != Delimiter::Bracket {
            return Ok(Self::Expression(tokens));
        }
        if group.stream().is_empty() {
            let message = "a state set needs at least one state";
            return Err(Error::new_spanned(tokens, message));
        }
        // An array of anything but texts is left to rustc.
        let texts = Punctuated::<LitStr, Token![,]>::parse_terminated.parse2(group.stream());
        if let Ok(texts) = texts {
            check(&texts.iter().map(Name::from).collect::<Vec<_>>())?;
        }
        Ok(Self::Array(tokens))
    }

    /// An expression of type `&[&str]`.
    pub(super) fn as_slice(&self, private: &TokenStream) -> TokenStream {
        match self {
            Self::Array(array) => quote!(&#array),
            Self::Expression(expression) => {
                // What is no list of texts is an error there and not at the derive.
                let at = Span::mixed_site().located_at(expression.span());
                quote_spanned!(at=> #private::states(&#expression))
            }
        }
    }
}

fn check(states: &[Name]) -> Result<(), Error> {
    let mut errors = Errors::default();
    for state in states.iter().filter(|state| state.text.is_empty()) {
        errors.push(state.error("a state needs a name"));
    }
    for error in repeated(states, |state| format!("state `{state}` is given twice")) {
        errors.push(error);
    }
    if let Some(state) = states.get(MOST) {
        errors.push(state.error(format!("a state set has room for {MOST} states")));
    }
    errors.finish(())
}
