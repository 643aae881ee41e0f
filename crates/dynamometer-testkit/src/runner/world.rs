//! What a scenario has made so far.

use std::collections::HashMap;
use std::sync::Arc;

use dynamometer::{Snapshot, self_metrics};

use crate::family::FamilyHandle;
use crate::handle::Handle;
use crate::runner::mismatch::Mismatch;
use crate::scenario::{Action, Scope};
use crate::subject::Subject;

/// The container of a scenario, its scopes, families and handles by their names.
pub(crate) struct World {
    pub(crate) subject: Subject,
    pub(crate) scopes: HashMap<String, Subject>,
    pub(crate) families: HashMap<String, Arc<dyn FamilyHandle>>,
    pub(crate) handles: HashMap<String, Handle>,
    /// The library's own metrics when the scenario began.
    pub(crate) self_metrics: Snapshot,
    /// Errors are compared by their words, too.
    compares_words: bool,
}

impl World {
    pub(crate) fn new(subject: Subject, compares_words: bool) -> Self {
        Self {
            subject,
            scopes: HashMap::new(),
            families: HashMap::new(),
            handles: HashMap::new(),
            self_metrics: self_metrics().get_metrics(),
            compares_words,
        }
    }

    pub(crate) fn run(&mut self, action: &Action) -> Result<(), Mismatch> {
        match action {
            Action::Create(create) => {
                match &create.label_names {
                    Some(names) => self.families.extend(self.create_family(create, names)?),
                    None => self.handles.extend(self.create(create)?),
                }
                Ok(())
            }
            Action::LookUp(look_up) => {
                self.handles.extend(self.look_up(look_up)?);
                Ok(())
            }
            Action::Remove(remove) => self.remove(remove),
            Action::Scope(scope) => self.scope(scope),
            Action::Drop(name) => {
                self.handle(name)?;
                self.handles.remove(name);
                Ok(())
            }
            Action::OnThreads(threads) => self.on_threads(threads),
            Action::Record(record) => self.record(record, None),
            Action::Expect(expectation) => self.expect(expectation),
        }
    }

    /// The words to compare an error's with, where they are compared.
    pub(crate) fn words<'m>(&self, message: Option<&'m String>) -> Option<&'m str> {
        message.filter(|_| self.compares_words).map(String::as_str)
    }

    pub(crate) fn handle(&self, name: &str) -> Result<&Handle, Mismatch> {
        let handle = self.handles.get(name);
        handle.ok_or_else(|| Mismatch::missing("handle", name))
    }

    /// The scope of that name; the container itself where there is none.
    pub(crate) fn subject(&self, scope: Option<&str>) -> Result<&Subject, Mismatch> {
        let Some(name) = scope else {
            return Ok(&self.subject);
        };
        let scope = self.scopes.get(name);
        scope.ok_or_else(|| Mismatch::missing("scope", name))
    }

    fn scope(&mut self, step: &Scope) -> Result<(), Mismatch> {
        let parent = self.subject(step.parent.as_deref())?;
        let extended = parent.promised()?;
        let labels = borrowed(&step.labels);
        let outcome = extended.try_scope(&step.prefix, &labels);
        Mismatch::unless_refused(&outcome, step.error, "a scope")?;
        Mismatch::unless_said(&outcome, self.words(step.message.as_ref()))?;
        if let Some(alias) = &step.alias {
            let scope = extended.scope(&step.prefix, &labels);
            self.scopes.insert(alias.clone(), scope);
        }
        Ok(())
    }
}

/// The pairs as the facade takes them.
pub(crate) fn borrowed(pairs: &[(String, String)]) -> Vec<(&str, &str)> {
    let pairs = pairs.iter();
    pairs.map(|(name, value)| (&**name, &**value)).collect()
}

/// The texts as the facade takes them.
pub(crate) fn texts(owned: &[String]) -> Vec<&str> {
    owned.iter().map(String::as_str).collect()
}
