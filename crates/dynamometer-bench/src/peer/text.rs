//! Reading a value back from a peer that only offers its text exposition.

/// Returns the value of the first sample of the given name.
///
/// # Panics
///
/// When there is none: the peer was set up wrongly.
pub(super) fn sample(text: &str, name: &str) -> f64 {
    text.lines()
        .filter_map(|line| line.strip_prefix(name))
        .filter(|rest| rest.starts_with([' ', '{']))
        .find_map(|rest| rest.rsplit(' ').next()?.parse().ok())
        .unwrap_or_else(|| panic!("no sample {name} in:\n{text}"))
}

/// Returns the sum of all samples of the given name; 0 where there is none.
pub(crate) fn total(text: &str, name: &str) -> f64 {
    text.lines()
        .filter_map(|line| line.strip_prefix(name))
        .filter(|rest| rest.starts_with([' ', '{']))
        .filter_map(|rest| rest.rsplit(' ').next()?.parse::<f64>().ok())
        .sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sample_is_found_by_its_whole_name() {
        let text = "# TYPE a counter\na_total{x=\"1 2\"} 7\na 3.5\n";
        assert_eq!(sample(text, "a").to_string(), "3.5");
        assert_eq!(sample(text, "a_total").to_string(), "7");
    }

    #[test]
    fn total_is_over_all_labels() {
        let text = "# TYPE a counter\na{x=\"1 2\"} 7\na{x=\"b\"} 2\na_total 3.5\n";
        assert_eq!(total(text, "a").to_string(), "9");
    }
}
