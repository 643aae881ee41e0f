//! What `#[derive(Metrics)]` declares.

#![expect(dead_code, reason = "some handles only have to be on the page")]

use std::time::Duration;

use dynamometer::declare::{Takes, attribute};
use dynamometer::{
    Container, Counter, Declaration, Declare, Error, ExponentialHistogram, FloatCounter, Gauge,
    Histogram, HistogramVec, MetricCounter, MetricGauge, MetricHistogram, Metrics, Unit,
    UpDownCounter, Value,
};

/// Returns the page of a struct over a new container, without its comments.
fn samples<M: Metrics>() -> String {
    let container = Container::new("app");
    let _metrics = M::register(&container);
    let page = container.export_prometheus();
    let lines: Vec<_> = page
        .lines()
        .filter(|line| !line.starts_with('#'))
        .map(|line| format!("{line}\n"))
        .collect();
    lines.concat()
}

#[test]
fn a_field_is_a_metric_with_the_name_help_unit_labels_and_buckets_it_says() {
    const REGION: &str = "eu";

    #[derive(Metrics)]
    #[metrics(prefix = "http", labels(port = "8000"))]
    struct HttpMetrics {
        /// Requests handled,
        /// in all.
        ///
        /// This is for readers of the code.
        #[metric(name = "requests_total", labels(region = REGION, r#type = "x"))]
        requests: Counter,
        /// Time to answer.
        #[metric(unit = "seconds", buckets = [0.5, 1.0])]
        latency: Histogram,
        open: UpDownCounter,
    }

    let expected = r#"# HELP app_http_latency_seconds Time to answer.
# TYPE app_http_latency_seconds histogram
app_http_latency_seconds_bucket{port="8000",le="0.5"} 1
app_http_latency_seconds_bucket{port="8000",le="1.0"} 2
app_http_latency_seconds_bucket{port="8000",le="+Inf"} 2
app_http_latency_seconds_sum{port="8000"} 1
app_http_latency_seconds_count{port="8000"} 2
# TYPE app_http_open gauge
app_http_open{port="8000"} 1
# HELP app_http_requests_total Requests handled, in all.
# TYPE app_http_requests_total counter
app_http_requests_total{port="8000",region="eu",type="x"} 3
"#;
    let record = |metrics: &HttpMetrics| {
        metrics.requests.inc_by(3);
        metrics.latency.observe(0.25);
        metrics.latency.observe(0.75);
        metrics.open.add(1);
    };
    let container = Container::new("app");
    record(&HttpMetrics::register(&container));
    assert_eq!(container.export_prometheus(), expected);
    let container = Container::new("app");
    record(&HttpMetrics::try_register(&container).unwrap());
    assert_eq!(container.export_prometheus(), expected);
}

#[test]
fn every_handle_and_boxed_trait_is_a_field() {
    #[derive(Metrics)]
    struct AllMetrics {
        counter: Counter,
        float_counter: FloatCounter,
        up_down_counter: UpDownCounter,
        gauge: Gauge,
        histogram: Histogram,
        boxed_counter: Box<dyn MetricCounter>,
        boxed_gauge: Box<dyn MetricGauge>,
        #[metric(buckets = [1.0])]
        boxed_histogram: Box<dyn MetricHistogram>,
    }
    let container = Container::new("");
    let metrics = AllMetrics::try_register(&container).unwrap();
    metrics.counter.inc_by(1);
    metrics.float_counter.inc_by(2.5);
    metrics.up_down_counter.add(-3);
    metrics.gauge.set(4.0);
    metrics.histogram.observe(5.0);
    metrics.boxed_counter.inc_by(6);
    metrics.boxed_gauge.set(7.0);
    metrics.boxed_histogram.observe(0.5);
    let page = container.export_prometheus();
    for line in [
        "counter 1",
        "float_counter 2.5",
        "up_down_counter -3",
        "gauge 4",
        "histogram_bucket{le=\"10.0\"} 1",
        "boxed_counter 6",
        "boxed_gauge 7",
        "boxed_histogram_bucket{le=\"1.0\"} 1",
    ] {
        assert!(
            page.lines().any(|written| written == line),
            "{line}: {page}"
        );
    }
}

#[test]
fn every_unit_has_its_name() {
    #[derive(Metrics)]
    struct Units {
        #[metric(unit = "seconds")]
        a: Gauge,
        #[metric(unit = "bytes")]
        b: Gauge,
        #[metric(unit = "ratio")]
        c: Gauge,
        #[metric(unit = "celsius")]
        d: Gauge,
        #[metric(unit = "joules")]
        e: Gauge,
        #[metric(unit = "volts")]
        f: Gauge,
        #[metric(unit = "amperes")]
        g: Gauge,
        #[metric(unit = "meters")]
        h: Gauge,
        #[metric(unit = "grams")]
        i: Gauge,
    }
    let expected = "app_a_seconds 0\napp_b_bytes 0\napp_c_ratio 0\napp_d_celsius 0\n\
                    app_e_joules 0\napp_f_volts 0\napp_g_amperes 0\napp_h_meters 0\n\
                    app_i_grams 0\n";
    assert_eq!(samples::<Units>(), expected);
}

#[test]
fn buckets_are_an_array_a_constant_or_an_expression() {
    const ARRAY: [f64; 1] = [1.0];
    const SLICE: &[f64] = &[2.0];
    fn vector(bound: f64) -> Vec<f64> {
        vec![bound]
    }

    #[derive(Metrics)]
    struct BucketMetrics {
        #[metric(buckets = [-1.0, 0.5,])]
        literal: Histogram,
        #[metric(buckets = ARRAY)]
        array: Histogram,
        #[metric(buckets = SLICE)]
        slice: Histogram,
        #[metric(buckets = &[4.0])]
        reference: Histogram,
        #[metric(buckets = vector(8.0), unit = "bytes")]
        vector: Histogram,
        default: Histogram,
    }
    let metrics = BucketMetrics::try_register(&Container::new("app")).unwrap();
    let upper = |histogram: &Histogram| histogram.get_value().bounds().to_vec();
    assert_eq!(upper(&metrics.literal), [-1.0, 0.5]);
    assert_eq!(upper(&metrics.array), ARRAY);
    assert_eq!(upper(&metrics.slice), SLICE);
    assert_eq!(upper(&metrics.reference), [4.0]);
    assert_eq!(upper(&metrics.vector), [8.0]);
    assert_eq!(upper(&metrics.default), dynamometer::DEFAULT_BUCKETS);
}

#[test]
fn a_nested_struct_is_inside_the_prefix_and_labels_of_the_outer_one() {
    #[derive(Metrics)]
    #[metrics(prefix = "pool", labels(kind = "tcp"))]
    struct PoolMetrics {
        open: Gauge,
    }
    #[derive(Metrics)]
    #[metrics(prefix = "db", labels(shard = "1"))]
    struct DatabaseMetrics {
        #[metric(nested)]
        plain: PoolMetrics,
        #[metric(nested, prefix = "reads", labels(role = "replica"))]
        reads: PoolMetrics,
        queries: Counter,
    }
    let expected = "app_db_pool_open{kind=\"tcp\",shard=\"1\"} 0\n\
                    app_db_queries{shard=\"1\"} 0\n\
                    app_db_reads_pool_open{kind=\"tcp\",role=\"replica\",shard=\"1\"} 0\n";
    assert_eq!(samples::<DatabaseMetrics>(), expected);
}

#[test]
fn a_generic_struct_declares_what_its_parameters_declare() {
    #[derive(Metrics)]
    struct Pair<A, B, const N: usize> {
        first: A,
        #[metric(nested, prefix = "second")]
        second: B,
        #[metric(skip)]
        note: Option<[A; N]>,
    }
    #[derive(Metrics)]
    struct Inner {
        value: Gauge,
    }
    assert_eq!(
        samples::<Pair<Counter, Inner, 2>>(),
        "app_first 0\napp_second_value 0\n"
    );
    let pair = Pair::<Counter, Inner, 2>::register(&Container::new("app"));
    assert!(pair.note.is_none());
}

/// A metric of one's own, which shows what it was declared with.
struct Declared(String);

impl Declare for Declared {
    fn declare(_: &Container, declaration: &Declaration<'_>) -> Self {
        Self(format!("{declaration:?}"))
    }

    fn try_declare(container: &Container, declaration: &Declaration<'_>) -> Result<Self, Error> {
        Ok(Self::declare(container, declaration))
    }
}

impl Takes<attribute::Buckets> for Declared {}
impl Takes<attribute::Exponential> for Declared {}
impl Takes<attribute::Alias> for Declared {}
impl Takes<attribute::Limit> for Declared {}
impl Takes<attribute::LabelNames> for Declared {}
impl Takes<attribute::ExpireAfter> for Declared {}
impl Takes<attribute::SharedCells> for Declared {}
impl Takes<attribute::States> for Declared {}

#[test]
fn a_metric_of_ones_own_is_declared_with_every_attribute() {
    const LIMIT: usize = 10;

    #[derive(Metrics)]
    struct OwnMetrics {
        /// Help.
        #[metric(name = "own", unit = "bytes", labels(a = "b"), buckets = [1.0])]
        #[metric(alias = "old", alias = "older", limit = LIMIT * 10)]
        #[metric(label_names = ["c", "d"], expire_after = Duration::from_mins(1))]
        own: Declared,
        #[metric(exponential, shared_cells, states = ["e"])]
        plain: Declared,
    }
    let metrics = OwnMetrics::register(&Container::new("app"));
    let own = Declaration::new("own")
        .help("Help.")
        .unit(Unit::Bytes)
        .labels(&[("a", "b")])
        .buckets(&[1.0])
        .aliases(&["old", "older"])
        .limit(100)
        .label_names(&["c", "d"])
        .expire_after(Duration::from_mins(1));
    assert_eq!(metrics.own.0, format!("{own:?}"));
    let plain = Declaration::new("plain")
        .exponential()
        .shared_cells()
        .states(&["e"]);
    assert_eq!(metrics.plain.0, format!("{plain:?}"));
}

#[test]
fn exponential_buckets_and_exemplars_are_declared_too() {
    #[derive(Metrics)]
    struct Latencies {
        #[metric(exemplars)]
        first: ExponentialHistogram,
        #[metric(exponential)]
        second: Box<dyn MetricHistogram>,
        #[metric(exemplars, limit = 2)]
        third: HistogramVec<()>,
    }
    let container = Container::new("app");
    let metrics = Latencies::try_register(&container).unwrap();
    metrics
        .first
        .observe_with_exemplar(1.0, &[("trace_id", "a")]);
    metrics.second.observe(1.0);
    metrics
        .third
        .with(&())
        .observe_with_exemplar(1.0, &[("trace_id", "b")]);
    let snapshot = container.get_metrics();
    let sample = |name| {
        snapshot
            .family(name)
            .and_then(|family| family.samples().next())
    };
    for name in ["app_first", "app_second"] {
        assert!(
            matches!(sample(name).unwrap().value, Value::Exponential(value) if value.count() == 1)
        );
    }
    let exemplars = |name| sample(name).unwrap().exemplars.len();
    assert_eq!(exemplars("app_first"), 1);
    assert_eq!(exemplars("app_second"), 0);
    assert_eq!(exemplars("app_third"), 1);
}
