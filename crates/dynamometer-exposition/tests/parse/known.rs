//! Series that earlier pages had.

use std::collections::BTreeMap;

use dynamometer_exposition::parse::scan::{Dialect, KnownSeries, Line, Scanner, Scraped};
use proptest::prelude::*;

/// The values of a page by series, read with what is known; and the ids that are gone.
fn scrape(
    known: &mut KnownSeries,
    ids: &mut BTreeMap<u32, String>,
    page: &str,
) -> (Vec<(String, f64, bool)>, Vec<u32>) {
    let mut scanner = Scanner::new(page, Dialect::Prometheus);
    let mut read = Vec::new();
    known.begin();
    while let Some(line) = known.next_line(&mut scanner).expect("every page is good") {
        match line {
            Scraped::Known {
                id,
                repeated,
                point,
            } => read.push((ids[&id].clone(), point.value.as_f64(), repeated)),
            Scraped::Line(Line::Sample(sample)) => {
                let id = ids.keys().next_back().map_or(1, |last| last + 1);
                ids.insert(id, sample.series.to_owned());
                known.learn(sample.series, id);
                read.push((sample.series.to_owned(), sample.point.value.as_f64(), false));
            }
            Scraped::Line(_) => {}
        }
    }
    let mut gone = Vec::new();
    known.forget_absent(|id| gone.push(id));
    (read, gone)
}

#[test]
fn a_series_is_known_by_all_of_its_text() {
    let (mut known, mut ids) = (KnownSeries::default(), BTreeMap::new());
    scrape(&mut known, &mut ids, "a 1\nab 2\n");
    // Each begins with the text of a known one, and is another.
    let page = "ab 3\na1 5\na{b=\"c\"} 4\na {b=\"c\"} 5\n";
    let (read, gone) = scrape(&mut known, &mut ids, page);
    let names: Vec<_> = read.iter().map(|(name, ..)| name.as_str()).collect();
    assert_eq!(names, ["ab", "a1", "a{b=\"c\"}", "a {b=\"c\"}"]);
    assert_eq!(gone, [1]);
    assert_eq!(known.len(), 4);
    // And so does the first line of a page, where that series came first.
    scrape(&mut known, &mut ids, "a 1\n");
    let (read, _) = scrape(&mut known, &mut ids, "a1 5\n");
    assert_eq!(read, [("a1".to_owned(), 5.0, false)]);
}

#[test]
fn timestamps_blanks_and_bad_values_of_known_series_are_seen() {
    let (mut known, mut ids) = (KnownSeries::default(), BTreeMap::new());
    scrape(&mut known, &mut ids, "a 1\n");
    for (page, value) in [("a 2 5\n", 2.0), ("a   3 \n", 3.0), ("a +4e0", 4.0)] {
        let (read, _) = scrape(&mut known, &mut ids, page);
        assert_eq!(read, [("a".to_owned(), value, false)], "{page:?}");
    }
    known.begin();
    let mut scanner = Scanner::new("\na 1z\n", Dialect::Prometheus);
    let error = known.next_line(&mut scanner).unwrap_err();
    assert_eq!((error.line(), error.column()), (Some(2), Some(3)));
}

#[test]
fn a_known_series_behind_the_end_of_a_page_is_refused() {
    let mut known = KnownSeries::default();
    known.begin();
    known.learn("a", 1);
    known.begin();
    let mut scanner = Scanner::new("# EOF\na 1\n", Dialect::OpenMetrics);
    assert!(matches!(
        known.next_line(&mut scanner),
        Ok(Some(Scraped::Line(Line::Eof)))
    ));
    assert_eq!(known.next_line(&mut scanner).unwrap_err().line(), Some(2));
}

proptest! {
    #[test]
    fn any_sequence_of_pages_reads_as_without_a_memory(
        pages in prop::collection::vec(prop::collection::vec(0_u32..8, 0..10), 1..8)
    ) {
        let (mut known, mut ids) = (KnownSeries::default(), BTreeMap::new());
        for series in pages {
            let lines = series.iter().enumerate();
            let lines: Vec<_> = lines.map(|(at, id)| format!("s{{n=\"{id}\"}} {at}\n")).collect();
            let page = lines.concat();
            let (read, _) = scrape(&mut known, &mut ids, &page);
            let mut seen = Vec::new();
            for ((at, id), (name, value, repeated)) in series.iter().enumerate().zip(&read) {
                prop_assert_eq!(name, &format!("s{{n=\"{id}\"}}"));
                prop_assert_eq!(value.to_bits(), (at as f64).to_bits());
                prop_assert_eq!(*repeated, seen.contains(id));
                seen.push(*id);
            }
            prop_assert_eq!(read.len(), series.len());
            seen.sort_unstable();
            seen.dedup();
            prop_assert_eq!(known.len(), seen.len());
        }
    }
}
