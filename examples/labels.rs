//! Families: one metric, many series, told apart by labels.
//!
//! A model server counts answers by texts and by a typed key, keeps a tenant's
//! flood of names in bounds, and forgets a model that is unloaded. Run it with
//! `cargo run -p dynamometer-examples --bin labels`, and scrape the address it
//! prints. With `--once` it prints its page and ends.

use anyhow::ensure;
use dynamometer::{
    Container, Counter, CounterVec, ExponentialHistogramVec, Labels, Metrics, PrometheusContainer,
    Snapshot, Value,
};

/// Tenants that have series of their own.
const MOST_TENANTS: usize = 3;

/// How a generation ended.
#[derive(Clone, Copy, Labels)]
enum Finish {
    Stop,
    Length,
    Cancelled,
}

/// The key of an answer: closed lists only, so every series is there from the start.
#[derive(Labels)]
struct Answer {
    finish: Finish,
    streaming: bool,
}

/// What the server says of itself.
#[derive(Metrics)]
struct ServerMetrics {
    /// Responses sent.
    #[metric(label_names = ["route", "status"])]
    responses_total: CounterVec,
    /// Answers given.
    answers_total: CounterVec<Answer>,
    /// Tokens made for each tenant.
    #[metric(label_names = ["tenant"], limit = MOST_TENANTS)]
    tenant_tokens_total: CounterVec,
    /// Time between two tokens.
    #[metric(unit = "seconds", label_names = ["model"])]
    token_gap: ExponentialHistogramVec,
}

/// One route, which keeps the handle that it records most.
struct Route {
    name: &'static str,
    ok: Counter,
}

impl Route {
    fn new(metrics: &ServerMetrics, name: &'static str) -> Self {
        let ok = metrics.responses_total.with_label_values(&[name, "200"]);
        Self {
            name,
            ok: ok.keep(),
        }
    }

    /// Answers one request with so many tokens.
    fn answer(&self, metrics: &ServerMetrics, tenant: &str, finish: Finish, tokens: u32) {
        // One token after another: kept aside, and added to the histogram at the end.
        let gaps = metrics.token_gap.with_label_values(&["small"]);
        let mut gaps = gaps.local();
        for token in 0..tokens {
            gaps.observe(0.010 + f64::from(token % 10) * 0.001);
        }
        let tenant = metrics.tenant_tokens_total.with_label_values(&[tenant]);
        tenant.inc_by(tokens.into());
        let streaming = tokens > 1;
        let answer = Answer { finish, streaming };
        metrics.answers_total.with(&answer).inc();
        self.ok.inc();
    }

    /// Refuses one request; seldom, so it is looked up.
    fn refuse(&self, metrics: &ServerMetrics, status: &str) {
        let refused = metrics
            .responses_total
            .with_label_values(&[self.name, status]);
        refused.inc();
    }
}

fn main() -> anyhow::Result<()> {
    let container = PrometheusContainer::new("llm");
    let metrics = ServerMetrics::try_register(&container)?;
    traffic(&metrics);

    if std::env::args().any(|argument| argument == "--once") {
        check_model(&container)?;
        anstream::print!("{}", container.export_prometheus());
        return check(&container.get_metrics());
    }
    let server = dynamometer_status::serve(container)?;
    match server.url("/metrics") {
        Some(url) => anstream::println!("metrics at {url}"),
        None => anstream::println!("no metrics: DYN_SYSTEM_ENABLED switches the server off"),
    }
    loop {
        std::thread::park();
    }
}

/// Seven answers to five tenants, and two refusals.
fn traffic(metrics: &ServerMetrics) {
    let chat = Route::new(metrics, "/chat");
    for tenant in ["a", "b", "c", "d", "e"] {
        chat.answer(metrics, tenant, Finish::Stop, 20);
    }
    chat.answer(metrics, "a", Finish::Length, 100);
    chat.answer(metrics, "b", Finish::Cancelled, 1);
    chat.refuse(metrics, "429");
    chat.refuse(metrics, "429");
}

/// Loads a model and unloads it: its series come and go with the scope.
fn check_model(container: &Container) -> anyhow::Result<()> {
    let labels = [("model", "large")];
    let before = container.get_metrics().series();
    let model = container.owned_scope("engine", &labels);
    let steps = model.counter("steps_total").help("Steps made.").build();
    steps.inc_by(3);
    let loaded = container.get_metrics();
    ensure!(loaded.value("llm_engine_steps_total", &labels) == Some(Value::Unsigned(3)));
    drop(model);
    ensure!(
        container.get_metrics().series() == before,
        "the model left nothing on the page"
    );
    Ok(())
}

/// Checks what the traffic left.
fn check(page: &Snapshot) -> anyhow::Result<()> {
    let count = |name, labels: &[(&str, &str)]| match page.value(name, labels) {
        Some(Value::Unsigned(count)) => Some(count),
        _ => None,
    };
    let responses = |status| {
        let labels = [("route", "/chat"), ("status", status)];
        count("llm_responses_total", &labels)
    };
    ensure!(responses("200") == Some(7), "seven requests were answered");
    ensure!(responses("429") == Some(2), "two were refused");

    let answers = |finish, streaming| {
        let labels = [("finish", finish), ("streaming", streaming)];
        count("llm_answers_total", &labels)
    };
    ensure!(answers("stop", "true") == Some(5), "five came to their end");
    ensure!(
        answers("cancelled", "false") == Some(1),
        "one was cancelled"
    );
    ensure!(
        answers("length", "false") == Some(0),
        "shown from the start"
    );

    let tokens = |tenant| count("llm_tenant_tokens_total", &[tenant]);
    ensure!(tokens(("tenant", "a")) == Some(120), "the first is known");
    ensure!(tokens(("tenant", "e")).is_none(), "the last found no room");
    ensure!(
        tokens(("overflow", "true")) == Some(40),
        "and is in the rest"
    );

    let gaps = page.value("llm_token_gap_seconds", &[("model", "small")]);
    let Some(Value::Exponential(gaps)) = gaps else {
        anyhow::bail!("the gaps have exponential buckets");
    };
    let median = gaps.quantile(0.5).unwrap_or_default();
    ensure!(gaps.count() == 201, "every token has a gap before it");
    ensure!((0.013..0.016).contains(&median), "median gap: {median} s");
    Ok(())
}
