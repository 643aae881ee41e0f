//! The upper bounds of a histogram.

use proc_macro2::TokenStream;
use syn::parse::Parser;
use syn::punctuated::Punctuated;
use syn::{Error, Expr, ExprLit, ExprUnary, Lit, Token, UnOp};

use super::list::List;

/// Reads what `buckets = …` says, and checks that an array's literals increase.
pub(super) fn buckets(tokens: TokenStream) -> Result<List, Error> {
    let empty = "a histogram needs at least one bucket below `+Inf`";
    List::new(tokens, empty, |elements| {
        // An element that needs more than a part of syn to parse is left to rustc.
        let elements = Punctuated::<Expr, Token![,]>::parse_terminated.parse2(elements);
        for pair in elements.iter().flatten().collect::<Vec<_>>().windows(2) {
            if let (Some(lower), Some(upper)) = (number(pair[0]), number(pair[1]))
                && lower >= upper
            {
                let message = "buckets are upper bounds in increasing order; this one is not \
                               above the one before it";
                return Err(Error::new_spanned(pair[1], message));
            }
        }
        Ok(())
    })
}

fn number(expr: &Expr) -> Option<f64> {
    match expr {
        Expr::Lit(ExprLit {
            lit: Lit::Float(float),
            ..
        }) => float.base10_parse().ok(),
        Expr::Unary(ExprUnary {
            op: UnOp::Neg(_),
            expr,
            ..
        }) => number(expr).map(|value| -value),
        _ => None,
    }
}
