//! The cost that no reader can go below without tricks.

use anyhow::Context as _;

use super::{Page, parsed};
use crate::encoded::Content;
use crate::harness::{Racer, Role};

/// Returns the splitting into lines, with what follows the last blank of each as a
/// number of the standard library.
pub(crate) fn last_words(page: &Page<str>) -> Racer {
    let read = |page: &str| {
        let mut content = Content::default();
        for line in page.lines().filter(|line| !line.starts_with('#')) {
            let (_, value) = line.rsplit_once(' ').context("a line has no value")?;
            content.add(value.parse()?);
        }
        Ok(content)
    };
    parsed("std", "lines, last word", page, read, |content| {
        Ok(*content)
    })
    .role(Role::Floor)
}
