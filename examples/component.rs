//! A component that knows no backend: it declares its metrics in a struct, and
//! the environment says how they leave the process.
//!
//! Try `DYN_METRICS_BACKEND=prometheus`, and a backend that is not built in.

use dynamometer::{BaseComponentMetrics, MetricCounter, MetricHistogram, Metrics};

/// What a tokenizer says of itself.
#[derive(Metrics)]
struct TokenizerMetrics {
    base: BaseComponentMetrics,
    tokens: Box<dyn MetricCounter>,
    prompt_tokens: Box<dyn MetricHistogram>,
}

impl TokenizerMetrics {
    fn new() -> Result<Self, dynamometer::Error> {
        let base = BaseComponentMetrics::from_env("tokenizer")?;
        let model = &[("model", "small")];
        Ok(Self {
            tokens: base
                .container
                .create_counter("tokens_total", "Tokens made.", model),
            prompt_tokens: base.container.create_histogram_with_buckets(
                "prompt_tokens",
                "Tokens per prompt.",
                model,
                &[1.0, 4.0, 16.0, 64.0],
            ),
            base,
        })
    }
}

/// Splits prompts at white space, and counts.
struct Tokenizer {
    metrics: TokenizerMetrics,
}

impl Tokenizer {
    fn tokenize<'a>(&self, prompt: &'a str) -> Vec<&'a str> {
        let tokens: Vec<_> = prompt.split_whitespace().collect();
        self.metrics.tokens.inc_by(tokens.len() as u64);
        self.metrics.prompt_tokens.observe(tokens.len() as f64);
        tokens
    }
}

fn main() -> anyhow::Result<()> {
    let tokenizer = Tokenizer {
        metrics: TokenizerMetrics::new()?,
    };
    for prompt in ["hello", "one process, three languages, one truth"] {
        anstream::println!("{:?}", tokenizer.tokenize(prompt));
    }
    tokenizer.metrics.print_metrics();
    anyhow::ensure!(
        tokenizer.metrics.tokens.get_value() == 7,
        "seven words were counted"
    );
    Ok(())
}
