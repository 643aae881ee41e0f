//! Compiles the C++ of the example `cxx`.

use std::io;

fn main() -> io::Result<()> {
    println!("cargo::rerun-if-changed=cxx");
    cxx_build::bridge("cxx/bridge.rs")
        .file("cxx/engine.cpp")
        .std("c++17")
        .opt_level(2)
        .try_compile("dynamometer-examples")
        .map_err(io::Error::other)
}
