//! Families as fields of a struct, and options that every metric has.

use std::time::Duration;

use dynamometer::{
    Clock, Container, Counter, CounterVec, Declare, ErrorKind, FloatCounter, FloatCounterVec,
    Gauge, GaugeVec, Histogram, HistogramVec, Info, InfoVec, LabelValue, Labels, MetricCounter,
    MetricVec, Metrics, Names, StateSet, StateSetVec, UpDownCounter, UpDownCounterVec,
};

#[derive(Labels)]
enum Status {
    Ok,
    Failed,
}

#[derive(Labels)]
struct Request<'a> {
    model: &'a str,
    status: Status,
}

const STATES: [&str; 1] = ["up"];

#[derive(Metrics)]
#[metrics(prefix = "http", labels(port = "8000"))]
struct AllFamilies {
    /// By key.
    #[metric(alias = "answers_total", labels(kind = "chat"), limit = 10)]
    requests_total: CounterVec<Request<'static>>,
    #[metric(label_names = ["model", "code"], shared_cells)]
    errors_total: CounterVec,
    #[metric(label_names = ["model"], unit = "seconds")]
    busy_total: FloatCounterVec,
    #[metric(label_names = [])]
    open: UpDownCounterVec<Names>,
    #[metric(label_names = ["model"])]
    load: GaugeVec,
    #[metric(label_names = ["model"], unit = "seconds", buckets = [0.5])]
    latency: HistogramVec,
    #[metric(buckets = [1.0])]
    size: MetricVec<Histogram, ()>,
    /// Facts.
    #[metric(label_names = ["model"], name = "model", limit = 5)]
    models: InfoVec,
    #[metric(labels(version = "1"))]
    build: Info,
    #[metric(states = ["idle", "busy"], alias = "activity")]
    state: StateSet,
    #[metric(states = STATES, label_names = ["peer"])]
    peers: StateSetVec,
}

fn record(metrics: &AllFamilies) {
    let key = Request {
        model: "small",
        status: Status::Failed,
    };
    metrics.requests_total.with(&key).inc();
    let ok = Request {
        model: "small",
        status: Status::Ok,
    };
    metrics.requests_total.with(&ok).inc_by(2);
    metrics
        .errors_total
        .with_label_values(&["small", "500"])
        .inc();
    metrics.busy_total.with_label_values(&["small"]).inc_by(0.5);
    metrics.open.with_label_values::<&str>(&[]).add(2);
    metrics.load.with_label_values(&["small"]).set(0.25);
    metrics.latency.with_label_values(&["small"]).observe(1.0);
    metrics.size.with(&()).observe(1.0);
    metrics.models.with_label_values(&["small"]);
    let _ = metrics.build.keep();
    metrics.state.set_only("busy");
    metrics.peers.with_label_values(&["a"]).enable("up");
}

#[test]
fn every_family_is_a_field() {
    let expected = r#"# TYPE app_http_activity gauge
app_http_activity{app_http_activity="idle",port="8000"} 0
app_http_activity{app_http_activity="busy",port="8000"} 1
# HELP app_http_answers_total By key.
# TYPE app_http_answers_total counter
app_http_answers_total{kind="chat",model="small",port="8000",status="failed"} 1
app_http_answers_total{kind="chat",model="small",port="8000",status="ok"} 2
# TYPE app_http_build_info gauge
app_http_build_info{port="8000",version="1"} 1
# TYPE app_http_busy_seconds_total counter
app_http_busy_seconds_total{model="small",port="8000"} 0.5
# TYPE app_http_errors_total counter
app_http_errors_total{code="500",model="small",port="8000"} 1
# TYPE app_http_latency_seconds histogram
app_http_latency_seconds_bucket{model="small",port="8000",le="0.5"} 0
app_http_latency_seconds_bucket{model="small",port="8000",le="+Inf"} 1
app_http_latency_seconds_sum{model="small",port="8000"} 1
app_http_latency_seconds_count{model="small",port="8000"} 1
# TYPE app_http_load gauge
app_http_load{model="small",port="8000"} 0.25
# HELP app_http_model_info Facts.
# TYPE app_http_model_info gauge
app_http_model_info{model="small",port="8000"} 1
# TYPE app_http_open gauge
app_http_open{port="8000"} 2
# TYPE app_http_peers gauge
app_http_peers{app_http_peers="up",peer="a",port="8000"} 1
# HELP app_http_requests_total By key.
# TYPE app_http_requests_total counter
app_http_requests_total{kind="chat",model="small",port="8000",status="failed"} 1
app_http_requests_total{kind="chat",model="small",port="8000",status="ok"} 2
# TYPE app_http_size histogram
app_http_size_bucket{port="8000",le="1.0"} 1
app_http_size_bucket{port="8000",le="+Inf"} 1
app_http_size_sum{port="8000"} 1
app_http_size_count{port="8000"} 1
# TYPE app_http_state gauge
app_http_state{app_http_state="idle",port="8000"} 0
app_http_state{app_http_state="busy",port="8000"} 1
"#;
    let container = Container::new("app");
    record(&AllFamilies::register(&container));
    assert_eq!(container.export_prometheus(), expected);
    let container = Container::new("app");
    record(&AllFamilies::try_register(&container).unwrap());
    assert_eq!(container.export_prometheus(), expected);
}

#[test]
fn a_family_that_can_not_be_registered_works_and_is_told() {
    let container = Container::new("app");
    let taken = container.gauge("http_latency_seconds").build();
    record(&AllFamilies::register(&container));
    taken.set(3.0);
    let page = container.export_prometheus();
    assert!(page.contains("app_http_latency_seconds 3\n"), "{page}");
    assert!(
        page.contains("app_http_size_count{port=\"8000\"} 1\n"),
        "{page}"
    );
    let error = AllFamilies::try_register(&container).err().unwrap();
    assert_eq!(error.kind(), ErrorKind::KindMismatch);
}

#[test]
fn the_limit_of_a_field_is_the_limit_of_its_family() {
    #[derive(Metrics)]
    struct Limited {
        #[metric(label_names = ["model"], limit = 1)]
        requests_total: CounterVec,
    }
    let container = Container::new("app");
    let metrics = Limited::register(&container);
    for model in ["a", "b", "c"] {
        metrics.requests_total.with_label_values(&[model]).inc();
    }
    let page = container.export_prometheus();
    assert!(
        page.contains("app_requests_total{model=\"a\"} 1\n"),
        "{page}"
    );
    assert!(
        page.contains("app_requests_total{overflow=\"true\"} 2\n"),
        "{page}"
    );
}

#[test]
fn series_of_a_family_expire_as_its_field_says() {
    const IDLE: Duration = Duration::from_mins(1);

    #[derive(Metrics)]
    struct Expiring {
        #[metric(label_names = ["model"], expire_after = IDLE)]
        requests_total: CounterVec,
    }
    let clock = Clock::manual(Duration::ZERO);
    let container = Container::with_clock("app", clock.clone());
    let metrics = Expiring::register(&container);
    metrics.requests_total.with_label_values(&["small"]).inc();
    assert_eq!(container.get_metrics().series(), 1);
    clock.advance(IDLE);
    // The first snapshot hides the series, the next one removes it.
    assert_eq!(container.get_metrics().series(), 1);
    container.get_metrics();
    assert_eq!(container.get_metrics().series(), 0);
}

#[test]
fn a_single_metric_has_aliases_and_a_limit_too() {
    #[derive(Metrics)]
    struct Renamed {
        #[metric(alias = "old_counter", limit = 1, shared_cells)]
        counter: Counter,
        #[metric(alias = "old_float", limit = 1, shared_cells)]
        float: FloatCounter,
        #[metric(alias = "old_up_down", limit = 1, shared_cells)]
        up_down: UpDownCounter,
        #[metric(alias = "old_gauge", limit = 1)]
        gauge: Gauge,
        #[metric(alias = "old_histogram", limit = 1, shared_cells)]
        histogram: Histogram,
        #[metric(alias = "old_boxed", alias = "older_boxed", limit = 1, shared_cells)]
        boxed: Box<dyn MetricCounter>,
    }
    let container = Container::new("app");
    let metrics = Renamed::try_register(&container).unwrap();
    metrics.counter.inc_by(1);
    metrics.float.inc_by(2.5);
    metrics.up_down.add(3);
    metrics.gauge.set(4.0);
    metrics.histogram.observe(5.0);
    metrics.boxed.inc_by(6);
    let page = container.export_prometheus();
    for line in [
        "app_old_counter 1",
        "app_counter 1",
        "app_old_float 2.5",
        "app_old_up_down 3",
        "app_old_gauge 4",
        "app_old_histogram_sum 5",
        "app_old_boxed 6",
        "app_older_boxed 6",
    ] {
        assert!(
            page.lines().any(|written| written == line),
            "{line}: {page}"
        );
    }
    // The family has room for one series, whoever declares the next.
    container.counter("counter").label("a", "b").build().inc();
    let page = container.export_prometheus();
    assert!(
        page.contains("app_counter{overflow=\"true\"} 1\n"),
        "{page}"
    );
}

#[test]
fn a_struct_is_generic_over_the_handle_or_key_of_its_family() {
    #[derive(Metrics)]
    struct Generic<H: dynamometer::Handle, L> {
        #[metric(label_names = ["model"], alias = "other")]
        named: MetricVec<H>,
        keyed: CounterVec<L>,
    }
    let container = Container::new("app");
    let metrics = Generic::<Gauge, Request<'static>>::register(&container);
    metrics.named.with_label_values(&["small"]).set(2.0);
    assert_eq!(metrics.keyed.name(), "app_keyed");
    let page = container.export_prometheus();
    assert!(page.contains("app_other{model=\"small\"} 2\n"), "{page}");
}

#[test]
fn states_are_an_array_a_constant_or_an_expression() {
    const NAME: &str = "up";
    fn vector(state: &str) -> Vec<&str> {
        vec![state]
    }

    #[derive(Metrics)]
    struct States {
        #[metric(states = ["up", "down",])]
        literal: StateSet,
        #[metric(states = [NAME])]
        named: StateSet,
        #[metric(states = Status::VALUES.unwrap_or_default())]
        of_enum: StateSet,
        #[metric(states = vector("up"), label_names = [])]
        vector: StateSetVec,
    }
    let metrics = States::try_register(&Container::new("app")).unwrap();
    metrics.literal.set_only("down");
    assert!(metrics.literal.is_enabled("down"));
    metrics.named.set_only("up");
    assert!(metrics.named.is_enabled("up"));
    metrics.of_enum.set_only(&Status::Failed);
    assert!(metrics.of_enum.is_enabled(&Status::Failed));
    let vector = metrics.vector.with_label_values::<&str>(&[]);
    vector.set_only("up");
    assert!(vector.is_enabled("up"));
}

#[test]
fn a_family_is_declared_by_hand_without_label_names_as_one_without_labels() {
    let container = Container::new("app");
    let declaration = dynamometer::Declaration::new("requests_total");
    let requests = CounterVec::<Names>::declare(&container, &declaration);
    assert_eq!(requests.label_names().count(), 0);
}
