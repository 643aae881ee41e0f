//! The numbers of several processes become one.

use dynamometer_exposition::{Snapshot, text};
use dynamometer_multiprocess::{LeftOut, Merge, Reason};

use crate::file::File;

fn merged(files: &[(&str, File)]) -> (Snapshot, Vec<LeftOut>) {
    let mut merge = Merge::new();
    for (name, file) in files {
        merge.add(name, &file.0).expect("the file is in order");
    }
    merge.finish()
}

/// The lines of the page, without those for people.
fn lines(files: &[(&str, File)]) -> Vec<String> {
    let (snapshot, left_out) = merged(files);
    assert_eq!(left_out, []);
    let page = text::to_string(&snapshot);
    let lines = page.lines().filter(|line| !line.starts_with("# HELP"));
    lines.map(str::to_owned).collect()
}

#[test]
fn counters_are_added_series_by_series() {
    let file = |ok: f64, failed: f64| {
        File::new()
            .with("jobs", "jobs_total", r#"{"status": "ok"}"#, ok)
            .with("jobs", "jobs_total", r#"{"status": "failed"}"#, failed)
    };
    let lines = lines(&[
        ("counter_1.db", file(3.0, 1.0)),
        ("counter_2.db", file(4.0, 0.0)),
    ]);
    assert_eq!(
        lines,
        [
            "# TYPE jobs_total counter",
            r#"jobs_total{status="ok"} 7"#,
            r#"jobs_total{status="failed"} 1"#,
        ]
    );
}

#[test]
fn labels_in_another_order_are_the_same_series() {
    let file = |labels: &str| File::new().with("jobs", "jobs_total", labels, 1.0);
    let one = file(r#"{"a": "1", "b": "2"}"#);
    let other = file(r#"{"b": "2", "a": "1"}"#);
    let lines = lines(&[("counter_1.db", one), ("counter_2.db", other)]);
    assert_eq!(lines[1..], [r#"jobs_total{a="1",b="2"} 2"#]);
}

#[test]
fn a_gauge_follows_its_mode() {
    let file = |value: f64, time: f64| File::new().with_time("load", "load", "{}", value, time);
    let of = |mode: &str| {
        let (one, other) = (format!("gauge_{mode}_1.db"), format!("gauge_{mode}_2.db"));
        lines(&[
            (one.as_str(), file(2.5, 20.0)),
            (other.as_str(), file(4.0, 10.0)),
        ])
    };
    for (mode, value) in [
        ("min", "2.5"),
        ("max", "4"),
        ("sum", "6.5"),
        ("mostrecent", "2.5"),
    ] {
        let expected = ["# TYPE load gauge".to_owned(), format!("load {value}")];
        assert_eq!(of(mode), expected, "{mode}");
        assert_eq!(of(&format!("live{mode}")), expected, "live{mode}");
    }
    let each = [
        "# TYPE load gauge",
        r#"load{pid="1"} 2.5"#,
        r#"load{pid="2"} 4"#,
    ];
    assert_eq!(of("all"), each);
    assert_eq!(of("liveall"), each);
}

#[test]
fn a_gauge_that_was_never_set_has_no_most_recent_value() {
    let file = File::new().with("load", "load", "{}", 0.0);
    assert!(lines(&[("gauge_mostrecent_1.db", file)]).is_empty());
}

#[test]
fn the_label_pid_is_that_of_the_collector() {
    let file = || File::new().with("load", "load", r#"{"pid": "mine"}"#, 1.0);
    let all = lines(&[("gauge_all_1.db", file())]);
    assert_eq!(all[1..], [r#"load{pid="1"} 1"#]);
    let sum = lines(&[("gauge_sum_1.db", file())]);
    assert_eq!(sum[1..], ["load 1"]);
}

#[test]
fn buckets_are_added_each_and_then_to_those_below() {
    let file = |sum: f64, counts: [f64; 3]| {
        let [low, high, over] = counts;
        File::new()
            .with("wait", "wait_sum", "{}", sum)
            .with("wait", "wait_bucket", r#"{"le": "0.5"}"#, low)
            .with("wait", "wait_bucket", r#"{"le": "2.0"}"#, high)
            .with("wait", "wait_bucket", r#"{"le": "+Inf"}"#, over)
    };
    let one = file(3.0, [1.0, 2.0, 0.0]);
    let lines = lines(&[
        ("histogram_1.db", one),
        ("histogram_2.db", file(9.0, [0.0, 1.0, 1.0])),
    ]);
    assert_eq!(
        lines,
        [
            "# TYPE wait histogram",
            r#"wait_bucket{le="0.5"} 1"#,
            r#"wait_bucket{le="2.0"} 4"#,
            r#"wait_bucket{le="+Inf"} 5"#,
            "wait_sum 12",
            "wait_count 5",
        ]
    );
}

#[test]
fn a_summary_adds_sum_and_count() {
    let file = |count: f64, sum: f64| {
        File::new()
            .with("size", "size_count", "{}", count)
            .with("size", "size_sum", "{}", sum)
    };
    let lines = lines(&[
        ("summary_1.db", file(2.0, 0.5)),
        ("summary_2.db", file(1.0, 1.0)),
    ]);
    assert_eq!(
        lines,
        ["# TYPE size summary", "size_sum 1.5", "size_count 3"]
    );
}

#[test]
fn the_first_of_two_types_or_modes_is_kept() {
    let counter = File::new().with("x", "x_total", "{}", 1.0);
    let gauge = File::new().with("x", "x", "{}", 5.0);
    let files = [
        ("counter_1.db", counter),
        ("gauge_max_1.db", gauge.clone()),
        ("gauge_min_2.db", gauge),
    ];
    let (snapshot, left_out) = merged(&files);
    assert!(text::to_string(&snapshot).ends_with("\nx_total 1\n"));
    let clash = LeftOut {
        what: "x".to_owned(),
        reason: Reason::Clash,
    };
    assert_eq!(left_out, [clash.clone(), clash]);
}

#[test]
fn entries_that_name_no_sample_are_left_out_once() {
    let keys: [&[u8]; 7] = [
        b"",
        b"{}",
        b"[\"x\", \"x_total\", {}]",
        b"[\"x\", \"y_total\", {}, \"\"]",
        b"[\"x\", \"x_total\", {\"a\": 1}, \"\"]",
        b"[\"x\", \"x_total\", {\"a\": \"\\ud800\"}, \"\"]",
        b"\xff\xfe",
    ];
    let file = keys
        .iter()
        .fold(File::new(), |file, key| file.with_key(key, 1.0, 0.0))
        .with("good", "good_total", "{}", 1.0);
    let files = [("counter_1.db", file.clone()), ("counter_2.db", file)];
    let (snapshot, left_out) = merged(&files);
    assert!(text::to_string(&snapshot).ends_with("\ngood_total 2\n"));
    assert_eq!(left_out.len(), keys.len());
    assert!(left_out.iter().all(|one| one.reason == Reason::Key));
}

#[test]
fn counts_that_no_histogram_has_are_left_out() {
    let file = |count: f64| {
        File::new().with("wait", "wait_sum", "{}", 1.0).with(
            "wait",
            "wait_bucket",
            r#"{"le": "+Inf"}"#,
            count,
        )
    };
    for count in [0.5, -1.0, f64::NAN, f64::INFINITY] {
        let (snapshot, left_out) = merged(&[("histogram_1.db", file(count))]);
        assert_eq!(snapshot.series(), 0);
        assert_eq!(left_out[0].reason, Reason::Value, "{count}");
    }
}

#[test]
fn a_distribution_that_is_being_made_is_not_shown_yet() {
    let sum = || File::new().with("wait", "wait_sum", "{}", 0.0);
    assert!(lines(&[("histogram_1.db", sum())]).is_empty());
    assert!(lines(&[("summary_1.db", sum())]).is_empty());
    let bucket = r#"{"le": "+Inf"}"#;
    let bucket = File::new().with("wait", "wait_bucket", bucket, 1.0);
    assert!(lines(&[("histogram_1.db", bucket)]).is_empty());
}

#[test]
fn a_counter_of_fractions_stays_one() {
    let file = File::new().with("seconds", "seconds_total", "{}", 0.25);
    let lines = lines(&[("counter_1.db", file.clone()), ("counter_2.db", file)]);
    assert_eq!(lines[1..], ["seconds_total 0.5"]);
}
