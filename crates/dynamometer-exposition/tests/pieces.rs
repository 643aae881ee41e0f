//! Pages that are handed on piece by piece.

use std::iter::repeat_n;
use std::sync::Arc;

use dynamometer_exposition::openmetrics::{self, Created};
use dynamometer_exposition::{Desc, Family, Format, Kind, LabelSet, Snapshot, Values};
use proptest::prelude::*;

/// Twice what a piece is documented to have about.
const LARGE: usize = 128 << 10;

/// A family whose page has more pieces than one from a few hundred series on.
fn snapshot(values: Vec<u64>, help: &str) -> Snapshot {
    let value = "v".repeat(200);
    let labels = (0..values.len()).map(|index| {
        let index = index.to_string();
        LabelSet::new([("index", index.as_str()), ("value", value.as_str())])
    });
    let labels = Arc::new(labels.collect::<Vec<_>>());
    let desc = Desc::new("requests_total", Kind::Counter).help(help);
    let family = Family::new(desc, labels, Values::Unsigned(values));
    [family].into_iter().collect()
}

/// Renders in pieces, each of which is answered by one of the buffers in turn.
fn pieces(format: Format, snapshot: &Snapshot, mut buffers: Vec<Vec<u8>>) -> Vec<Vec<u8>> {
    let mut pieces = Vec::new();
    let first = buffers.pop().unwrap_or_default();
    format.render_in_pieces(snapshot, first, &mut |piece| {
        pieces.push(piece);
        buffers.pop().unwrap_or_default()
    });
    pieces
}

proptest! {
    #[test]
    fn the_pieces_together_are_the_page_whatever_the_buffers(
        values in prop::collection::vec(any::<u64>(), 0..2000),
        help in "[a-z\\\\\n\"]{0,100}",
        lengths in prop::collection::vec(0..LARGE, 0..6),
    ) {
        let snapshot = snapshot(values, &help);
        let buffers: Vec<_> = lengths.iter().map(|length| repeat_n(b'#', *length).collect()).collect();
        for format in Format::ALL {
            let whole = format.render(&snapshot, Vec::new());
            let together = pieces(format, &snapshot, buffers.clone()).concat();
            prop_assert_eq!(together, whole);
        }
    }
}

#[test]
fn a_large_page_of_text_comes_in_pieces_that_end_with_a_line() {
    let snapshot = snapshot(vec![7; 5000], "");
    for format in [Format::Text, Format::OpenMetrics] {
        let pieces = pieces(format, &snapshot, Vec::new());
        assert!(pieces.len() > 10, "{} pieces", pieces.len());
        for piece in pieces {
            assert!(piece.len() < LARGE, "{} bytes", piece.len());
            assert!(piece.ends_with(b"\n"));
        }
    }
}

#[test]
fn a_help_larger_than_a_piece_is_in_a_larger_one() {
    let help = "x".repeat(LARGE);
    let pieces = pieces(Format::Text, &snapshot(vec![1], &help), Vec::new());
    let longest = pieces.iter().map(Vec::len).max();
    assert!(longest >= Some(LARGE));
}

#[test]
fn an_empty_page_has_no_piece() {
    assert!(pieces(Format::Text, &Snapshot::default(), Vec::new()).is_empty());
}

#[test]
fn when_series_began_is_written_in_pieces_too() {
    let snapshot = snapshot(vec![1; 1000], "");
    let whole = openmetrics::render(&snapshot, Created::Written, Vec::new());
    let mut together = Vec::new();
    openmetrics::render_in_pieces(&snapshot, Created::Written, Vec::new(), &mut |piece| {
        together.extend_from_slice(&piece);
        piece
    });
    assert_eq!(together, whole);
}
