//! The limit of a family, and the series for all that are too many.

use dynamometer::{Container, Labels};

use crate::page::{count, count_now, self_metric, series, total};

const OVERFLOW: &[(&str, &str)] = &[("overflow", "true")];

fn overflows(family: &str) -> u64 {
    self_metric("dynamometer_cardinality_overflow_total", ("family", family))
}

#[test]
fn look_ups_that_are_too_many_are_counted_and_none_is_lost_with_many_threads() {
    const NAME: &str = "flood_threads_total";
    const EACH: u64 = 20_000;
    let container = Container::new("");
    let family = container.counter(NAME).limit(100).vec(&["session"]);
    std::thread::scope(|scope| {
        for thread in 0..4_u64 {
            let family = &family;
            scope.spawn(move || {
                for at in 0..EACH {
                    let session = (at * 7 + thread * 3) % 500;
                    family.with_label_values(&[session.to_string()]).inc();
                }
            });
        }
    });
    let snapshot = container.get_metrics();
    assert_eq!(
        snapshot.family(NAME).map(dynamometer::Family::len),
        Some(101)
    );
    assert_eq!(total(&snapshot, NAME), 4 * EACH);
    assert_eq!(count(&snapshot, NAME, OVERFLOW), Some(overflows(NAME)));
}

#[test]
fn a_limit_raised_later_lets_new_series_in() {
    let container = Container::new("app");
    let family = container.counter("raised_total").limit(2).vec(&["a"]);
    let record = |value: &str| family.with_label_values(&[value]).inc();
    let own = |value: &str| count_now(&container, "app_raised_total", &[("a", value)]);
    for value in ["1", "2", "3", "3"] {
        record(value);
    }
    assert_eq!(
        (
            own("3"),
            count_now(&container, "app_raised_total", OVERFLOW)
        ),
        (None, Some(2))
    );
    let _ = container.counter("raised_total").limit(3).vec(&["a"]);
    record("3");
    record("4");
    assert_eq!(
        (own("3"), own("4")),
        (Some(1), None),
        "the old limit and one more"
    );
    assert_eq!(count_now(&container, "app_raised_total", OVERFLOW), Some(3));
    // Lowered, it takes nothing away.
    let _ = container.counter("raised_total").limit(1).vec(&["a"]);
    record("1");
    assert_eq!(own("1"), Some(2));
    assert_eq!(series(&container, "app_raised_total"), 4);
}

#[test]
fn removing_one_makes_room_for_one() {
    let container = Container::new("app");
    let family = container.counter("room_total").limit(2).vec(&["a"]);
    let record = |value: &str| family.with_label_values(&[value]).inc();
    let own = |value: &str| count_now(&container, "app_room_total", &[("a", value)]);
    for value in ["1", "2", "3"] {
        record(value);
    }
    assert_eq!(own("3"), None);
    assert!(family.remove(&["1"]));
    record("3");
    record("4");
    assert_eq!(
        (own("1"), own("2"), own("3"), own("4")),
        (None, Some(1), Some(1), None)
    );
    let overflow = count_now(&container, "app_room_total", OVERFLOW);
    assert_eq!(overflow, Some(2), "what was counted there stays there");
}

#[test]
fn the_overflow_series_takes_no_ones_place() {
    let container = Container::new("app");
    let scopes = ["a", "b", "c"].map(|scope| container.scope("", &[("scope", scope)]));
    let families = scopes.each_ref().map(|scope| {
        let counter = scope.counter("places_total").limit(3);
        counter.vec(&["k"])
    });
    for family in &families {
        family.with_label_values(&["1"]).inc();
    }
    for family in &families {
        family.with_label_values(&["2"]).inc();
    }
    assert_eq!(
        series(&container, "app_places_total"),
        6,
        "three, and one more for each scope"
    );
    for family in &families {
        assert!(family.remove(&["1"]));
        family.with_label_values(&["2"]).inc();
    }
    assert_eq!(series(&container, "app_places_total"), 6);
    for scope in ["a", "b", "c"] {
        let own = [("scope", scope), ("k", "2")];
        assert_eq!(count_now(&container, "app_places_total", &own), Some(1));
        let overflow = [("scope", scope), ("overflow", "true")];
        assert_eq!(
            count_now(&container, "app_places_total", &overflow),
            Some(1)
        );
    }
}

#[test]
fn an_overflow_series_that_was_removed_is_made_anew() {
    let container = Container::new("app");
    let family = container.counter("anew_total").limit(1).vec(&["a"]);
    let record = |value: &str| family.with_label_values(&[value]).inc();
    for round in 0..3 {
        for value in ["1", "2", "3"] {
            record(value);
        }
        let snapshot = container.get_metrics();
        assert_eq!(total(&snapshot, "app_anew_total"), 3, "round {round}");
        assert_eq!(
            count(&snapshot, "app_anew_total", OVERFLOW),
            Some(2),
            "round {round}"
        );
        family.clear();
        assert_eq!(series(&container, "app_anew_total"), 0);
    }
    // And where it went with an owner.
    record("1");
    drop(family.owned(&["2"]));
    record("3");
    assert_eq!(total(&container.get_metrics(), "app_anew_total"), 2);
}

#[test]
fn a_label_named_overflow_loses_nothing() {
    let container = Container::new("app");
    let family = container.counter("named_total").limit(2).vec(&["overflow"]);
    for value in ["false", "1", "true", "other", "true"] {
        family.with_label_values(&[value]).inc();
    }
    let snapshot = container.get_metrics();
    assert_eq!(total(&snapshot, "app_named_total"), 5);
    assert_eq!(count(&snapshot, "app_named_total", OVERFLOW), Some(3));
    assert_eq!(series(&container, "app_named_total"), 3);

    // As a constant label it gives way.
    let scope = container.scope("", &[("overflow", "no"), ("x", "1")]);
    let family = scope.counter("constant_total").limit(1).vec(&["a"]);
    for value in ["1", "2", "3"] {
        family.with_label_values(&[value]).inc();
    }
    let snapshot = container.get_metrics();
    assert_eq!(total(&snapshot, "app_constant_total"), 3);
    let overflow = [("overflow", "true"), ("x", "1")];
    assert_eq!(count(&snapshot, "app_constant_total", &overflow), Some(2));
}

#[test]
fn single_series_count_too() {
    let container = Container::new("app");
    let single = |a| {
        container
            .counter("single_total")
            .limit(1)
            .label("a", a)
            .build()
    };
    let (one, two, three) = (single("1"), single("2"), single("3"));
    one.inc();
    two.inc();
    three.inc();
    assert_eq!(
        two.get_value(),
        2,
        "both are the one for all that are too many"
    );
    assert_eq!(overflows("app_single_total"), 2);
    let snapshot = container.get_metrics();
    assert_eq!(total(&snapshot, "app_single_total"), 3);
    assert_eq!(
        snapshot
            .family("app_single_total")
            .map(dynamometer::Family::len),
        Some(2)
    );
    let family = container.counter("single_total").vec(&["a"]);
    family.with_label_values(&["2"]).inc();
    assert_eq!(three.get_value(), 3);
}

/// One of four keys.
struct Quarter(usize);

impl Labels for Quarter {
    const NAMES: &'static [&'static str] = &["quarter"];
    const VALUES: &'static [Option<&'static [&'static str]>] = &[Some(&["1", "2", "3", "4"])];

    fn index(&self) -> usize {
        self.0
    }

    fn with_values<R>(&self, with: impl FnOnce(&[&str]) -> R) -> R {
        with(&[["1", "2", "3", "4"][self.0]])
    }
}

#[test]
fn typed_keys_that_are_too_many_overflow_and_get_in_later() {
    const NAME: &str = "typed_overflow_total";
    let container = Container::new("");
    let family = container.counter(NAME).limit(2).keyed::<Quarter>();
    let record = |quarter| family.with(&Quarter(quarter)).inc();
    let own = |quarter: &str| count_now(&container, NAME, &[("quarter", quarter)]);
    (0..4).for_each(record);
    assert_eq!((own("1"), own("2"), own("3")), (Some(1), Some(1), None));
    assert_eq!(count_now(&container, NAME, OVERFLOW), Some(2));
    assert_eq!(overflows(NAME), 2);
    assert!(family.remove(&Quarter(0)));
    record(2);
    record(0);
    assert_eq!((own("1"), own("2"), own("3")), (None, Some(1), Some(1)));
    assert_eq!(count_now(&container, NAME, OVERFLOW), Some(3));
}

#[test]
fn a_typed_key_made_anew_by_its_text_is_found_in_a_full_family() {
    let container = Container::new("app");
    let typed = container
        .counter("anew_typed_total")
        .limit(4)
        .keyed::<Quarter>();
    let text = container.counter("anew_typed_total").vec(&["quarter"]);
    let own = |quarter| count_now(&container, "app_anew_typed_total", &[("quarter", quarter)]);
    // So that there is an overflow series to go to by mistake.
    let _ = container
        .counter("anew_typed_total")
        .limit(3)
        .vec(&["quarter"]);
    assert!(typed.remove(&Quarter(3)));
    typed.with(&Quarter(3)).inc();
    assert_eq!(own("4"), None);
    assert!(typed.remove(&Quarter(0)));
    text.with_label_values(&["1"]).inc();
    typed.with(&Quarter(0)).inc();
    assert_eq!(own("1"), Some(2));
}
