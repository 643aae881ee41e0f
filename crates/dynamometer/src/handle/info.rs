//! Facts that are told in labels.

use dynamometer_cells::{Keep, Kept};

/// Facts about something, as labels of a series whose value is always 1.
///
/// There is nothing to record: it is on the page from when it is built. The
/// family as exposed ends in `_info`, which is appended unless it is there, and
/// it has no unit. `OpenMetrics` calls the family by the name without `_info`, and
/// its samples by the name with it.
///
/// ```
/// # let container = dynamometer::Container::new("app");
/// container.info("build").help("What runs here.").label("version", "1.2").build();
/// assert!(container.export_prometheus().contains("app_build_info{version=\"1.2\"} 1\n"));
/// ```
///
/// As a family it is for what comes and goes. A look-up makes a series, also by a
/// key whose labels are all enums: what nobody looked up is not there.
///
/// ```
/// # let container = dynamometer::Container::new("app");
/// let models = container.info("model").vec(&["model", "version"]);
/// models.with_label_values(&["small", "1"]);
/// let loaded = models.owned(&["large", "3"]);
/// assert_eq!(container.get_metrics().series(), 2);
///
/// drop(loaded);
/// models.remove(&["small", "1"]);
/// assert_eq!(container.get_metrics().series(), 0);
/// ```
///
/// The value never changes: with [`expire_after`](crate::Builder::expire_after) a
/// series leaves when it is that old, unless a handle on it is kept.
#[derive(Clone, Debug)]
pub struct Info<K: Keep = Kept>(pub(crate) K);

impl Info {
    /// Facts that are in no container: nobody sees them.
    pub fn detached() -> Self {
        Self(Kept::default())
    }
}

impl<K: Keep> Info<K> {
    /// The same series, to be held for as long as one likes.
    ///
    /// A handle from a look-up is soon dropped; this one takes a share in its
    /// series. It does not keep it on the page when it is removed.
    pub fn keep(&self) -> Info {
        Info(self.0.share().map_or_else(Kept::default, Kept::new))
    }
}
