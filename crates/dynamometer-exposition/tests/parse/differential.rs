//! Our parsers of text beside those of `prometheus_client`, page by page.
//!
//! What they refuse, we refuse; of what both take, the samples are the same; and
//! what only we refuse has a reason in [`STRICTER`]. The few exceptions are
//! functions here.

use std::fmt::Debug;
use std::sync::Arc;

use dynamometer_exposition::parse::{ParseError, ParseErrorKind, openmetrics, text};
use dynamometer_exposition::{
    Desc, Family, HistogramValue, Kind, LabelSet, Snapshot, SummaryValue, Values,
    openmetrics as om_writer, text as writer,
};
use proptest::collection::vec;
use proptest::sample::select;
use proptest::strategy::{Strategy, ValueTree as _};
use proptest::test_runner::TestRunner;

use crate::generated::{Holds, snapshot};
use crate::peer::{Answer, Peer};
use crate::round_trip::{OPENMETRICS, TEXT};
use crate::sample;

/// What damage puts before a character, or in its place.
const DAMAGE: [&str; 18] = [
    "", "\n", " ", "#", "{", "}", "\"", "\\", ",", "=", "1", "-", ".", "e", "a", "_", ":", "+",
];

/// Of all damages every which one is tried; together they take half a minute.
const STEP: usize = 11;

/// Lines that no page of ours has, but somebody's may.
const ODD: [&str; 22] = [
    "{\"a.b\",\"c d\"=\"e\"} 1",
    "{\"a\"} 1",
    "{b=\"c\"} 1",
    "{} 1",
    "a{\"b\"=\"c\"} 1",
    "a{b=\"\\z\\\\\\\"\\n\"} 1",
    "a{b=\"c\\\"} 1",
    "a{b=\"c\",} 1",
    "a{b=\"c\",b=\"d\"} 1",
    "a{b='c'} 1",
    "a 0x10",
    "a 1_000",
    "a .5",
    "a 5.",
    "a 1e5 -3",
    "a -InFinity",
    "a nan",
    "a 18446744073709551615",
    "a 0.30000000000000004",
    "a 5e-324",
    "a 1.7976931348623157e308",
    "a",
];

#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Format {
    Text,
    OpenMetrics,
}

impl Format {
    fn name(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::OpenMetrics => "openmetrics",
        }
    }

    fn read(self, page: &str) -> Result<Snapshot, ParseError> {
        match self {
            Self::Text => text(page),
            Self::OpenMetrics => openmetrics(page),
        }
    }
}

/// What only we refuse: the kind of error, what was expected, and why it is right.
const STRICTER: [(Format, ParseErrorKind, &str, &str); 25] = {
    use Format::{OpenMetrics, Text};
    use ParseErrorKind::{
        Duplicate, Incomplete, Label, Metadata, Name, Number, Order, Syntax, Value,
    };
    [
        // "This is a laxer parser than the main Go parser": it reads line by line.
        (Text, Metadata, "", "Go's parser refuses it"),
        (
            Text,
            Order,
            "",
            "the format has families together and bounds in order",
        ),
        (Text, Duplicate, "", "the format has each series once"),
        (
            Text,
            Incomplete,
            "",
            "the format ends each line, and each histogram at +Inf",
        ),
        (
            Text,
            Value,
            "",
            "a histogram's counts do not fall and are whole",
        ),
        (
            Text,
            Label,
            "a number in the label",
            "a bucket has a bound, a quantile a rank",
        ),
        (
            Text,
            Label,
            "a bound of a bucket",
            "no histogram of ours has a bound of -Inf",
        ),
        (Text, Label, "a quantile from 0 to 1", "the format says so"),
        (
            Text,
            Name,
            "",
            "the model has no second series of that name",
        ),
        // It looks for the brace and takes all before it, and for labels all before '='.
        (
            Text,
            Syntax,
            "a metric name",
            "a name has letters, digits, '_' and ':'",
        ),
        (
            Text,
            Syntax,
            "a blank or '{' after",
            "a name has letters, digits, '_' and ':'",
        ),
        (
            Text,
            Syntax,
            "a label name",
            "a label's name has letters, digits and '_'",
        ),
        (
            Text,
            Syntax,
            "'=' after label",
            "a label's name has letters, digits and '_'",
        ),
        (
            Text,
            Syntax,
            "the end of the line",
            "a line has one timestamp",
        ),
        (
            Text,
            Number,
            "a number",
            "a float has 64 bits, a name no blank",
        ),
        (
            Text,
            Number,
            "a timestamp",
            "a timestamp is in whole milliseconds",
        ),
        // The specification is on our side; the test's own cases say where.
        (OpenMetrics, Incomplete, "_total", "a counter has a total"),
        (
            OpenMetrics,
            Duplicate,
            "",
            "a series has one point without a timestamp",
        ),
        (
            OpenMetrics,
            Label,
            "a number in the label",
            "a number has neither blanks nor '_'",
        ),
        (
            OpenMetrics,
            Metadata,
            "a type",
            "one blank stands before a type",
        ),
        (
            OpenMetrics,
            Number,
            "a number",
            "a float has 64 bits, and NaN no sign",
        ),
        (
            OpenMetrics,
            Syntax,
            "",
            "one blank stands where one must, and none elsewhere",
        ),
        (OpenMetrics, Value, "a whole number", "a count has 64 bits"),
        (
            OpenMetrics,
            Value,
            "an exemplar in its bucket",
            "an exemplar is in its bucket",
        ),
        (
            OpenMetrics,
            Value,
            "a time in seconds",
            "a start time is a time",
        ),
    ]
};

fn is_stricter(format: Format, error: &ParseError) -> bool {
    STRICTER.iter().any(|(of, kind, expected, _)| {
        *of == format && *kind == error.kind() && error.expected().contains(expected)
    })
}

/// True where they refuse what is good: a quoted name, unless a `TYPE` came before.
fn is_wider(format: Format, page: &str) -> bool {
    format == Format::OpenMetrics && page.starts_with("{\"a")
}

/// True where they read a comment as a header: after any word that begins with `#`.
fn has_odd_comment(page: &str) -> bool {
    let words = page
        .lines()
        .filter_map(|line| line.trim_start().strip_prefix('#'));
    words.into_iter().any(|word| !word.starts_with([' ', '\t']))
}

/// Compares what both say of a page.
#[track_caller]
fn compare(peer: &mut Peer, format: Format, page: &str) {
    match (format.read(page), peer.read(format.name(), page)) {
        (Ok(ours), Answer::Page { samples, again }) => {
            // Of points of one series we keep the last, and they all.
            if !again && !has_odd_comment(page) {
                let (ours, theirs) = sample::sorted(format, &ours, &samples);
                assert_eq!(ours, theirs, "{page}");
            }
        }
        (Err(error), Answer::Page { .. }) => {
            assert!(
                is_stricter(format, &error),
                "only we refuse: {error}\n{page}"
            );
        }
        (Ok(_), Answer::Refused { error }) => {
            assert!(is_wider(format, page), "only they refuse: {error}\n{page}");
        }
        (Err(_), Answer::Refused { .. }) => {}
    }
}

/// Every page with one character more, less or other, but for most of them.
fn damaged(page: &str) -> impl Iterator<Item = String> {
    let places = page.char_indices().map(|(at, char)| (at, char.len_utf8()));
    let damages = places.flat_map(|(at, length)| {
        let instead = DAMAGE.map(move |text| (at, at + length, text));
        instead
            .into_iter()
            .chain(DAMAGE.map(move |text| (at, at, text)))
    });
    damages
        .step_by(STEP)
        .map(move |(from, to, text)| format!("{}{text}{}", &page[..from], &page[to..]))
}

#[test]
fn both_read_damaged_text_alike() {
    let mut peer = Peer::start();
    let page = include_str!("pages/page.txt");
    assert!(text(page).is_ok());
    for page in damaged(page) {
        compare(&mut peer, Format::Text, &page);
    }
}

#[test]
fn both_read_damaged_openmetrics_alike() {
    let mut peer = Peer::start();
    let page = include_str!("pages/page.om.txt");
    assert!(openmetrics(page).is_ok());
    for page in damaged(page) {
        compare(&mut peer, Format::OpenMetrics, &page);
    }
}

#[test]
fn both_read_odd_lines_alike() {
    let mut peer = Peer::start();
    for line in ODD {
        compare(&mut peer, Format::Text, &format!("{line}\n"));
        compare(&mut peer, Format::OpenMetrics, &format!("{line}\n# EOF\n"));
    }
}

#[test]
fn both_read_what_we_write_alike() {
    let mut peer = Peer::start();
    let mut runner = TestRunner::deterministic();
    for _ in 0..200 {
        let page = writer::to_string(&one_of(snapshot(TEXT), &mut runner));
        assert!(text(&page).is_ok(), "{page}");
        compare(&mut peer, Format::Text, &page);
        for odd_counters in [false, true] {
            let holds = Holds {
                odd_counters,
                ..OPENMETRICS
            };
            let page = om_writer::to_string(&one_of(snapshot(holds), &mut runner));
            assert!(openmetrics(&page).is_ok(), "{page}");
            compare(&mut peer, Format::OpenMetrics, &page);
        }
    }
}

#[test]
fn both_read_families_that_reserve_the_same_names_alike() {
    let names = [
        "a",
        "a_total",
        "a_created",
        "a_info",
        "a_sum",
        "a_count",
        "a_bucket",
        "a_gsum",
        "a_total_total",
        "a_created_total",
    ];
    let kinds = [
        Kind::Counter,
        Kind::Gauge,
        Kind::Unknown,
        Kind::Info,
        Kind::StateSet,
        Kind::Histogram,
        Kind::GaugeHistogram,
        Kind::Summary,
    ];
    let one = (select(names.to_vec()), select(kinds.to_vec()));
    let pages = vec(one, 1..6).prop_map(|families| {
        let mut page = Snapshot::default();
        for (name, kind) in families {
            // What can not be on one page in any format is left out.
            page.merge([simple(name, kind)].into());
        }
        page
    });
    let mut peer = Peer::start();
    let mut runner = TestRunner::deterministic();
    for _ in 0..400 {
        let page = om_writer::to_string(&one_of(&pages, &mut runner));
        assert!(openmetrics(&page).is_ok(), "{page}");
        compare(&mut peer, Format::OpenMetrics, &page);
    }
}

/// A family of one series that began at some time.
fn simple(name: &str, kind: Kind) -> Family {
    let values = match kind {
        Kind::Histogram | Kind::GaugeHistogram => {
            Values::Histogram(vec![HistogramValue::new([1.0].into(), [1, 2], 3.0)])
        }
        Kind::Summary => Values::Summary(vec![SummaryValue::new([(0.5, 1.0)], 3.0, 4)]),
        _ => Values::Float(vec![1.0]),
    };
    let labels = match kind {
        Kind::StateSet => LabelSet::new([(name, "on")]),
        _ => LabelSet::empty(),
    };
    Family::new(Desc::new(name, kind), Arc::new(vec![labels]), values).with_created(vec![1.0])
}

fn one_of<T: Debug>(all: impl Strategy<Value = T>, runner: &mut TestRunner) -> T {
    let tree = all.new_tree(runner);
    tree.expect("the strategy rejects nothing").current()
}
