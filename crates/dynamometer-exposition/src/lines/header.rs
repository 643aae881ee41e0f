//! What stands above the lines of a family.

use crate::page::Page;

/// Writes `# HELP` and `# TYPE`; an empty help is left out.
///
/// Line feeds and backslashes of the help are escaped, and whatever else is in
/// `escaped`.
pub(crate) fn write_header(page: &mut Page<'_>, name: &str, word: &str, help: &str, quotes: bool) {
    if !help.is_empty() {
        page.push(["# HELP ", name, " "]);
        write_help(page, help, quotes);
        page.push(["\n"]);
    }
    page.push(["# TYPE ", name, " ", word, "\n"]);
}

fn write_help(page: &mut Page<'_>, help: &str, quotes: bool) {
    let mut rest = help;
    let is_escaped = |char| matches!(char, '\\' | '\n') || quotes && char == '"';
    while let Some(at) = rest.find(is_escaped) {
        let escaped = match rest.as_bytes()[at] {
            b'\\' => "\\\\",
            b'"' => "\\\"",
            _ => "\\n",
        };
        page.push([&rest[..at], escaped]);
        rest = &rest[at + 1..];
    }
    page.push([rest]);
}
