//! The key of a family.

/// A typed key: the names of a family's labels, and their values for one series.
///
/// `#[derive(Labels)]` implements it for a struct with one field for each label.
/// `()` is the key without labels.
///
/// ```
/// use dynamometer::Labels;
///
/// #[derive(Labels)]
/// struct Request<'a> {
///     model: &'a str,
///     streaming: bool,
/// }
///
/// let key = Request { model: "small", streaming: true };
/// assert_eq!(Request::NAMES, ["model", "streaming"]);
/// key.with_values(|values| assert_eq!(values, ["small", "true"]));
/// ```
///
/// # For implementors
///
/// - [`VALUES`](Self::VALUES) has one entry for each of [`NAMES`](Self::NAMES),
///   and so has the slice that [`with_values`](Self::with_values) passes on.
/// - Where every label has a closed list, [`index`](Self::index) is less than the
///   product of the lists' lengths, and two keys have the same index if and only
///   if they have the same values.
/// - `with_values` calls its argument exactly once. A key gives the same values
///   every time.
///
/// Every method may be called from any thread, on every record: none of them may
/// block or panic. A family may rely on this for which series a record goes to,
/// and never for memory safety.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a key of labels",
    label = "not a key",
    note = "add `#[derive(Labels)]` to a struct that has a field for each label"
)]
pub trait Labels {
    /// The names of the labels.
    const NAMES: &'static [&'static str];

    /// For each label the closed list of its values, where its type has one.
    const VALUES: &'static [Option<&'static [&'static str]>];

    /// Returns the position among all keys.
    ///
    /// In mixed radix, the first label the most significant, as the words of a
    /// dictionary are sorted. 0 where a label has no closed list of values.
    fn index(&self) -> usize;

    /// Calls `with` with the values, in the order of the names.
    ///
    /// # Cost
    ///
    /// No allocation.
    fn with_values<R>(&self, with: impl FnOnce(&[&str]) -> R) -> R;
}

impl Labels for () {
    const NAMES: &'static [&'static str] = &[];
    const VALUES: &'static [Option<&'static [&'static str]>] = &[];

    #[inline]
    fn index(&self) -> usize {
        0
    }

    #[inline]
    fn with_values<R>(&self, with: impl FnOnce(&[&str]) -> R) -> R {
        with(&[])
    }
}
