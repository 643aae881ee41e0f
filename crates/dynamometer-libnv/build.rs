//! Compiles libnv into this crate.

use std::path::{Path, PathBuf};
use std::{fs, io};

/// Where libnv's sources are, from this crate.
const LIBNV: &str = "../../cpp/libnv";

fn main() -> io::Result<()> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join(LIBNV);
    let mut sources = Vec::new();
    collect(&root.join("src"), &mut sources)?;
    sources.sort();
    println!("cargo::rerun-if-changed={}", root.join("src").display());
    println!("cargo::rerun-if-changed={}", root.join("include").display());
    println!("cargo::rerun-if-changed=cxx");
    sources.push(PathBuf::from("cxx/backend.cpp"));
    cxx_build::bridge("src/backend/bridge.rs")
        .std("c++17")
        // Records are inlined, and a table of functions is all that leaves it.
        .opt_level(2)
        .flag("-fvisibility=hidden")
        .flag("-fvisibility-inlines-hidden")
        .include(root.join("include"))
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
