//! Series that leave the page when nothing happened to them for long enough.

use std::collections::BTreeMap;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread;
use std::time::Duration;

use dynamometer::{Clock, Container, CounterVec, Value};

use crate::key::Side;
use crate::page::{count, count_now, self_metric, series, total};

const IDLE: Duration = Duration::from_mins(1);

/// A container with a clock of its own.
fn driven() -> (Container, Clock) {
    let clock = Clock::manual(Duration::from_secs(1000));
    (Container::with_clock("app", clock.clone()), clock)
}

/// Lets time pass, and is read often enough for everything idle to leave.
fn pass(container: &Container, clock: &Clock) {
    let _ = container.get_metrics();
    clock.advance(IDLE);
    // One to hide it, one to see that nobody looks at it.
    let _ = container.get_metrics();
    let _ = container.get_metrics();
}

fn family(container: &Container, name: &str) -> CounterVec {
    container.counter(name).expire_after(IDLE).vec(&["a"])
}

#[test]
fn a_series_leaves_when_its_value_stood_still_and_no_sooner() {
    let (container, clock) = driven();
    let family = family(&container, "x_total");
    family.with_label_values(&["1"]).inc();
    let _ = container.get_metrics();
    clock.advance(IDLE.saturating_sub(Duration::from_nanos(1)));
    for _ in 0..5 {
        assert_eq!(
            series(&container, "app_x_total"),
            1,
            "not a nanosecond early"
        );
    }
    clock.advance(Duration::from_nanos(1));
    let left = (0..3)
        .filter(|_| series(&container, "app_x_total") == 1)
        .count();
    assert!(
        left >= 1,
        "it is shown once more, with all that was recorded"
    );
    assert_eq!(series(&container, "app_x_total"), 0);
    family.with_label_values(&["1"]).inc();
    assert_eq!(
        count_now(&container, "app_x_total", &[("a", "1")]),
        Some(1),
        "from zero"
    );
}

#[test]
fn a_family_that_does_not_ask_for_it_keeps_its_series() {
    let (container, clock) = driven();
    let family = container.counter("x_total").vec(&["a"]);
    family.with_label_values(&["1"]).inc();
    for _ in 0..5 {
        pass(&container, &clock);
    }
    assert_eq!(series(&container, "app_x_total"), 1);
}

#[test]
fn a_handle_that_is_kept_keeps_its_series() {
    let (container, clock) = driven();
    let family = family(&container, "x_total");
    let kept = family.with_label_values(&["1"]).keep();
    let owned = family.owned(&["2"]);
    let single = container.counter("x_total").label("a", "3").build();
    family.with_label_values(&["4"]).inc();
    for _ in 0..4 {
        pass(&container, &clock);
        assert_eq!(series(&container, "app_x_total"), 3);
    }
    kept.inc();
    single.inc();
    owned.inc();
    assert_eq!(total(&container.get_metrics(), "app_x_total"), 3);
    drop((kept, single));
    pass(&container, &clock);
    assert_eq!(
        series(&container, "app_x_total"),
        1,
        "only the owned one is left"
    );
    drop(owned);
    assert_eq!(series(&container, "app_x_total"), 0);
}

#[test]
fn a_series_that_is_recorded_in_between_stays_with_its_total() {
    let (container, clock) = driven();
    let family = family(&container, "x_total");
    let record = || family.with_label_values(&["1"]).inc();
    let mut recorded = 0;
    // Idle, and hidden from look-ups already.
    for stage in 0..2 {
        for _ in 0..6 {
            record();
            recorded += 1;
            let _ = container.get_metrics();
            clock.advance(IDLE);
            for _ in 0..stage {
                let _ = container.get_metrics();
            }
            record();
            recorded += 1;
            let now = count_now(&container, "app_x_total", &[("a", "1")]);
            assert_eq!(now, Some(recorded), "stage {stage}");
        }
    }
}

#[test]
fn a_hidden_series_is_found_by_whoever_asks_for_it() {
    let hidden = || {
        let (container, clock) = driven();
        let family = family(&container, "x_total");
        family.with_label_values(&["1"]).inc_by(5);
        let _ = container.get_metrics();
        clock.advance(IDLE);
        assert_eq!(series(&container, "app_x_total"), 1);
        (container, clock, family)
    };
    let one = [("a", "1")];

    let (container, clock, family) = hidden();
    let single = container.counter("x_total").label("a", "1").build();
    single.inc();
    assert_eq!(
        family.with_label_values(&["1"]).get_value(),
        6,
        "a single series"
    );
    pass(&container, &clock);
    assert_eq!(count_now(&container, "app_x_total", &one), Some(6));

    let (container, clock, family) = hidden();
    let owned = family.owned(&["1"]);
    assert_eq!(owned.get_value(), 5, "an owner");
    pass(&container, &clock);
    drop(owned);
    assert_eq!(series(&container, "app_x_total"), 0);

    let (container, _clock, family) = hidden();
    assert!(family.remove(&["1"]), "a removal");
    assert_eq!(series(&container, "app_x_total"), 0);
    family.with_label_values(&["1"]).inc();
    assert_eq!(count_now(&container, "app_x_total", &one), Some(1));

    let (container, _clock, family) = hidden();
    family.clear();
    assert_eq!(series(&container, "app_x_total"), 0, "clearing");
    family.with_label_values(&["1"]).inc();
    for _ in 0..3 {
        assert_eq!(count_now(&container, "app_x_total", &one), Some(1));
    }
}

#[test]
fn a_look_up_that_is_held_keeps_its_series_and_so_does_a_handle_made_of_it() {
    let (container, clock) = driven();
    let family = family(&container, "x_total");
    let own = || count_now(&container, "app_x_total", &[("a", "1")]);
    family.with_label_values(&["1"]).inc();
    let _ = container.get_metrics();
    clock.advance(IDLE);
    let looked = family.with_label_values(&["1"]);
    // Hidden now; whoever looks at it may record at any time.
    for _ in 0..4 {
        assert_eq!(own(), Some(1));
    }
    looked.inc();
    assert_eq!(own(), Some(2));
    let kept = looked.keep();
    drop(looked);
    for _ in 0..3 {
        pass(&container, &clock);
    }
    kept.inc();
    assert_eq!(own(), Some(3));
    // Taken of a look-up that was there before its series was hidden, and held
    // until that is settled.
    drop(kept);
    let _ = container.get_metrics();
    clock.advance(IDLE);
    let looked = family.with_label_values(&["1"]);
    let _ = container.get_metrics();
    let kept = looked.keep();
    drop(looked);
    let _ = container.get_metrics();
    kept.inc();
    assert_eq!(own(), Some(4));
    drop(kept);
    pass(&container, &clock);
    assert_eq!(own(), None);
}

#[test]
fn series_of_every_kind_leave() {
    let (container, clock) = driven();
    let up_down = container
        .up_down_counter("u")
        .expire_after(IDLE)
        .vec(&["a"]);
    let gauge = container.gauge("g").expire_after(IDLE).vec(&["a"]);
    let histogram = container.histogram("h").expire_after(IDLE).vec(&["a"]);
    let amount = container
        .float_counter("f_total")
        .expire_after(IDLE)
        .vec(&["a"]);
    let shared = container
        .counter("s_total")
        .shared_cells()
        .expire_after(IDLE)
        .vec(&["a"]);
    for value in ["1", "2"] {
        up_down.with_label_values(&[value]).inc();
        gauge.with_label_values(&[value]).set(f64::NAN);
        histogram.with_label_values(&[value]).observe(0.0);
        amount.with_label_values(&[value]).inc_by(0.5);
        shared.with_label_values(&[value]).inc();
    }
    // What is not at zero never leaves.
    up_down.with_label_values(&["1"]).dec();
    let _ = container.get_metrics();
    clock.advance(IDLE);
    // Changes that no sum shows: nothing is added to the sum of a histogram.
    up_down.with_label_values(&["2"]).dec();
    gauge.with_label_values(&["2"]).set(0.0);
    histogram.with_label_values(&["2"]).observe(0.0);
    amount
        .with_label_values(&["2"])
        .inc_by(f64::MIN_POSITIVE * 1e300);
    shared.with_label_values(&["2"]).inc();
    for _ in 0..3 {
        let _ = container.get_metrics();
    }
    let snapshot = container.get_metrics();
    for family in snapshot.families() {
        let left: Vec<_> = family
            .samples()
            .map(|sample| sample.labels.to_string())
            .collect();
        assert_eq!(left, ["{a=\"2\"}"], "{}", family.desc().name());
    }
    assert_eq!(snapshot.families().len(), 5);
    assert_eq!(
        snapshot.value("app_u", &[("a", "2")]),
        Some(Value::Signed(0))
    );
}

#[test]
fn series_that_leave_make_room_and_those_that_are_hidden_are_found_in_a_full_family() {
    let (container, clock) = driven();
    let family = container
        .counter("x_total")
        .expire_after(IDLE)
        .limit(2)
        .vec(&["a"]);
    let record = |value: &str| family.with_label_values(&[value]).inc();
    let own = |value: &str| count_now(&container, "app_x_total", &[("a", value)]);
    ["1", "2", "3"].into_iter().for_each(record);
    let _ = container.get_metrics();
    clock.advance(IDLE);
    let _ = container.get_metrics();
    // Both are hidden; one is wanted again, and the other takes its place still.
    record("1");
    record("4");
    assert_eq!((own("1"), own("4")), (Some(2), None));
    assert_eq!(own("2"), None, "it has left");
    record("4");
    assert_eq!((own("1"), own("4")), (Some(2), Some(1)));
    let overflow = count_now(&container, "app_x_total", &[("overflow", "true")]);
    assert_eq!(overflow, Some(2));
}

#[test]
fn typed_keys_leave_and_come_back() {
    let (container, clock) = driven();
    let family = container
        .counter("x_total")
        .expire_after(IDLE)
        .keyed::<Side>();
    family.with(&Side(false)).inc();
    pass(&container, &clock);
    assert_eq!(
        series(&container, "app_x_total"),
        0,
        "that which was never recorded, too"
    );
    family.with(&Side(true)).inc_by(3);
    family.with(&Side(true)).inc_by(3);
    assert_eq!(
        count_now(&container, "app_x_total", &[("side", "right")]),
        Some(6)
    );
    clock.advance(IDLE);
    let _ = container.get_metrics();
    family.with(&Side(true)).inc();
    pass(&container, &clock);
    assert_eq!(series(&container, "app_x_total"), 0);
}

#[test]
fn a_typed_key_that_was_hidden_is_found_in_a_full_family() {
    let (container, clock) = driven();
    let family = container
        .counter("x_total")
        .expire_after(IDLE)
        .limit(1)
        .keyed::<Side>();
    let right = [("side", "left")];
    family.with(&Side(true)).inc();
    let _ = container.get_metrics();
    clock.advance(IDLE);
    let _ = container.get_metrics();
    // Found before it is settled whether it leaves, and kept meanwhile.
    let kept = family.with(&Side(false)).keep();
    clock.advance(IDLE);
    let _ = container.get_metrics();
    let _ = container.get_metrics();
    kept.inc();
    family.with(&Side(false)).inc();
    assert_eq!(count_now(&container, "app_x_total", &right), Some(2));
}

#[test]
fn a_snapshot_that_is_held_keeps_no_idle_series_on_the_next_page() {
    let (container, clock) = driven();
    let family = family(&container, "x_total");
    family.with_label_values(&["1"]).inc();
    let first = container.get_metrics();
    // So that the held snapshot has a list of its own.
    family.with_label_values(&["2"]).inc();
    pass(&container, &clock);
    pass(&container, &clock);
    assert_eq!(series(&container, "app_x_total"), 0);
    assert_eq!(count(&first, "app_x_total", &[("a", "1")]), Some(1));
}

/// The highest total that any page showed of each life of each series, by its
/// labels and the bits of the moment it began.
type Shown = BTreeMap<(String, u64), u64>;

#[test]
fn what_was_recorded_was_shown_before_it_left_whatever_happens_at_the_same_time() {
    const KEYS: usize = 24;
    const BURSTS: usize = 10_000;
    let (container, clock) = driven();
    let family = family(&container, "x_total");
    let typed = container
        .counter("x_typed_total")
        .expire_after(IDLE)
        .keyed::<Side>();
    let threads = 3;
    let running = AtomicUsize::new(threads);
    let shown = Mutex::new(Shown::new());
    let recorded = Mutex::new([0_u64; KEYS]);
    let sides = Mutex::new([0_u64; 2]);
    let scrape = |shown: &mut Shown| {
        clock.advance(IDLE);
        let snapshot = container.get_metrics();
        for family in snapshot.families() {
            for sample in family.samples() {
                let Value::Unsigned(value) = sample.value else {
                    continue;
                };
                let began = sample.created.expect("it is known").to_bits();
                let highest = shown.entry((sample.labels.to_string(), began)).or_default();
                *highest = value.max(*highest);
            }
        }
    };
    thread::scope(|scope| {
        for thread in 0..threads {
            let (family, typed, running) = (&family, &typed, &running);
            let (recorded, sides) = (&recorded, &sides);
            scope.spawn(move || {
                let mut own = [0; KEYS];
                let mut own_sides = [0; 2];
                for burst in 0..BURSTS {
                    let key = (burst * (thread + 1) / 4 + thread * 5) % KEYS;
                    let text = [key.to_string()];
                    let kept = (burst % 16 == 0).then(|| family.with_label_values(&text).keep());
                    for at in 0..burst % 50 {
                        family.with_label_values(&text).inc();
                        if at % 8 == 0
                            && let Some(kept) = &kept
                        {
                            kept.inc();
                            own[key] += 1;
                        }
                        own[key] += 1;
                    }
                    let side = burst % 500 < 100;
                    typed.with(&Side(side)).inc();
                    own_sides[usize::from(side)] += 1;
                    if burst % 8 == 0 {
                        thread::yield_now();
                    }
                }
                for (all, own) in recorded.lock().unwrap().iter_mut().zip(own) {
                    *all += own;
                }
                for (all, own) in sides.lock().unwrap().iter_mut().zip(own_sides) {
                    *all += own;
                }
                running.fetch_sub(1, Ordering::Relaxed);
            });
        }
        for _ in 0..2 {
            scope.spawn(|| {
                let mut own = Shown::new();
                while running.load(Ordering::Relaxed) > 0 {
                    scrape(&mut own);
                    thread::yield_now();
                }
                let mut shown = shown.lock().unwrap();
                for (life, value) in own {
                    let highest = shown.entry(life).or_default();
                    *highest = value.max(*highest);
                }
            });
        }
    });
    let mut shown = shown.into_inner().unwrap();
    scrape(&mut shown);
    let sum = |labels: &str| -> u64 {
        let lives = shown.iter().filter(|((of, _), _)| of == labels);
        lives.map(|(_, highest)| highest).sum()
    };
    for (key, recorded) in recorded.into_inner().unwrap().into_iter().enumerate() {
        assert_eq!(sum(&format!("{{a=\"{key}\"}}")), recorded, "key {key}");
    }
    let sides = sides.into_inner().unwrap();
    assert_eq!([sum("{side=\"left\"}"), sum("{side=\"right\"}")], sides);
    assert!(shown.len() > KEYS + 2, "some left and came back");
}

#[test]
fn a_series_that_is_about_to_leave_a_full_family_is_not_too_many() {
    const NAME: &str = "app_leaving_total";
    const KEYS: usize = 1000;
    const SCRAPES: usize = 1500;
    let (container, clock) = driven();
    let counter = container.counter("leaving_total");
    let family = counter.limit(KEYS).expire_after(IDLE).vec(&["a"]);
    for key in 0..=KEYS {
        family.with_label_values(&[key.to_string()]).inc();
    }
    let done = AtomicBool::new(false);
    thread::scope(|scope| {
        for thread in 0..2 {
            let (family, done) = (&family, &done);
            scope.spawn(move || {
                for at in (0..).take_while(|_| !done.load(Ordering::Relaxed)) {
                    let key = (at * 7 + thread * 91) % KEYS;
                    family.with_label_values(&[key.to_string()]).inc();
                }
            });
        }
        for _ in 0..SCRAPES {
            clock.advance(IDLE);
            let _ = container.get_metrics();
        }
        done.store(true, Ordering::Relaxed);
    });
    let overflows = ("family", NAME);
    let overflows = self_metric("dynamometer_cardinality_overflow_total", overflows);
    assert_eq!(overflows, 1, "only the one at the beginning");
}

#[test]
fn an_up_down_counter_that_is_not_at_zero_stays() {
    let clock = Clock::manual(Duration::from_secs(1_700_000_000));
    let container = Container::with_clock("app", clock.clone());
    let inflight = container
        .up_down_counter("inflight_requests")
        .expire_after(IDLE)
        .vec(&["model"]);
    inflight.with_label_values(&["busy"]).inc();
    inflight.with_label_values(&["idle"]).add(0);
    for _ in 0..4 {
        container.get_metrics();
        clock.advance(Duration::from_secs(100));
    }
    inflight.with_label_values(&["busy"]).dec();
    let page = container.export_prometheus();
    assert!(
        page.contains("app_inflight_requests{model=\"busy\"} 0\n"),
        "{page}"
    );
    assert!(!page.contains("idle"), "{page}");
}
