//! A memory of series changes nothing but the time that a page takes.

use std::collections::HashMap;

use dynamometer_exposition::parse::scan::{Dialect, KnownSeries, Line, Scanner, Scraped};

/// Reads pages, with a zero between them, with a memory and without.
///
/// # Panics
///
/// When a line is read otherwise with the memory of earlier pages.
pub fn known(pages: &[u8]) {
    let Ok(pages) = str::from_utf8(pages) else {
        return;
    };
    for dialect in [Dialect::Prometheus, Dialect::OpenMetrics] {
        let mut known = KnownSeries::default();
        let mut series = HashMap::new();
        for page in pages.split('\0').take(8) {
            read(page, dialect, &mut known, &mut series);
        }
    }
}

fn read(page: &str, dialect: Dialect, known: &mut KnownSeries, series: &mut HashMap<u32, String>) {
    let (mut with, mut without) = (Scanner::new(page, dialect), Scanner::new(page, dialect));
    known.begin();
    loop {
        let expected = without.next_line();
        match (known.next_line(&mut with), expected) {
            (Ok(Some(Scraped::Known { id, point, .. })), Ok(Some(Line::Sample(sample)))) => {
                assert_eq!(series[&id], sample.series);
                assert_eq!(format!("{point:?}"), format!("{:?}", sample.point));
            }
            (Ok(Some(Scraped::Line(line))), Ok(Some(expected))) => {
                assert_eq!(format!("{line:?}"), format!("{expected:?}"));
                if let Line::Sample(sample) = line {
                    let id = series.len() as u32;
                    series.insert(id, sample.series.to_owned());
                    known.learn(sample.series, id);
                }
            }
            (Err(error), Err(expected)) => assert_eq!(error, expected),
            (Ok(None), Ok(None)) => break,
            (with, without) => panic!("{with:?} is not {without:?}"),
        }
        assert_eq!(with.line(), without.line());
    }
    known.forget_absent(|_| {});
}
