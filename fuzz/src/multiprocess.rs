//! Files of `prometheus_client` are read or refused, and make a page in both cases.

use dynamometer_exposition::{Snapshot, openmetrics, parse, text};
use dynamometer_multiprocess::Merge;

/// What files are called: one of each kind of metric, and of each mode.
const NAMES: [&str; 8] = [
    "counter_1.db",
    "histogram_1.db",
    "summary_1.db",
    "gauge_all_1.db",
    "gauge_livemin_1.db",
    "gauge_max_1.db",
    "gauge_livesum_1.db",
    "gauge_mostrecent_1.db",
];

/// Reads files: each is a byte that chooses its name, two for its length, least
/// first, and its content.
///
/// # Panics
///
/// When a file that is refused leaves something behind, or the page of the others
/// can not be written and read again.
pub fn multiprocess(mut files: &[u8]) {
    let (mut all, mut good) = (Merge::new(), Merge::new());
    while let [name, low, high, rest @ ..] = files {
        let length = usize::from(u16::from_le_bytes([*low, *high])).min(rest.len());
        let (file, next) = rest.split_at(length);
        let name = NAMES[usize::from(*name) % NAMES.len()];
        if all.add(name, file).is_ok() {
            good.add(name, file)
                .unwrap_or_else(|fault| panic!("refused the second time: {fault}"));
        }
        files = next;
    }
    let ((all, all_left_out), (good, left_out)) = (all.finish(), good.finish());
    assert_eq!(all_left_out, left_out);
    assert_eq!(page(all), page(good));
}

/// The page, as a source's comes there.
fn page(mut snapshot: Snapshot) -> String {
    snapshot.check();
    let mut merged = Snapshot::default();
    merged.merge(snapshot);
    let page = text::to_string(&merged);
    parse::text(&page).unwrap_or_else(|error| panic!("{error}\n{page}"));
    let other = openmetrics::to_string(&merged);
    parse::openmetrics(&other).unwrap_or_else(|error| panic!("{error}\n{other}"));
    page
}
