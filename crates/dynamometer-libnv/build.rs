//! Compiles libnv into this crate, or links one that is installed.

use std::path::{Path, PathBuf};
use std::{env, fs, io};

/// Where libnv's sources are, from this crate.
const LIBNV: &str = "../../cpp/libnv";

/// The versions of an installed libnv whose functions this crate calls.
const VERSIONS: std::ops::Range<&str> = "1.0".."2.0";

fn main() -> io::Result<()> {
    let mut sources = Vec::new();
    let includes = if has_feature("SYSTEM") && !has_feature("BUNDLED") {
        match installed() {
            Ok(includes) => includes,
            Err(missing) => {
                println!("cargo::error={missing}");
                return Ok(());
            }
        }
    } else {
        own(&mut sources)?
    };
    let mut bridges = vec!["src/backend/bridge.rs", "src/container/bridge.rs"];
    collect(Path::new("cxx"), &mut sources)?;
    println!("cargo::rerun-if-changed=cxx");
    if has_feature("__CXX_TESTS") {
        bridges.push("tests/container/bridge.rs");
        collect(Path::new("tests/container"), &mut sources)?;
        println!("cargo::rerun-if-changed=tests/container/declaring.cpp");
        println!("cargo::rerun-if-changed=tests/container/declaring.hpp");
    }
    sources.sort();
    // On the path here, and for the C++ of crates that hand a container to it.
    let exported = includes.iter().map(PathBuf::as_path);
    cxx_build::CFG.exported_header_dirs.extend(exported);
    cxx_build::bridges(bridges)
        .std("c++17")
        // Records are inlined, and a table of functions is all that leaves it.
        .opt_level(2)
        .flag("-fvisibility=hidden")
        .flag("-fvisibility-inlines-hidden")
        .files(sources)
        .try_compile("dynamometer-libnv")
        .map_err(io::Error::other)
}

fn has_feature(name: &str) -> bool {
    env::var_os(format!("CARGO_FEATURE_{name}")).is_some()
}

/// Adds libnv's sources, and returns where their headers are.
fn own(sources: &mut Vec<PathBuf>) -> io::Result<Vec<PathBuf>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join(LIBNV);
    let folders = ["include", "src"].map(|folder| root.join(folder));
    for folder in &folders {
        println!("cargo::rerun-if-changed={}", folder.display());
        collect(folder, sources)?;
    }
    Ok(folders.into())
}

/// Links an installed libnv, and returns where its headers are; or what is missing.
fn installed() -> Result<Vec<PathBuf>, String> {
    let mut asked = pkg_config::Config::new();
    match asked.range_version(VERSIONS).probe("libnv") {
        Ok(library) => Ok(library.include_paths),
        Err(error) => Err(format!(
            "the feature `system` links an installed libnv, from {} on and before {}: install \
             the folder `cpp` of dynamometer with CMake, and name the folder of its libnv.pc in \
             PKG_CONFIG_PATH; or leave the feature out. {}",
            VERSIONS.start,
            VERSIONS.end,
            error.to_string().replace('\n', " ")
        )),
    }
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
