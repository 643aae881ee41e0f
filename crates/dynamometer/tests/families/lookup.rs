//! Which series a look-up finds.

use dynamometer::{Container, ErrorKind, Labels};

use crate::page::{count_now, labels, lines_of, parse, self_metric, series};

/// A key whose labels are named in another order than the texts of other tests.
struct Request(bool, bool);

impl Labels for Request {
    const NAMES: &'static [&'static str] = &["tls", "auth"];
    const VALUES: &'static [Option<&'static [&'static str]>] =
        &[Some(&["no", "yes"]), Some(&["no", "yes"])];

    fn index(&self) -> usize {
        usize::from(self.0) * 2 + usize::from(self.1)
    }

    fn with_values<R>(&self, with: impl FnOnce(&[&str]) -> R) -> R {
        let text = |is| if is { "yes" } else { "no" };
        with(&[text(self.0), text(self.1)])
    }
}

#[test]
fn values_that_are_the_same_when_joined_are_two_series() {
    let container = Container::new("app");
    let family = container.counter("x_total").vec(&["a", "b"]);
    let pairs = [
        ("ab", "c"),
        ("a", "bc"),
        ("", "abc"),
        ("abc", ""),
        ("", ""),
        ("a\",b=\"b", "c"),
        ("a", "b\",b=\"c"),
        ("a\\", "b"),
        ("a", "\\b"),
        ("a\n", "b"),
        ("a\\n", "b"),
        ("\"", "\""),
        ("\\\"", "\""),
        (" ", "ä"),
    ];
    for round in 1..=3 {
        for (at, (a, b)) in (1..).zip(pairs) {
            family.with_label_values(&[a, b]).inc_by(at);
            let of_pair = [("a", a), ("b", b)];
            assert_eq!(
                count_now(&container, "app_x_total", &of_pair),
                Some(round * at)
            );
        }
    }
    assert_eq!(series(&container, "app_x_total"), pairs.len());
    let lines = parse(&container.export_prometheus());
    assert_eq!(lines, lines_of(&container.get_metrics()));
    for (at, (a, b)) in (1..).zip(pairs) {
        let line = ("app_x_total".to_owned(), labels(&[("a", a), ("b", b)]));
        assert_eq!(
            lines.get(&line).copied(),
            Some(f64::from(3 * at)),
            "{line:?}"
        );
    }
}

// The only test of this program that gives a wrong number of values.
#[test]
fn a_wrong_number_of_values_is_counted_once_a_call_and_recorded_nowhere() {
    let errors = || {
        self_metric(
            "dynamometer_registration_errors_total",
            ("reason", "label_count"),
        )
    };
    let container = Container::new("app");
    let family = container.counter("x_total").vec(&["method", "status"]);
    let before = errors();
    family.with_label_values(&["GET"]).inc_by(100);
    family
        .with_label_values(&["GET", "200", "more"])
        .inc_by(100);
    family.with_label_values(&[] as &[&str]).inc();
    assert_eq!(errors(), before + 3);
    let owned = family.owned(&["GET"]);
    owned.inc();
    drop(owned);
    assert_eq!(errors(), before + 4);
    assert!(!family.remove(&["GET"]));
    assert_eq!(
        errors(),
        before + 4,
        "to remove what is not there is no mistake"
    );

    let error = family
        .try_with_label_values(&["GET"])
        .expect_err("it is refused");
    assert_eq!(error.kind(), ErrorKind::LabelCount);
    let text = error.to_string();
    for part in [
        "\"app_x_total\"",
        "2 labels",
        "method",
        "status",
        "1 values",
    ] {
        assert!(text.contains(part), "{part} is missing in {text}");
    }
    assert_eq!(
        errors(),
        before + 4,
        "an error that is returned is not counted"
    );
    assert_eq!(series(&container, "app_x_total"), 0);

    let histogram = container.histogram("h").buckets(&[1.0]).vec(&["a"]);
    let nowhere = histogram.with_label_values(&["1", "2"]).keep();
    nowhere.observe(0.5);
    assert_eq!(
        nowhere.get_value().counts(),
        [1, 0],
        "it is a working handle"
    );
    assert_eq!(series(&container, "app_h"), 0);
}

#[test]
fn the_order_of_labels_is_up_to_each_declaration() {
    let container = Container::new("app");
    let one = container.counter("x_total").vec(&["auth", "tls"]);
    let other = container.counter("x_total").vec(&["tls", "auth"]);
    let typed = container.counter("x_total").keyed::<Request>();
    one.with_label_values(&["no", "yes"]).inc();
    other.with_label_values(&["yes", "no"]).inc_by(10);
    typed.with(&Request(true, false)).inc_by(100);
    let yes = [("tls", "yes"), ("auth", "no")];
    assert_eq!(count_now(&container, "app_x_total", &yes), Some(111));
    assert_eq!(
        series(&container, "app_x_total"),
        4,
        "all keys of a typed family are there"
    );
}

#[test]
fn a_family_has_the_same_label_names_everywhere() {
    let container = Container::new("app");
    let scope = container.scope("", &[("region", "eu")]);
    let family = container.counter("x_total").vec(&["a", "b"]);
    for names in [&["a"][..], &["a", "c"], &["a", "b", "c"]] {
        for container in [&container, &scope] {
            let error = container.counter("x_total").try_vec(names).err();
            let error = error.unwrap_or_else(|| panic!("{names:?} must be refused"));
            assert_eq!(error.kind(), ErrorKind::LabelsMismatch, "{names:?}");
            let existing = error.existing().expect("it says what there is");
            assert!(
                existing.contains('a') && existing.contains('b'),
                "{existing}"
            );
        }
    }
    assert_eq!(
        container
            .counter("x_total")
            .try_keyed::<Request>()
            .err()
            .map(|error| error.kind()),
        Some(ErrorKind::LabelsMismatch)
    );
    family.with_label_values(&["1", "2"]).inc();
    let same = scope.counter("x_total").vec(&["b", "a"]);
    same.with_label_values(&["2", "1"]).inc();
    assert_eq!(series(&container, "app_x_total"), 2, "one of each scope");
    // Without names it is a single series, as `build` makes it.
    let single = container.counter("x_total").label("b", "2").label("a", "1");
    single.vec(&[]).with_label_values(&[] as &[&str]).inc();
    assert_eq!(family.with_label_values(&["1", "2"]).get_value(), 2);
}

#[test]
fn a_single_series_and_a_family_meet_whoever_comes_first() {
    let container = Container::new("app");
    let single = |name, a: &str| {
        let counter = container.counter(name).label("a", a).build();
        counter.inc();
        counter
    };
    let looked_up = |name, a: &str| {
        let family = container.counter(name).vec(&["a"]);
        family.with_label_values(&[a]).inc_by(10);
        family
    };
    for value in ["1", "", "\"", "\\", "\n", "x\",b=\"y"] {
        let first = single("x_total", value);
        looked_up("x_total", value);
        assert_eq!(first.get_value(), 11, "{value:?}");
        let family = looked_up("y_total", value);
        let second = single("y_total", value);
        family.with_label_values(&[value]).inc_by(100);
        assert_eq!(second.get_value(), 111, "{value:?}");
        assert_eq!(
            count_now(&container, "app_y_total", &[("a", value)]),
            Some(111)
        );
    }
    assert_eq!(series(&container, "app_x_total"), 6);
}

#[test]
fn a_constant_label_and_one_that_is_looked_up_meet_in_one_text() {
    let container = Container::new("app");
    let scope = container.scope("", &[("b", "y")]);
    scope.counter("x_total").label("a", "x").build().inc();
    let family = scope.counter("x_total").vec(&["a"]);
    family.with_label_values(&["x"]).inc_by(10);
    let both = [("a", "x"), ("b", "y")];
    assert_eq!(count_now(&container, "app_x_total", &both), Some(11));
    // It looks like both labels, and is one.
    let one = container.counter("x_total").vec(&["a"]);
    one.with_label_values(&["x\",b=\"y"]).inc_by(100);
    assert_eq!(count_now(&container, "app_x_total", &both), Some(11));
    assert_eq!(
        count_now(&container, "app_x_total", &[("a", "x\",b=\"y")]),
        Some(100)
    );
}

#[test]
fn a_value_of_a_megabyte_is_found_again() {
    let container = Container::new("app");
    let family = container.gauge("x").vec(&["a"]);
    let value = "x\"".repeat(1 << 19);
    family.with_label_values(&[&value]).set(1.0);
    family.with_label_values(&[&value]).inc(1.0);
    assert_eq!(series(&container, "app_x"), 1);
    assert!(family.remove(&[&value]));
    assert_eq!(series(&container, "app_x"), 0);
}
