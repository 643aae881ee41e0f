//! The states of a state set.

use proc_macro2::TokenStream;
use syn::parse::Parser;
use syn::punctuated::Punctuated;
use syn::{Error, LitStr, Token};

use super::list::List;
use crate::errors::Errors;
use crate::name::{Name, repeated};

/// The most states that a set has room for.
const MOST: usize = 64;

/// Reads what `states = …` says, and checks the texts of an array of literals.
pub(super) fn states(tokens: TokenStream) -> Result<List, Error> {
    List::new(tokens, "a state set needs at least one state", |elements| {
        // An array of anything but texts is left to rustc.
        match Punctuated::<LitStr, Token![,]>::parse_terminated.parse2(elements) {
            Ok(texts) => check(&texts.iter().map(Name::from).collect::<Vec<_>>()),
            Err(_) => Ok(()),
        }
    })
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
