//! The upper bounds of a histogram.

use proc_macro2::{Delimiter, Span, TokenStream, TokenTree};
use quote::{ToTokens, quote, quote_spanned};
use syn::parse::Parser;
use syn::punctuated::Punctuated;
use syn::spanned::Spanned;
use syn::{Error, Expr, ExprLit, ExprUnary, Lit, Token, UnOp};

/// What `buckets = …` says.
pub(super) enum Buckets {
    /// An array, which becomes `&[f64]` by itself.
    Array(TokenStream),
    /// A constant or another expression: an array, a slice or a vector.
    Expression(TokenStream),
}

impl Buckets {
    /// Checks what can be seen: that an array's literals increase.
    pub(super) fn new(tokens: TokenStream) -> Result<Self, Error> {
        let mut trees = tokens.clone().into_iter();
        let (Some(TokenTree::Group(group)), None) = (trees.next(), trees.next()) else {
            return Ok(Self::Expression(tokens));
        };
        if group.delimiter() != Delimiter::Bracket {
            return Ok(Self::Expression(tokens));
        }
        if group.stream().is_empty() {
            let message = "a histogram needs at least one bucket below `+Inf`";
            return Err(Error::new_spanned(tokens, message));
        }
        // An element that needs more than a part of syn to parse is left to rustc.
        let elements = Punctuated::<Expr, Token![,]>::parse_terminated.parse2(group.stream());
        for pair in elements.iter().flatten().collect::<Vec<_>>().windows(2) {
            if let (Some(lower), Some(upper)) = (number(pair[0]), number(pair[1]))
                && lower >= upper
            {
                let message = "buckets are upper bounds in increasing order; this one is not \
                               above the one before it";
                return Err(Error::new_spanned(pair[1], message));
            }
        }
        Ok(Self::Array(tokens))
    }
}

impl Buckets {
    /// An expression of type `&[f64]`.
    pub(super) fn as_slice(&self, private: &TokenStream) -> TokenStream {
        match self {
            Self::Array(array) => quote!(&#array),
            Self::Expression(expression) => {
                // What is no list of numbers is an error there and not at the derive.
                let at = Span::mixed_site().located_at(expression.span());
                quote_spanned!(at=> #private::bounds(&#expression))
            }
        }
    }
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

impl ToTokens for Buckets {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        let (Self::Array(written) | Self::Expression(written)) = self;
        written.to_tokens(tokens);
    }
}
