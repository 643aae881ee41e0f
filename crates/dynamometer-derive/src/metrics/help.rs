//! The help text of a metric: what its doc comment begins with.

use syn::{Attribute, Expr, ExprLit, Lit, Meta};

/// Returns the first paragraph of a doc comment, on one line.
pub(super) fn help(attributes: &[Attribute]) -> String {
    let comments: Vec<_> = attributes.iter().filter_map(comment).collect();
    let lines = comments.iter().flat_map(|comment| {
        let is_block = comment.contains('\n');
        comment.lines().map(move |line| {
            let line = line.trim();
            let undecorated = line.strip_prefix('*').filter(|_| is_block);
            undecorated.map_or(line, str::trim)
        })
    });
    let paragraph: Vec<_> = lines
        .skip_while(|line| line.is_empty())
        .take_while(|line| !line.is_empty())
        .collect();
    paragraph.join(" ")
}

/// A comment without lines counts as one empty line, as `///` alone is.
fn comment(attribute: &Attribute) -> Option<String> {
    let Meta::NameValue(pair) = &attribute.meta else {
        return None;
    };
    let Expr::Lit(ExprLit {
        lit: Lit::Str(text),
        ..
    }) = &pair.value
    else {
        return None;
    };
    let text = text.value();
    pair.path.is_ident("doc").then(|| {
        if text.is_empty() {
            "\n".to_owned()
        } else {
            text
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use syn::{Field, parse_quote};

    #[track_caller]
    fn assert_help(field: &Field, expected: &str) {
        assert_eq!(help(&field.attrs), expected);
    }

    #[test]
    fn the_first_paragraph_is_joined_to_one_line() {
        let field: Field = parse_quote! {
            ///
            /// Requests handled,
            ///   in all.
            ///
            /// Those that failed too.
            #[metric(name = "requests_total")]
            requests: Counter
        };
        assert_help(&field, "Requests handled, in all.");
    }

    #[test]
    fn a_block_comment_is_read_without_its_stars() {
        let field: Field = parse_quote! {
            /**
             * Requests handled,
             * in all.
             *
             * Those that failed too.
             */
            requests: Counter
        };
        assert_help(&field, "Requests handled, in all.");
    }

    #[test]
    fn a_star_that_is_text_stays() {
        let field: Field = parse_quote! {
            /// *All* requests.
            requests: Counter
        };
        assert_help(&field, "*All* requests.");
    }

    #[test]
    fn no_comment_is_no_help() {
        let field: Field = parse_quote!(#[doc(hidden)] requests: Counter);
        assert_help(&field, "");
    }
}
