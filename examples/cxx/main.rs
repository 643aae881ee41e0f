//! A component in C++, built into a program of Rust, with metrics in its container.
//!
//! Run it with `cargo run -p dynamometer-examples --bin cxx`; it prints its page.

mod bridge;

use anyhow::ensure;
use dynamometer::Container;

use crate::bridge::make_engine;

fn main() -> anyhow::Result<()> {
    let container = Container::new("app");
    let engine = make_engine(&container.scope("engine", &[("device", "cpu")]).for_cxx())?;
    for tokens in [12, 400, 7] {
        engine.generate(tokens);
    }
    let page = container.export_prometheus();
    anstream::print!("{page}");
    ensure!(page.contains("app_engine_tokens_total{device=\"cpu\"} 419\n"));
    Ok(())
}
