//! A metric that a field declares.

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;
use syn::Attribute;

use crate::metrics::attributes::FieldAttributes;
use crate::metrics::help::help;
use crate::metrics::mode::labels;
use crate::name::Name;

/// A name, a help text, and what the attributes say.
pub(super) struct Metric {
    pub(super) name: Name,
    help: String,
    pub(super) attributes: FieldAttributes,
}

impl Metric {
    pub(super) fn new(field: &Ident, docs: &[Attribute], attributes: FieldAttributes) -> Self {
        Self {
            name: Name::given_or(attributes.name.as_ref(), field),
            help: help(docs),
            attributes,
        }
    }

    /// The attributes given that not every type takes.
    pub(super) fn taken(&self) -> impl Iterator<Item = Ident> {
        let keys = [
            ("buckets", "Buckets"),
            ("exponential", "Exponential"),
            ("alias", "Alias"),
            ("limit", "Limit"),
            ("label_names", "LabelNames"),
            ("expire_after", "ExpireAfter"),
            ("shared_cells", "SharedCells"),
            ("exemplars", "Exemplars"),
            ("states", "States"),
        ];
        let given = keys.into_iter().filter(|(key, _)| self.attributes.has(key));
        given.map(|(_, marker)| Ident::new(marker, Span::call_site()))
    }

    /// Those of the attributes that a type may need which are given, as `Needs`.
    pub(super) fn given(&self, private: &TokenStream) -> TokenStream {
        let mut given = quote!(#private::Needs::NOTHING);
        if self.attributes.has("label_names") {
            given.extend(quote!(.label_names()));
        }
        if self.attributes.has("states") {
            given.extend(quote!(.states()));
        }
        given
    }

    /// The `Declaration` that the field's type is made of.
    pub(super) fn declaration(&self, private: &TokenStream) -> TokenStream {
        let attributes = &self.attributes;
        let (name, help) = (&self.name.text, &self.help);
        let mut declaration = quote!(#private::Declaration::new(#name));
        let mut set = |setter: TokenStream| declaration.extend(quote!(.#setter));
        if !help.is_empty() {
            set(quote!(help(#help)));
        }
        if let Some(unit) = attributes.unit {
            let unit = Ident::new(unit, Span::call_site());
            set(quote!(unit(#private::Unit::#unit)));
        }
        if !attributes.scope.labels.is_empty() {
            let labels = labels(&attributes.scope);
            set(quote!(labels(#labels)));
        }
        if let Some(buckets) = &attributes.buckets {
            let buckets = buckets.as_slice(private, "bounds");
            set(quote!(buckets(#buckets)));
        }
        if attributes.exponential.is_some() {
            set(quote!(exponential()));
        }
        if !attributes.aliases.is_empty() {
            let aliases = &attributes.aliases;
            set(quote!(aliases(&[#(#aliases),*])));
        }
        if let Some(limit) = &attributes.limit {
            set(quote!(limit(#limit)));
        }
        if let Some(names) = &attributes.label_names {
            set(quote!(label_names(&[#(#names),*])));
        }
        if let Some(idle) = &attributes.expire_after {
            set(quote!(expire_after(#idle)));
        }
        if attributes.shared_cells.is_some() {
            set(quote!(shared_cells()));
        }
        if attributes.exemplars.is_some() {
            set(quote!(exemplars()));
        }
        if let Some(states) = &attributes.states {
            let states = states.as_slice(private, "states");
            set(quote!(states(#states)));
        }
        declaration
    }
}
