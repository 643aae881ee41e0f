//! Pages that several exporters wrote.

use dynamometer_exposition::Value;
use dynamometer_exposition::parse::{Ignored, ParseErrorKind, joined_text, text};

#[test]
fn families_in_pieces_are_put_together() {
    let page = "\
# HELP a About a.
# TYPE a counter
a{from=\"1\"} 1
b 2
# HELP a About a.
# TYPE a counter
a{from=\"2\"} 2";
    let joined = joined_text(page).unwrap();
    assert_eq!(joined.ignored, []);
    assert_eq!(joined.snapshot.series(), 3);
    let value = joined.snapshot.value("a", &[("from", "2")]);
    assert_eq!(value, Some(Value::Unsigned(2)));
    assert!(text(page).is_err());
}

#[test]
fn of_what_differs_the_first_is_kept_and_the_rest_is_reported() {
    let page = "\
# HELP a First.
a 1
# HELP a Second.
a 2
a{b=\"c\"} 3
";
    let joined = joined_text(page).unwrap();
    let family = joined.snapshot.family("a").unwrap();
    assert_eq!(family.desc().help_text(), "First.");
    assert_eq!(family.value(&[]), Some(Value::Float(1.0)));
    assert_eq!(family.len(), 2);
    let lines: Vec<_> = joined.ignored.iter().map(Ignored::line).collect();
    assert_eq!(lines, [3, 4]);
    let said: Vec<_> = joined.ignored.iter().map(ToString::to_string).collect();
    assert_eq!(
        said,
        [
            "line 3: another help text of a, first one kept",
            "line 4: a is there before, first one kept"
        ]
    );
}

#[test]
fn a_histogram_that_comes_again_is_left_out_with_all_of_its_lines() {
    let one =
        "# TYPE a histogram\na_bucket{le=\"1\"} 1\na_bucket{le=\"+Inf\"} 2\na_sum 3\na_count 2\n";
    let other = one
        .replace("\"1\"", "\"5\"")
        .replace("} 2", "} 9")
        .replace("nt 2", "nt 9");
    let joined = joined_text(&format!("{one}{other}")).unwrap();
    assert_eq!(joined.ignored.len(), 4);
    let Some(Value::Histogram(value)) = joined.snapshot.value("a", &[]) else {
        panic!("{joined:?}")
    };
    assert_eq!((value.bounds(), value.count()), (&[1.0][..], 2));
}

#[test]
fn two_types_of_one_name_and_bad_lines_are_refused() {
    for (page, line) in [
        ("# TYPE a gauge\n# TYPE a counter\n", 2),
        ("a 1\n# TYPE a counter\n", 2),
        ("a 1\nb one\n", 2),
    ] {
        let error = joined_text(page).unwrap_err();
        assert_eq!(error.line(), Some(line), "{page:?}: {error}");
    }
    let error = joined_text("# TYPE a gauge\na 1\n# TYPE a counter\na 1\n").unwrap_err();
    assert_eq!(error.kind(), ParseErrorKind::Metadata);
}
