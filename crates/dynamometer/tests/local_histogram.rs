//! Observations that are kept aside and added at once.

use std::thread;

use dynamometer::Container;

#[test]
fn nothing_is_seen_before_the_flush_and_all_after_it() {
    let container = Container::new("app");
    let shared = container
        .histogram("gap_seconds")
        .buckets(&[1.0, 2.0])
        .build();
    let mut local = shared.local();
    local.observe(0.5);
    local.observe_n(1.5, 3);
    local.observe(9.0);
    local.observe(f64::NAN);
    local.observe_n(f64::INFINITY, 0);
    assert_eq!(shared.get_value().count(), 0);
    local.flush();
    assert_eq!(shared.get_value().counts(), [1, 3, 1]);
    assert_eq!(shared.get_value().sum().to_bits(), 14.0_f64.to_bits());
    local.flush();
    assert_eq!(shared.get_value().count(), 5, "a flush adds once");
    local.observe(0.5);
    local.discard();
    drop(local);
    assert_eq!(
        shared.get_value().count(),
        5,
        "what was discarded is not added"
    );
}

#[test]
fn threads_and_panics_add_what_they_observed() {
    let container = Container::new("app");
    let shared = container.exponential_histogram("gap_seconds").build();
    thread::scope(|scope| {
        for thread in 0..4 {
            let shared = &shared;
            let work = scope.spawn(move || {
                let mut local = shared.local();
                (0..1000).for_each(|step| local.observe(f64::from(step)));
                assert!(thread != 3, "on purpose");
            });
            assert_eq!(work.join().is_err(), thread == 3);
        }
    });
    assert_eq!(shared.get_value().count(), 4000);
    assert!((shared.get_value().sum() - 4.0 * 499_500.0).abs() < 1e-6);
}

#[test]
fn a_local_of_a_family_is_added_to_its_series() {
    let container = Container::new("app");
    let family = container.histogram("gap_seconds").vec(&["model"]);
    let mut local = family.with_label_values(&["small"]).local();
    local.observe(0.01);
    drop(local);
    assert!(
        container
            .export_prometheus()
            .contains(r#"app_gap_seconds_count{model="small"} 1"#)
    );
}
