//! A page, and the reading of it, again and again.

use std::hint::black_box;
use std::sync::Arc;

use anyhow::{Context as _, Result};

use crate::encoded::{Content, Load, Write};
use crate::harness::{Pass, Racer};

/// A page of text or of bytes, and what it holds.
pub(crate) struct Page<P: ?Sized> {
    body: Arc<P>,
    content: Content,
}

impl Page<[u8]> {
    /// Returns the page that is written of the load.
    ///
    /// # Errors
    ///
    /// When it cannot be.
    pub(crate) fn written(load: &Load, writer: fn(&Load) -> Result<Write>) -> Result<Self> {
        let mut body = Vec::new();
        writer(load)?(&mut body);
        Ok(Self {
            body: body.into(),
            content: load.counted(),
        })
    }

    /// Returns the page as text.
    ///
    /// # Errors
    ///
    /// When it is none.
    pub(crate) fn into_text(self) -> Result<Page<str>> {
        let text = std::str::from_utf8(&self.body).context("the page is not text")?;
        Ok(Page {
            body: text.into(),
            content: self.content,
        })
    }
}

/// Returns the racer that reads the page into what `content` tells the content of.
pub(crate) fn parsed<P, T>(
    library: &'static str,
    form: &'static str,
    page: &Page<P>,
    mut parse: impl FnMut(&P) -> Result<T> + 'static,
    content: impl FnOnce(&T) -> Result<Content> + 'static,
) -> Racer
where
    P: ?Sized + 'static,
{
    let (body, expected) = (Arc::clone(&page.body), page.content);
    Racer::new(library, form, move || {
        let named = || format!("{library} {form}");
        let read = parse(&body).with_context(named)?;
        content(&read)?.ensure(expected).with_context(named)?;
        drop(read);
        let pass: Pass = Box::new(move || {
            black_box(parse(&body)?);
            Ok(())
        });
        Ok(pass)
    })
}
