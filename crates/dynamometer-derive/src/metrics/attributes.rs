//! What `#[metrics(…)]` and `#[metric(…)]` say.

use proc_macro2::{Span, TokenStream};
use syn::meta::ParseNestedMeta;
use syn::parse::{ParseStream, Parser};
use syn::punctuated::Punctuated;
use syn::{Attribute, Error, LitStr, Path, Token, bracketed};

use crate::attribute::{self, list};
use crate::errors::Errors;
use crate::metrics::buckets::buckets;
use crate::metrics::list::List;
use crate::metrics::states::states;
use crate::name::Name;

/// The units there are, as the library's `Unit` has them.
const UNITS: [(&str, &str); 9] = [
    ("seconds", "Seconds"),
    ("bytes", "Bytes"),
    ("ratio", "Ratio"),
    ("celsius", "Celsius"),
    ("joules", "Joules"),
    ("volts", "Volts"),
    ("amperes", "Amperes"),
    ("meters", "Meters"),
    ("grams", "Grams"),
];

const ON_STRUCT: [&str; 3] = ["prefix", "labels", "crate"];
const ON_FIELD: [&str; 15] = [
    "name",
    "unit",
    "labels",
    "buckets",
    "exponential",
    "alias",
    "limit",
    "label_names",
    "expire_after",
    "shared_cells",
    "exemplars",
    "states",
    "nested",
    "prefix",
    "skip",
];

/// A constant label.
pub(super) struct Label {
    pub(super) name: Name,
    pub(super) value: TokenStream,
}

/// A prefix and labels, which make a scope of a container.
#[derive(Default)]
pub(super) struct Scope {
    pub(super) prefix: Option<LitStr>,
    pub(super) labels: Vec<Label>,
}

/// What is said of the struct.
#[derive(Default)]
pub(super) struct StructAttributes {
    pub(super) scope: Scope,
    pub(super) krate: Option<Path>,
}

impl StructAttributes {
    pub(super) fn read(attributes: &[Attribute], errors: &mut Errors) -> Self {
        let mut read = Self::default();
        attribute::read(attributes, "metrics", errors, |key, meta| match key {
            "prefix" => attribute::once(&mut read.scope.prefix, attribute::text(meta)?, meta),
            "labels" => labels(&mut read.scope.labels, meta),
            "crate" => attribute::once(&mut read.krate, attribute::krate(meta)?, meta),
            _ => Err(attribute::unknown(meta, &ON_STRUCT)),
        });
        read
    }
}

/// What is said of a field.
#[derive(Default)]
pub(super) struct FieldAttributes {
    /// Every key, and where it is written.
    pub(super) given: Vec<Name>,
    pub(super) name: Option<LitStr>,
    /// The variant of `Unit`.
    pub(super) unit: Option<&'static str>,
    pub(super) scope: Scope,
    pub(super) buckets: Option<List>,
    pub(super) exponential: Option<Span>,
    pub(super) aliases: Vec<LitStr>,
    pub(super) limit: Option<TokenStream>,
    pub(super) label_names: Option<Vec<LitStr>>,
    pub(super) expire_after: Option<TokenStream>,
    pub(super) shared_cells: Option<Span>,
    pub(super) exemplars: Option<Span>,
    pub(super) states: Option<List>,
    pub(super) nested: Option<Span>,
    pub(super) skip: Option<Span>,
}

impl FieldAttributes {
    pub(super) fn read(attributes: &[Attribute], errors: &mut Errors) -> Self {
        let mut read = Self::default();
        attribute::read(attributes, "metric", errors, |key, meta| {
            read.given.push(Name {
                text: key.to_owned(),
                span: attribute::span(meta),
            });
            read.entry(key, meta)
        });
        read
    }

    fn entry(&mut self, key: &str, meta: &ParseNestedMeta<'_>) -> Result<(), Error> {
        match key {
            "name" => attribute::once(&mut self.name, attribute::text(meta)?, meta),
            "unit" => attribute::once(&mut self.unit, unit(&attribute::text(meta)?)?, meta),
            "labels" => labels(&mut self.scope.labels, meta),
            "prefix" => attribute::once(&mut self.scope.prefix, attribute::text(meta)?, meta),
            "buckets" => {
                let buckets = buckets(attribute::expression(meta)?)?;
                attribute::once(&mut self.buckets, buckets, meta)
            }
            "exponential" => attribute::once(&mut self.exponential, attribute::flag(meta)?, meta),
            "alias" => {
                self.aliases.push(attribute::text(meta)?);
                Ok(())
            }
            "limit" => attribute::once(&mut self.limit, attribute::expression(meta)?, meta),
            "label_names" => attribute::once(&mut self.label_names, label_names(meta)?, meta),
            "expire_after" => {
                attribute::once(&mut self.expire_after, attribute::expression(meta)?, meta)
            }
            "shared_cells" => attribute::once(&mut self.shared_cells, attribute::flag(meta)?, meta),
            "exemplars" => attribute::once(&mut self.exemplars, attribute::flag(meta)?, meta),
            "states" => {
                let states = states(attribute::expression(meta)?)?;
                attribute::once(&mut self.states, states, meta)
            }
            "nested" => attribute::once(&mut self.nested, attribute::flag(meta)?, meta),
            "skip" => attribute::once(&mut self.skip, attribute::flag(meta)?, meta),
            _ => Err(attribute::unknown(meta, &ON_FIELD)),
        }
    }

    pub(super) fn has(&self, key: &str) -> bool {
        self.given.iter().any(|given| given.text == key)
    }
}

/// Reads `labels(key = value, …)`.
fn labels(into: &mut Vec<Label>, meta: &ParseNestedMeta<'_>) -> Result<(), Error> {
    if !meta.input.peek(syn::token::Paren) {
        return Err(meta.error("`labels` needs names and values: `labels(key = \"value\")`"));
    }
    let mut errors = Errors::default();
    meta.parse_nested_meta(|label| {
        let read = self::label(&label).map(|label| into.push(label));
        attribute::past(read, &label, &mut errors)
    })?;
    errors.finish(())
}

fn label(meta: &ParseNestedMeta<'_>) -> Result<Label, Error> {
    let Some(ident) = meta.path.get_ident() else {
        return Err(meta.error("a label's name is one word: `labels(key = \"value\")`"));
    };
    Ok(Label {
        name: ident.into(),
        value: attribute::expression(meta)?,
    })
}

/// Reads `label_names = ["a", "b"]`.
fn label_names(meta: &ParseNestedMeta<'_>) -> Result<Vec<LitStr>, Error> {
    let tokens = attribute::expression(meta)?;
    let names = |input: ParseStream<'_>| {
        let content;
        bracketed!(content in input);
        Punctuated::<LitStr, Token![,]>::parse_terminated(&content)
    };
    let names = names.parse2(tokens.clone()).map_err(|_| {
        let message = "`label_names` is a list of strings: `label_names = [\"…\", \"…\"]`";
        Error::new_spanned(tokens, message)
    })?;
    Ok(names.into_iter().collect())
}

fn unit(text: &LitStr) -> Result<&'static str, Error> {
    let name = text.value();
    let found = UNITS.iter().find(|(known, _)| *known == name);
    found.map(|(_, variant)| *variant).ok_or_else(|| {
        let known = list(&UNITS.map(|(known, _)| known));
        let message = format!("unknown unit `{name}`; metrics are in base units: {known}");
        Error::new(text.span(), message)
    })
}
