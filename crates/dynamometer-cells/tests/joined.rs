//! Cells that were recorded to before their series: part of its sum for ever.
#![cfg(not(loom))]
#![allow(unsafe_code, reason = "joins cells that nobody gives back")]
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;

use dynamometer_cells::{
    Bounds, CounterCell, FloatCell, GaugeCell, HistogramCells, Joined, Kept, Lent, Options, Plan,
    Series, UpDownCells, native_table,
};

/// Cells outside the slabs, which live as long as the process.
fn elsewhere(bits: &[u64]) -> &'static [AtomicU64] {
    static MADE: std::sync::Mutex<Vec<&'static [AtomicU64]>> = std::sync::Mutex::new(Vec::new());
    let cells: Box<[AtomicU64]> = bits.iter().copied().map(AtomicU64::new).collect();
    let cells: &'static [AtomicU64] = Box::leak(cells);
    // Miri would call them leaked where nothing refers to them.
    MADE.lock().unwrap().push(cells);
    cells
}

/// Cells in the slabs that nobody gives back.
fn in_slabs(cells: u32) -> u32 {
    // SAFETY: the table of this copy's engine.
    let taken = unsafe { (native_table().allocate)(0, cells) };
    assert!(taken >= 0);
    taken.cast_unsigned() as u32
}

fn over(offset: u32, cells: usize) -> Kept {
    let lent = Lent {
        offset,
        cells,
        is_shared: false,
    };
    // SAFETY: taken by `in_slabs`, and never given back.
    Kept::new(unsafe { Series::over(lent, Options::default()) }.unwrap())
}

fn join(series: Option<&Series>, joined: Joined) {
    // SAFETY: made by `elsewhere` or `in_slabs`, with as many cells as the series.
    unsafe { series.unwrap().join(joined) }
}

#[test]
fn a_counter_holds_what_was_counted_before_it_was_made() {
    let early = in_slabs(1);
    let before = CounterCell::on(over(early, 1));
    before.inc_by(5);
    let own = elsewhere(&[7]);
    let counter = CounterCell::new(Options::default()).unwrap();
    counter.inc_by(1);
    for _ in 0..2 {
        join(counter.series(), Joined::InSlabs { offset: early });
        join(counter.series(), Joined::Elsewhere(own));
        assert_eq!(counter.value(), 13, "the same cells count once");
    }
    thread::scope(|scope| {
        scope.spawn(|| before.inc_by(10));
        own[0].fetch_add(100, Ordering::Relaxed);
    });
    assert_eq!(counter.value(), 123, "and what is still counted there");
    assert!(Series::any_adjusted());

    let other = CounterCell::new(Options::default()).unwrap();
    other.inc_by(2);
    let mut plan = Plan::new();
    let places = [&counter, &other, &before].map(|one| plan.counter(one.series().unwrap()));
    let sums = plan.run();
    assert_eq!(places.map(|place| sums.counter(place)), [123, 2, 15]);
}

#[test]
fn a_series_is_not_joined_to_itself() {
    let offset = in_slabs(1);
    let counter = CounterCell::on(over(offset, 1));
    counter.inc_by(4);
    join(counter.series(), Joined::InSlabs { offset });
    assert_eq!(counter.value(), 4);
}

#[test]
fn a_total_counts_what_was_joined() {
    let counter = CounterCell::new(Options::default()).unwrap();
    join(counter.series(), Joined::Elsewhere(elsewhere(&[7])));
    assert!(counter.set_total(20));
    assert_eq!(counter.value(), 20);
    assert!(!counter.set_total(3));
    assert_eq!(counter.value(), 3);
}

#[test]
fn float_counters_and_histograms_add_theirs_up() {
    let float = FloatCell::new(Options::default()).unwrap();
    float.add(0.5);
    join(
        float.series(),
        Joined::Elsewhere(elsewhere(&[2.25_f64.to_bits()])),
    );
    assert_eq!(float.value().to_bits(), 2.75_f64.to_bits());

    let bounds = Arc::new(Bounds::new(&[1.0]).unwrap());
    let early = in_slabs(3);
    let before = HistogramCells::on(over(early, 3), Arc::clone(&bounds));
    before.observe(4.0, 2);
    let histogram = HistogramCells::new(bounds, Options::default()).unwrap();
    histogram.observe(0.5, 1);
    join(histogram.series(), Joined::InSlabs { offset: early });
    let own = elsewhere(&[3.0_f64.to_bits(), 0, 1]);
    join(histogram.series(), Joined::Elsewhere(own));
    let sums = histogram.sums();
    assert_eq!((sums.sum, &sums.buckets[..]), (11.5, &[1, 3][..]));

    let mut plan = Plan::new();
    let place = plan.histogram(histogram.series().unwrap());
    let place_of_float = plan.float(float.series().unwrap());
    let planned = plan.run();
    assert_eq!(planned.histogram(place), (11.5, &[1, 3][..]));
    assert_eq!(planned.float(place_of_float).to_bits(), 2.75_f64.to_bits());
}

#[test]
fn cells_of_another_number_are_left_out() {
    let bounds = Arc::new(Bounds::new(&[1.0, 2.0]).unwrap());
    let histogram = HistogramCells::new(bounds, Options::default()).unwrap();
    let fewer = elsewhere(&[1.0_f64.to_bits(), 1]);
    join(histogram.series(), Joined::Elsewhere(fewer));
    let mut plan = Plan::new();
    let place = plan.histogram(histogram.series().unwrap());
    assert_eq!(plan.run().histogram(place), (0.0, &[0, 0, 0][..]));
    assert_eq!(histogram.sums().buckets, [0, 0, 0]);
}

#[test]
fn a_gauge_takes_a_value_unless_it_was_set() {
    let gauge = GaugeCell::new(Options::default()).unwrap();
    gauge.series().unwrap().take_bits(4.0_f64.to_bits());
    assert_eq!(gauge.value().to_bits(), 4.0_f64.to_bits());
    gauge.series().unwrap().take_bits(5.0_f64.to_bits());
    assert_eq!(gauge.value().to_bits(), 4.0_f64.to_bits());
}

#[test]
fn a_count_that_moves_between_its_cells_is_never_negative() {
    let early = in_slabs(2);
    let before = UpDownCells::on(over(early, 2));
    let own = elsewhere(&[0, 0]);
    let count = UpDownCells::new(Options::default()).unwrap();
    join(count.series(), Joined::InSlabs { offset: early });
    join(count.series(), Joined::Elsewhere(own));
    let (rounds, reads) = if cfg!(miri) {
        (20, 20)
    } else {
        (20_000, 2_000)
    };
    thread::scope(|scope| {
        scope.spawn(|| {
            for _ in 0..rounds {
                own[0].fetch_add(1, Ordering::Release);
                count.add(-1);
                before.add(1);
                own[1].fetch_add(1, Ordering::Release);
                count.add(1);
                before.add(-1);
            }
        });
        for _ in 0..reads {
            let value = count.value();
            assert!(value >= 0, "{value}");
        }
    });
    assert_eq!(count.value(), 0);
    assert_eq!(own[0].load(Ordering::Relaxed), rounds);
}

#[test]
fn an_inner_count_stays_inside_an_outer_one_wherever_their_cells_are() {
    let (outer, inner) = (
        UpDownCells::new(Options::default()).unwrap(),
        UpDownCells::new(Options::default()).unwrap(),
    );
    let (outer_own, inner_own) = (elsewhere(&[0, 0]), elsewhere(&[0, 0]));
    join(outer.series(), Joined::Elsewhere(outer_own));
    join(inner.series(), Joined::Elsewhere(inner_own));
    let (rounds, reads) = if cfg!(miri) {
        (20, 20)
    } else {
        (20_000, 2_000)
    };
    let add = |cells: &UpDownCells, own: &[AtomicU64], in_own: bool, n: i64| {
        if in_own {
            own[usize::from(n < 0)].fetch_add(1, Ordering::Release);
        } else {
            cells.add(n);
        }
    };
    thread::scope(|scope| {
        scope.spawn(|| {
            for round in 0..rounds {
                let [a, b] = [round & 1 == 0, round & 2 == 0];
                add(&outer, outer_own, a, 1);
                add(&inner, inner_own, b, 1);
                add(&inner, inner_own, !a, -1);
                add(&outer, outer_own, !b, -1);
            }
        });
        for _ in 0..reads {
            let mut plan = Plan::new();
            let places = [&outer, &inner].map(|one| plan.up_down(one.series().unwrap()));
            let sums = plan.run();
            let [outer, inner] = places.map(|place| sums.up_down(place));
            assert!(0 <= inner && inner <= outer, "{inner} in {outer}");
        }
    });
}
