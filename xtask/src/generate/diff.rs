//! A short account of how two texts differ.

use std::fmt::Write;

/// How many lines of either text are shown.
const SHOWN: usize = 8;

/// Returns the first place where two texts differ, as `-` and `+` lines.
///
/// Common lines at both ends are left out; what lies between counts as one
/// change. That is enough to recognise a stale file.
pub(crate) fn lines(old: &str, new: &str) -> String {
    let old: Vec<&str> = old.lines().collect();
    let new: Vec<&str> = new.lines().collect();
    let start = old.iter().zip(&new).take_while(|(a, b)| a == b).count();
    let rest = old.len().min(new.len()) - start;
    let end = old
        .iter()
        .rev()
        .zip(new.iter().rev())
        .take(rest)
        .take_while(|(a, b)| a == b)
        .count();
    let mut text = format!("@@ line {} @@", start + 1);
    side(&mut text, '-', &old[start..old.len() - end]);
    side(&mut text, '+', &new[start..new.len() - end]);
    text
}

fn side(text: &mut String, sign: char, lines: &[&str]) {
    for line in lines.iter().take(SHOWN) {
        let _ = write!(text, "\n{sign}{line}");
    }
    if lines.len() > SHOWN {
        let _ = write!(text, "\n{sign}... and {} more lines", lines.len() - SHOWN);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_changed_line_is_shown_with_its_number() {
        assert_eq!(lines("a\nb\nc\n", "a\nx\nc\n"), "@@ line 2 @@\n-b\n+x");
    }

    #[test]
    fn a_line_repeated_at_a_seam_is_not_counted_twice() {
        assert_eq!(lines("a\na\n", "a\na\na\n"), "@@ line 3 @@\n+a");
    }

    #[test]
    fn long_changes_are_cut() {
        let text = lines("", &"x\n".repeat(10));
        assert!(text.ends_with("\n+... and 2 more lines"), "{text}");
    }
}
