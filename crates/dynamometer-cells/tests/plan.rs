//! A plan reads the same as each series alone, whatever it holds.
#![cfg(not(loom))]

use std::sync::Arc;
use std::thread;

use dynamometer_cells::{
    Bounds, CounterCell, FloatCell, HistogramCells, Options, Plan, Storage, Stretches, UpDownCells,
};

fn options(at: usize) -> Options {
    let storage = if at % 3 == 2 {
        Storage::Shared
    } else {
        Storage::PerThread
    };
    Options {
        storage,
        ..Options::default()
    }
}

#[test]
fn a_plan_of_every_kind_reads_like_each_series_alone() {
    let series = 12;
    let bounds = Arc::new(Bounds::new(&[1.0, 2.0]).unwrap());
    let counters: Vec<_> = (0..series)
        .map(|at| CounterCell::new(options(at)).unwrap())
        .collect();
    let floats: Vec<_> = (0..series)
        .map(|at| FloatCell::new(options(at)).unwrap())
        .collect();
    let counts: Vec<_> = (0..series)
        .map(|at| UpDownCells::new(options(at)).unwrap())
        .collect();
    let histograms: Vec<_> = (0..series)
        .map(|at| HistogramCells::new(Arc::clone(&bounds), options(at)).unwrap())
        .collect();
    thread::scope(|scope| {
        for _ in 0..3 {
            scope.spawn(|| {
                for at in 0..series {
                    counters[at].inc_by(at as u64 + 1);
                    floats[at].add(at as f64 + 0.5);
                    counts[at].add(at as i64 - 5);
                    histograms[at].observe(at as f64 / 4.0, at as u64);
                }
            });
        }
    });

    let mut plan = Plan::new();
    let places: Vec<_> = (0..series)
        .map(|at| {
            (
                plan.counter(counters[at].series().unwrap()),
                plan.up_down(counts[at].series().unwrap()),
                plan.histogram(histograms[at].series().unwrap()),
                plan.float(floats[at].series().unwrap()),
            )
        })
        .collect();
    let sums = plan.run();
    for (at, place) in places.into_iter().enumerate() {
        assert_eq!(sums.counter(place.0), 3 * (at as u64 + 1));
        assert_eq!(sums.up_down(place.1), 3 * (at as i64 - 5));
        let alone = histograms[at].sums();
        assert_eq!(sums.histogram(place.2), (alone.sum, &alone.buckets[..]));
        assert_eq!(alone.buckets.iter().sum::<u64>(), 3 * at as u64);
        assert!((sums.float(place.3) - 3.0 * (at as f64 + 0.5)).abs() < f64::EPSILON);
    }
}

#[test]
fn neighbouring_counters_are_told_apart() {
    let counters = [(); 50].map(|()| CounterCell::new(Options::default()).unwrap());
    for (at, counter) in counters.iter().enumerate() {
        counter.inc_by(at as u64);
    }
    for backwards in [false, true] {
        let mut plan = Plan::new();
        let mut order: Vec<usize> = (0..counters.len()).collect();
        if backwards {
            order.reverse();
        }
        let places: Vec<_> = order
            .iter()
            .map(|at| plan.counter(counters[*at].series().unwrap()))
            .collect();
        let sums = plan.run();
        for (at, place) in order.into_iter().zip(places) {
            assert_eq!(sums.counter(place), at as u64);
        }
    }
}

#[test]
fn a_series_planned_twice_is_read_twice() {
    let counter = CounterCell::new(Options::default()).unwrap();
    counter.inc_by(4);
    let mut plan = Plan::new();
    let places = [
        plan.counter(counter.series().unwrap()),
        plan.counter(counter.series().unwrap()),
    ];
    let sums = plan.run();
    assert_eq!(places.map(|place| sums.counter(place)), [4, 4]);
}

#[test]
fn an_empty_plan_runs() {
    let sums = Plan::new().run();
    assert!(format!("{sums:?}").contains("[]"));
}

#[test]
fn a_list_of_counters_reads_like_each_alone_wherever_they_lie() {
    let mut counters: Vec<_> = (0..60)
        .map(|at| CounterCell::new(options(at)).unwrap())
        .collect();
    let floats: Vec<_> = (0..60)
        .map(|at| FloatCell::new(options(at)).unwrap())
        .collect();
    // Some neighbours, some not, and some behind those that follow them.
    counters.rotate_left(20);
    counters.swap(3, 40);
    for (at, (counter, float)) in counters.iter().zip(&floats).enumerate() {
        counter.inc_by(at as u64);
        float.add(at as f64 + 0.5);
    }
    let all: Stretches = counters.iter().filter_map(CounterCell::series).collect();
    let all_floats: Stretches = floats.iter().filter_map(FloatCell::series).collect();
    assert_eq!((all.len(), all.is_empty()), (60, false));
    let mut plan = Plan::new();
    let single = plan.counter(counters[7].series().unwrap());
    let place = plan.counters(&all);
    let place_of_floats = plan.floats(&all_floats);
    let sums = plan.run();
    let expected: Vec<u64> = (0..60).collect();
    assert_eq!(sums.counters(place, &all), expected);
    assert_eq!(sums.counter(single), 7);
    let expected: Vec<f64> = (0..60).map(|at| f64::from(at) + 0.5).collect();
    assert_eq!(sums.floats(place_of_floats, &all_floats), expected);
}
