//! States that are on or off.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use dynamometer::{
    Clock, Container, ErrorKind, Kind, LabelValue, Labels, StateSet, StateSetVec, Unit, Value,
    self_metrics,
};

const STATES: &[&str] = &["connecting", "connected", "closed"];

#[derive(Clone, Copy, Labels)]
enum Connection {
    Connecting,
    Connected,
    Closed,
}

fn samples(container: &Container) -> Vec<String> {
    let page = container.export_prometheus();
    let lines = page.lines().filter(|line| !line.starts_with('#'));
    lines.map(str::to_owned).collect()
}

fn enabled(set: &StateSet) -> Vec<&str> {
    set.enabled().collect()
}

fn unknown_states() -> f64 {
    let page = self_metrics().get_metrics();
    let labels = [("reason", "unknown_state")];
    let value = page.value("dynamometer_dropped_samples_total", &labels);
    value.map_or(0.0, Value::as_f64)
}

#[test]
fn a_state_set_is_a_series_for_each_state_all_off_at_first() {
    let container = Container::new("app");
    let set = container
        .state_set("connection", STATES)
        .help("What it does.");
    let set = set.label("peer", "a").build();
    let page = |states: [u8; 3]| {
        format!(
            "# HELP app_connection What it does.\n# TYPE app_connection gauge\n\
             app_connection{{app_connection=\"connecting\",peer=\"a\"}} {}\n\
             app_connection{{app_connection=\"connected\",peer=\"a\"}} {}\n\
             app_connection{{app_connection=\"closed\",peer=\"a\"}} {}\n",
            states[0], states[1], states[2]
        )
    };
    assert_eq!(container.export_prometheus(), page([0, 0, 0]));
    set.set_only("connected");
    assert_eq!(container.export_prometheus(), page([0, 1, 0]));
    set.set_only("closed");
    assert_eq!(container.export_prometheus(), page([0, 0, 1]));
    let snapshot = container.get_metrics();
    assert_eq!(snapshot.families()[0].desc().kind(), Kind::StateSet);
}

#[test]
fn states_are_turned_on_and_off_one_by_one() {
    let container = Container::new("app");
    let set = container.state_set("features", &["a", "b", "c"]).build();
    set.enable("a");
    set.enable("c");
    set.enable("c");
    assert_eq!(enabled(&set), ["a", "c"]);
    assert!(set.is_enabled("a") && !set.is_enabled("b"));
    set.disable("a");
    set.disable("b");
    assert_eq!(enabled(&set), ["c"]);
    set.set_only("b");
    assert_eq!(enabled(&set), ["b"]);
    let same = container.state_set("features", &["a", "b", "c"]).build();
    assert_eq!(enabled(&same.clone()), ["b"]);
    assert_eq!(format!("{same:?}"), "StateSet([\"b\"])");
}

#[test]
fn a_state_is_any_label_value_with_its_text() {
    let container = Container::new("app");
    let typed = container.state_set_of::<Connection>("typed").build();
    let reversed = ["closed", "connected", "connecting"];
    let reversed = container.state_set("reversed", &reversed).build();
    for set in [&typed, &reversed] {
        for state in [
            Connection::Connecting,
            Connection::Connected,
            Connection::Closed,
        ] {
            set.set_only(&state);
            state.with_str(|text| assert_eq!(enabled(set), [text]));
        }
        set.set_only(&String::from("connected"));
        assert!(set.is_enabled(&Connection::Connected));
        set.enable(&"closed");
        set.disable(&&Connection::Connected);
        assert_eq!(enabled(set), ["closed"]);
    }
    let levels = container.state_set("levels", &["1", "2"]).build();
    levels.set_only(&2);
    assert_eq!(enabled(&levels), ["2"]);
}

#[test]
fn an_unknown_state_changes_nothing_and_is_counted() {
    let container = Container::new("app");
    let set = container.state_set("connection", STATES).build();
    set.set_only("connected");
    let before = unknown_states();
    set.set_only("Closed");
    set.enable("");
    set.disable(&7);
    assert!(!set.is_enabled("open"));
    assert_eq!(enabled(&set), ["connected"]);
    // Other tests of this process count too.
    assert!(unknown_states() >= before + 3.0);
}

#[test]
fn a_set_has_room_for_64_states() {
    let names: Vec<String> = (0..65).map(|at| format!("s{at}")).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let container = Container::new("app");
    let set = container.state_set("x", &names[..64]).try_build().unwrap();
    set.enable("s0");
    set.enable("s63");
    assert_eq!(enabled(&set), ["s0", "s63"]);
    assert_eq!(samples(&container).len(), 64);
    for states in [&names[..], &[], &["a", "b", "a"], &["a", ""]] {
        let refused = container.state_set("y", states).try_build();
        assert_eq!(refused.unwrap_err().kind(), ErrorKind::InvalidStates);
    }
    let refused = container.state_set("x", &names[..63]).try_build();
    let error = refused.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::StatesMismatch);
    assert!(error.existing().unwrap().contains("\"s63\"]"), "{error}");
}

#[test]
fn a_reader_sees_one_of_two_states_that_exclude_each_other() {
    let container = Container::new("app");
    let set = container.state_set("turn", &["left", "right"]).build();
    set.set_only("left");
    let is_done = AtomicBool::new(false);
    std::thread::scope(|scope| {
        scope.spawn(|| {
            for _ in 0..10_000 {
                set.set_only("right");
                set.set_only("left");
            }
            is_done.store(true, Ordering::Relaxed);
        });
        while !is_done.load(Ordering::Relaxed) {
            let snapshot = container.get_metrics();
            let values = snapshot.families()[0].samples();
            let on: f64 = values.map(|sample| sample.value.as_f64()).sum();
            assert!((on - 1.0).abs() < 1e-12, "{on}");
            assert_eq!(set.enabled().count(), 1);
        }
    });
}

#[test]
fn threads_that_turn_states_of_their_own_do_not_disturb_each_other() {
    let container = Container::new("app");
    let set = container.state_set("features", &["a", "b"]).build();
    std::thread::scope(|scope| {
        for state in ["a", "b"] {
            let set = &set;
            scope.spawn(move || {
                for _ in 0..10_000 {
                    set.enable(state);
                    assert!(set.is_enabled(state));
                    set.disable(state);
                    assert!(!set.is_enabled(state));
                }
                set.enable(state);
            });
        }
    });
    assert_eq!(enabled(&set), ["a", "b"]);
}

#[test]
fn a_family_has_a_set_for_each_key() {
    let container = Container::new("app");
    let sets: StateSetVec = container.state_set("connection", STATES).vec(&["peer"]);
    sets.with_label_values(&["a"]).set_only("closed");
    let kept = sets.with_label_values(&["b"]).keep();
    kept.set_only(&Connection::Connected);
    let owned = sets.owned(&["c"]);
    owned.enable("closed");
    assert_eq!(
        samples(&container),
        [
            "app_connection{app_connection=\"connecting\",peer=\"a\"} 0",
            "app_connection{app_connection=\"connected\",peer=\"a\"} 0",
            "app_connection{app_connection=\"closed\",peer=\"a\"} 1",
            "app_connection{app_connection=\"connecting\",peer=\"b\"} 0",
            "app_connection{app_connection=\"connected\",peer=\"b\"} 1",
            "app_connection{app_connection=\"closed\",peer=\"b\"} 0",
            "app_connection{app_connection=\"connecting\",peer=\"c\"} 0",
            "app_connection{app_connection=\"connected\",peer=\"c\"} 0",
            "app_connection{app_connection=\"closed\",peer=\"c\"} 1",
        ]
    );
    drop(owned);
    assert!(sets.remove(&["a"]));
    assert_eq!(samples(&container).len(), 3);

    let keyed: StateSetVec<()> = container.state_set_of::<Connection>("only").keyed();
    keyed.with(&()).set_only(&Connection::Closed);
    assert!(samples(&container).contains(&"app_only{app_only=\"closed\"} 1".to_owned()));
}

#[test]
fn a_set_that_stands_still_expires_with_all_its_states() {
    let clock = Clock::manual(Duration::ZERO);
    let container = Container::with_clock("app", clock.clone());
    let sets = container.state_set("connection", STATES);
    let sets = sets.expire_after(Duration::from_mins(1)).vec(&["peer"]);
    sets.with_label_values(&["a"]).set_only("closed");
    sets.with_label_values(&["b"]).set_only("closed");
    container.get_metrics();
    clock.advance(Duration::from_mins(1));
    sets.with_label_values(&["b"]).set_only("connected");
    for _ in 0..3 {
        container.get_metrics();
    }
    let left = samples(&container);
    assert_eq!(left.len(), 3);
    assert!(
        left.iter().all(|line| line.contains("peer=\"b\"")),
        "{left:?}"
    );
}

#[test]
fn under_another_name_the_states_are_in_a_label_of_that_name() {
    let container = Container::new("app");
    let set = container.state_set("new", &["a"]).alias("old").build();
    set.enable("a");
    let expected = ["app_new{app_new=\"a\"} 1", "app_old{app_old=\"a\"} 1"];
    assert_eq!(samples(&container), expected);
    let snapshot = container.get_metrics();
    let mut created = snapshot
        .families()
        .iter()
        .flat_map(dynamometer::Family::samples);
    assert!(created.all(|sample| sample.created.is_some()));
}

#[test]
fn a_label_of_the_name_of_the_set_is_refused() {
    let container = Container::new("app");
    let set = || container.state_set("x", &["a"]);
    let refused = |error: dynamometer::Error| assert_eq!(error.kind(), ErrorKind::DuplicateLabel);
    refused(set().label("app_x", "1").try_build().unwrap_err());
    refused(
        set()
            .alias("y")
            .label("app_y", "1")
            .try_build()
            .unwrap_err(),
    );
    refused(set().try_vec(&["app_x"]).unwrap_err());
    let scope = container.scope("", &[("app_x", "1")]);
    refused(scope.state_set("x", &["a"]).try_build().unwrap_err());
    assert!(set().label("x", "1").try_build().is_ok());

    let whole = Container::new("");
    for (name, kind) in [
        ("le", ErrorKind::ReservedLabel),
        ("overflow", ErrorKind::DuplicateLabel),
        ("__x", ErrorKind::ReservedLabel),
        ("a:b", ErrorKind::InvalidName),
    ] {
        let refused = whole.state_set(name, &["a"]).try_build();
        assert_eq!(refused.unwrap_err().kind(), kind, "{name}");
    }
}

#[test]
fn a_later_alias_that_is_a_label_of_a_set_is_refused() {
    let container = Container::new("app");
    container.state_set("x", &["a"]).label("app_y", "1").build();
    let aliased = |alias| container.state_set("x", &["a"]).alias(alias).try_build();
    assert_eq!(aliased("y").unwrap_err().kind(), ErrorKind::DuplicateLabel);
    assert!(aliased("z").is_ok());
    assert_eq!(samples(&container).len(), 4);
}

#[test]
fn a_state_set_has_no_unit_and_shares_its_name_with_no_gauge() {
    let container = Container::new("app");
    let refused = container.state_set("x", &["a"]).unit(Unit::Ratio);
    let error = refused.try_build().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::UnitMismatch);
    container.gauge("x").build();
    let refused = container.state_set("x", &["a"]).try_build();
    assert_eq!(refused.unwrap_err().kind(), ErrorKind::KindMismatch);
}

#[test]
fn a_refused_state_set_works_and_is_on_no_page() {
    let container = Container::new("app");
    let set = container.state_set("@@", STATES).build();
    set.set_only("closed");
    assert_eq!(enabled(&set), ["closed"]);

    let sets = container.state_set("@@", STATES).vec(&["peer"]);
    sets.with_label_values(&["a"]).set_only("closed");
    assert!(sets.with_label_values(&["a"]).is_enabled("closed"));
    assert!(!sets.with_label_values(&["b"]).is_enabled("closed"));

    // What can be told apart of wrong states works too.
    let set = container.state_set("x", &["a", "", "a", "b"]).build();
    set.enable("b");
    assert_eq!(enabled(&set), ["b"]);
    let sets = container.state_set("x", &[]).vec(&["peer"]);
    assert!(!sets.with_label_values(&["a"]).is_enabled("b"));
    assert!(samples(&container).is_empty());
}
