//! Compiles libnv into this crate.

use std::path::{Path, PathBuf};
use std::{env, fs, io};

/// Where libnv's sources are, from this crate.
const LIBNV: &str = "../../cpp/libnv";

fn main() -> io::Result<()> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join(LIBNV);
    let include = root.join("include");
    let mut bridges = vec!["src/backend/bridge.rs", "src/container/bridge.rs"];
    let mut sources = Vec::new();
    collect(&root.join("src"), &mut sources)?;
    collect(Path::new("cxx"), &mut sources)?;
    println!("cargo::rerun-if-changed={}", root.join("src").display());
    println!("cargo::rerun-if-changed={}", include.display());
    println!("cargo::rerun-if-changed=cxx");
    if env::var_os("CARGO_FEATURE___CXX_TESTS").is_some() {
        bridges.push("tests/container/bridge.rs");
        collect(Path::new("tests/container"), &mut sources)?;
        println!("cargo::rerun-if-changed=tests/container/declaring.cpp");
        println!("cargo::rerun-if-changed=tests/container/declaring.hpp");
    }
    sources.sort();
    // On the path here, and for the C++ of crates that hand a container to it.
    cxx_build::CFG.exported_header_dirs.push(&include);
    cxx_build::bridges(bridges)
        .std("c++17")
        // Records are inlined, and a table of functions is all that leaves it.
        .opt_level(2)
        .flag("-fvisibility=hidden")
        .flag("-fvisibility-inlines-hidden")
        .include(root.join("src"))
        .files(sources)
        .try_compile("libnv")
        .map_err(io::Error::other)
}

/// Adds all C++ sources below `folder`.
fn collect(folder: &Path, sources: &mut Vec<PathBuf>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            collect(&path, sources)?;
        } else if path.extension().is_some_and(|extension| extension == "cpp") {
            sources.push(path);
        }
    }
    Ok(())
}
