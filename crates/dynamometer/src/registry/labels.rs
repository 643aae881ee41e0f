//! Labels from outside: sanitised, and checked for reserved and double names.

use crate::error::{Error, ErrorKind};
use crate::sanitize::sanitize_prometheus_label;

/// Label names that exposition formats use themselves.
const RESERVED: [&str; 2] = ["le", "quantile"];

/// Puts `labels` behind those of the scope, or says which one is wrong.
pub(crate) fn check_labels<'a>(
    scope: &[(String, String)],
    labels: impl IntoIterator<Item = (&'a str, &'a str)>,
) -> Result<Vec<(String, String)>, Error> {
    let mut all = scope.to_vec();
    for (name, value) in labels {
        let clean = check_label_name(name)?;
        if let Some((known, _)) = all.iter().find(|(known, _)| *known == clean) {
            let message = format!("label {name:?} is given twice, {known:?} is there already");
            return Err(Error::new(ErrorKind::DuplicateLabel, message));
        }
        all.push((clean, value.to_owned()));
    }
    Ok(all)
}

/// Returns a label name as it is exposed.
pub(crate) fn check_label_name(name: &str) -> Result<String, Error> {
    let clean = sanitize_prometheus_label(name)?;
    if name.starts_with("__") || RESERVED.contains(&clean.as_str()) {
        let message = format!(
            "label {name:?} is reserved: \"le\", \"quantile\" and names beginning with \"__\" \
             belong to the exposition formats"
        );
        return Err(Error::new(ErrorKind::ReservedLabel, message));
    }
    Ok(clean)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kind(labels: &[(&str, &str)]) -> ErrorKind {
        let scope = [("region".to_owned(), "eu".to_owned())];
        check_labels(&scope, labels.iter().copied())
            .unwrap_err()
            .kind()
    }

    #[test]
    fn labels_come_after_those_of_the_scope() {
        let scope = [("region".to_owned(), "eu".to_owned())];
        let all = check_labels(&scope, [("my-label", "x")]).unwrap();
        assert_eq!(all[1], ("my_label".to_owned(), "x".to_owned()));
    }

    #[test]
    fn wrong_labels_are_refused_by_kind() {
        assert_eq!(kind(&[("", "x")]), ErrorKind::InvalidLabel);
        assert_eq!(kind(&[("@@", "x")]), ErrorKind::InvalidLabel);
        assert_eq!(kind(&[("le", "x")]), ErrorKind::ReservedLabel);
        assert_eq!(kind(&[("quantile", "x")]), ErrorKind::ReservedLabel);
        assert_eq!(kind(&[("__name__", "x")]), ErrorKind::ReservedLabel);
        assert_eq!(kind(&[("a", "x"), ("a", "y")]), ErrorKind::DuplicateLabel);
        assert_eq!(
            kind(&[("a-b", "x"), ("a.b", "y")]),
            ErrorKind::DuplicateLabel
        );
        assert_eq!(kind(&[("region", "us")]), ErrorKind::DuplicateLabel);
    }
}
