//! How many keys there can be.

/// Returns the number of keys whose labels have the lists of values `values`.
///
/// `None` where a label has no closed list, and where the product is more than a
/// `usize` holds. Without labels there is one key, the empty one.
pub(crate) const fn cardinality(values: &[Option<&[&str]>]) -> Option<usize> {
    let mut keys = 1_usize;
    let mut at = 0;
    while at < values.len() {
        let Some(closed) = values[at] else {
            return None;
        };
        let Some(product) = keys.checked_mul(closed.len()) else {
            return None;
        };
        keys = product;
        at += 1;
    }
    Some(keys)
}

#[cfg(test)]
mod tests {
    use super::cardinality;

    const BOOL: Option<&[&str]> = Some(&["false", "true"]);

    #[test]
    fn closed_lists_are_multiplied() {
        assert_eq!(cardinality(&[]), Some(1));
        assert_eq!(cardinality(&[BOOL, Some(&["a", "b", "c"]), BOOL]), Some(12));
        assert_eq!(cardinality(&[BOOL, Some(&[])]), Some(0));
    }

    #[test]
    fn one_open_label_makes_the_keys_open() {
        assert_eq!(cardinality(&[BOOL, None]), None);
        assert_eq!(cardinality(&[None]), None);
    }

    #[test]
    fn more_keys_than_fit_are_as_good_as_open() {
        let bits = usize::BITS as usize;
        assert_eq!(cardinality(&vec![BOOL; bits - 1]), Some(1 << (bits - 1)));
        assert_eq!(cardinality(&vec![BOOL; bits]), None);
    }
}
