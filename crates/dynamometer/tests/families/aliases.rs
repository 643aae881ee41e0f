//! One family under several names.

use dynamometer::{Container, Error, ErrorKind};

use crate::page::{count, lines_of, parse, series};

fn kind<T>(result: Result<T, Error>) -> Option<ErrorKind> {
    result.err().map(|error| error.kind())
}

#[test]
fn both_names_have_the_same_values() {
    let container = Container::new("app");
    let family = container
        .counter("new_total")
        .help("Things.")
        .alias("old_total")
        .alias("older_total")
        .vec(&["a"]);
    family.with_label_values(&["1"]).inc_by(3);
    family.with_label_values(&["2"]).inc_by(4);
    let latency = container
        .histogram("new")
        .alias("old")
        .buckets(&[1.0])
        .build();
    latency.observe(0.5);
    let snapshot = container.get_metrics();
    for name in ["app_new_total", "app_old_total", "app_older_total"] {
        assert_eq!(count(&snapshot, name, &[("a", "1")]), Some(3), "{name}");
        assert_eq!(count(&snapshot, name, &[("a", "2")]), Some(4), "{name}");
    }
    let page = container.export_prometheus();
    assert_eq!(parse(&page), lines_of(&snapshot));
    for line in [
        "# HELP app_old_total Things.",
        "# TYPE app_old_total counter",
        "app_old_count 1",
    ] {
        assert!(
            page.lines().any(|written| written == line),
            "{line} is missing in\n{page}"
        );
    }
    assert!(family.remove(&["1"]));
    assert_eq!(series(&container, "app_older_total"), 1);
}

#[test]
fn a_later_declaration_may_add_a_name_and_repeat_it() {
    let container = Container::new("app");
    let first = container.counter("x_total").build();
    let second = container
        .counter("x_total")
        .alias("y_total")
        .alias("y_total")
        .build();
    let third = container.counter("x_total").alias("y_total").build();
    first.inc();
    second.inc();
    third.inc();
    let snapshot = container.get_metrics();
    assert_eq!(count(&snapshot, "app_x_total", &[]), Some(3));
    assert_eq!(count(&snapshot, "app_y_total", &[]), Some(3));
    assert_eq!(snapshot.families().len(), 2);
}

#[test]
fn a_name_that_is_in_use_can_not_be_another_name() {
    let container = Container::new("app");
    let collision = Some(ErrorKind::NameCollision);
    let _ = container.counter("a_total").alias("b_total").build();
    let _ = container.counter("c_total").build();
    // An alias where there is a family, its own name, or another's alias.
    assert_eq!(
        kind(container.counter("d_total").alias("c_total").try_build()),
        collision
    );
    assert_eq!(
        kind(container.counter("d_total").alias("d_total").try_build()),
        collision
    );
    assert_eq!(
        kind(container.counter("d_total").alias("b_total").try_build()),
        collision
    );
    assert_eq!(
        kind(container.counter("a_total").alias("c_total").try_build()),
        collision
    );
    // A family where there is an alias, of whatever kind.
    assert_eq!(kind(container.counter("b_total").try_build()), collision);
    assert_eq!(kind(container.gauge("b_total").try_vec(&["a"])), collision);
    assert_eq!(
        kind(container.gauge("d").alias("@@").try_build()),
        Some(ErrorKind::InvalidName)
    );
    let snapshot = container.get_metrics();
    let names: Vec<_> = snapshot
        .families()
        .iter()
        .map(|family| family.desc().name())
        .collect();
    assert_eq!(
        names,
        ["app_a_total", "app_b_total", "app_c_total"],
        "nothing was left behind"
    );
}

#[test]
fn the_lines_of_a_histogram_can_not_be_taken_under_any_name() {
    let collision = Some(ErrorKind::NameCollision);
    for suffix in ["_sum", "_count", "_bucket"] {
        // Whichever of the two is the alias, and whichever comes first.
        let container = Container::new("app");
        let _ = container.histogram("h").alias("other").build();
        let line = format!("h{suffix}");
        let other_line = format!("other{suffix}");
        for line in [&line, &other_line] {
            assert_eq!(
                kind(container.counter(line).try_build()),
                collision,
                "{line}"
            );
            let aliased = container.counter("x_total").alias(line).try_build();
            assert_eq!(kind(aliased), collision, "alias {line}");
        }

        let container = Container::new("app");
        let _ = container.counter(&line).build();
        assert_eq!(
            kind(container.histogram("h").try_build()),
            collision,
            "{line}"
        );
        let aliased = container.histogram("x").alias("h").try_build();
        assert_eq!(kind(aliased), collision, "alias of a histogram over {line}");

        let container = Container::new("app");
        let _ = container.counter("x_total").alias(&line).build();
        assert_eq!(
            kind(container.histogram("h").try_build()),
            collision,
            "{line} is an alias"
        );
        let aliased = container.histogram("x").alias("h").try_build();
        assert_eq!(kind(aliased), collision, "both are aliases: {line}");
    }
}

#[test]
fn a_name_added_later_can_not_take_the_lines_of_a_histogram() {
    let collision = Some(ErrorKind::NameCollision);
    let container = Container::new("app");
    let _ = container.histogram("h").build();
    let _ = container.counter("g_count").build();
    let _ = container.counter("x_total").build();
    assert_eq!(
        kind(container.counter("x_total").alias("h_sum").try_build()),
        collision
    );
    assert_eq!(
        kind(container.histogram("h").alias("g").try_build()),
        collision
    );
}

#[test]
fn the_names_of_one_histogram_do_not_clash_among_themselves() {
    let collision = Some(ErrorKind::NameCollision);
    let container = Container::new("app");
    assert_eq!(
        kind(container.histogram("h").alias("h_sum").try_build()),
        collision
    );
    assert_eq!(
        kind(container.histogram("g_count").alias("g").try_build()),
        collision
    );
    let two = container
        .histogram("x")
        .alias("y")
        .alias("y_bucket")
        .try_build();
    assert_eq!(kind(two), collision);
    assert_eq!(container.get_metrics().families().len(), 0);
}
