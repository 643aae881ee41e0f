//! The stage: what must hold of Python's side, on every Python found.

use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use anyhow::{Context, Result, bail};

use super::table::{ALL, HOT};
use super::venv::Venv;
use super::{Kept, interpreter, wheel};
use crate::clock::Stopwatch;
use crate::stage::{Outcome, Run, inform};
use crate::{console, process};

/// The bindings, from the workspace's root.
const BINDINGS: &str = "bindings/python";

/// What is checked for style and types, from the workspace's root.
const SOURCES: [&str; 3] = [BINDINGS, "examples/demo", "examples/python"];

/// The tests that run on every version, from the bindings' folder.
const HOT_TESTS: [&str; 2] = ["tests/native", "tests/server/test_serve.py"];

/// Guides whose interactive examples run.
const GUIDES: [&str; 2] = ["docs/guide/python.md", "docs/guide/migrating.md"];

/// Each is a program that runs to its end.
const EXAMPLES: &str = "examples/python";

/// What runs the demo; building it is part of it where no stage before has.
const DEMO: [&str; 7] = [
    "run",
    "--quiet",
    "--package",
    "dynamometer-examples",
    "--bin",
    "demo",
    "--",
];

/// The demo takes a moment; building it, minutes.
const DEMO_LIMIT: Duration = Duration::from_mins(10);

/// Runs every check; says which Pythons were not here to be checked.
pub(crate) fn check(run: &Run) -> Outcome {
    match check_all(run) {
        Ok(None) => Outcome::Passed,
        Ok(Some(remark)) => Outcome::PassedWithout(remark),
        Err(error) => Outcome::Failed(error),
    }
}

fn check_all(run: &Run) -> Result<Option<String>> {
    let found = interpreter::find()?;
    let kept = Kept::lock(&run.workspace)?;
    let main = found.main();
    let pip = kept.pip(&main.program)?;
    let mut venvs = Vec::new();
    for interpreter in &found.interpreters {
        let packages = if interpreter == main { ALL } else { HOT };
        let folder = kept.folder.join(format!("venv-{}", interpreter.version));
        venvs.push(Venv::ensure(folder, &pip, interpreter, packages)?);
    }
    let is_main = |venv: &&Venv| venv.version == main.version;
    let (main, others): (Vec<_>, Vec<_>) = venvs.iter().partition(is_main);
    let main = main[0];

    let wheel = wheel::build(&run.workspace, main, &kept.folder.join("wheels"), "dev")?;
    for venv in &venvs {
        pip.install_wheel(&venv.python(), &wheel)?;
    }

    let mut steps = Steps {
        run,
        cache: kept.folder.join("compiled"),
        pip: pip.folder().to_owned(),
        failed: Vec::new(),
    };
    steps.style(main);
    steps.types(main, &kept.folder);
    steps.tests(main);
    for venv in others {
        steps.hot_tests(venv);
    }
    steps.guides(main);
    steps.examples(main)?;
    steps.demo(main, &kept.folder);
    steps.finish()?;
    Ok(found.remark())
}

/// Checks one after the other; one that fails does not stop the others.
struct Steps<'a> {
    run: &'a Run,
    /// Where Python keeps what it compiles: not beside the sources.
    cache: PathBuf,
    /// The folder of pip: tests fetch the sources of other libraries with it.
    pip: PathBuf,
    failed: Vec<String>,
}

// === impl Steps ===

impl Steps<'_> {
    fn style(&mut self, venv: &Venv) {
        let bindings = self.run.workspace.path(BINDINGS);
        let sources = SOURCES.map(|path| self.run.workspace.path(path));
        let sources = sources.iter().filter(|path| path.is_dir());
        let sources: Vec<_> = sources.collect();
        for (name, args) in [
            ("format", ["format", "--check"]),
            ("lints", ["check", "--no-fix"]),
        ] {
            let mut ruff = Command::new(venv.program("ruff"));
            // The patterns of the configuration are from the folder it is used in.
            ruff.current_dir(&bindings).args(args);
            ruff.args(["--quiet", "--no-cache", "--config", "pyproject.toml"]);
            self.step(name, ruff.args(&sources));
        }
    }

    /// The sources' types, and that the stub says what the native module has.
    fn types(&mut self, venv: &Venv, folder: &Path) {
        let cache = folder.join("mypy");
        let mut mypy = self.python(venv, "mypy");
        self.step("types", mypy.arg("--cache-dir").arg(&cache));
        // Not in the bindings' folder: it must look at the package that is installed.
        let mut stubtest = venv.module("mypy.stubtest", &self.cache);
        stubtest.current_dir(folder).env("MYPY_CACHE_DIR", cache);
        let config = self.run.workspace.path(BINDINGS).join("pyproject.toml");
        stubtest
            .args(["dynamometer._native", "--mypy-config-file"])
            .arg(config);
        self.step("stub", &mut stubtest);
    }

    fn tests(&mut self, venv: &Venv) {
        let mut pytest = self.python(venv, "pytest");
        self.step("tests", &mut pytest);
    }

    /// What may differ from version to version, without what other libraries need.
    fn hot_tests(&mut self, venv: &Venv) {
        let mut pytest = self.python(venv, "pytest");
        let what = if self.run.full {
            &["tests"][..]
        } else {
            &HOT_TESTS
        };
        self.step(&format!("tests on {}", venv.version), pytest.args(what));
    }

    fn guides(&mut self, venv: &Venv) {
        for guide in GUIDES.map(|guide| self.run.workspace.path(guide)) {
            if guide.is_file() {
                let mut doctest = self.python(venv, "doctest");
                doctest.args(["-o", "ELLIPSIS", "-o", "NORMALIZE_WHITESPACE"]);
                self.step("guides", doctest.arg(guide));
            }
        }
    }

    fn examples(&mut self, venv: &Venv) -> Result<()> {
        let folder = self.run.workspace.path(EXAMPLES);
        if !folder.is_dir() {
            return Ok(());
        }
        let entries = fs::read_dir(&folder);
        let entries = entries.with_context(|| format!("cannot read {}", folder.display()))?;
        let mut programs = entries
            .map(|entry| Ok(entry?.path()))
            .collect::<Result<Vec<_>>>()?;
        programs.retain(|path| path.extension() == Some(OsStr::new("py")));
        programs.sort();
        for program in programs {
            let mut python = Command::new(venv.python());
            python.env("PYTHONPYCACHEPREFIX", &self.cache);
            python.current_dir(self.run.workspace.root());
            self.step("examples", inform(&mut python, self.run).arg(program));
        }
        Ok(())
    }

    /// The demo with its component in Python, which checks its own numbers.
    fn demo(&mut self, venv: &Venv, folder: &Path) {
        let mut demo = process::cargo(&self.run.workspace, DEMO);
        inform(&mut demo, self.run).args(["--once", "--python"]);
        demo.arg(venv.python());
        let watch = Stopwatch::start();
        let done = process::run_limited(&mut demo, &folder.join("demo.log"), DEMO_LIMIT);
        self.note("demo", watch, done);
    }

    /// Returns a command that runs a module in the bindings' folder.
    fn python(&self, venv: &Venv, module: &str) -> Command {
        let mut command = venv.module(module, &self.cache);
        command.current_dir(self.run.workspace.path(BINDINGS));
        command.env("PYTHONPATH", &self.pip);
        inform(&mut command, self.run);
        command
    }

    fn step(&mut self, name: &str, command: &mut Command) {
        let watch = Stopwatch::start();
        let done = process::run(command);
        self.note(name, watch, done);
    }

    fn note(&mut self, name: &str, watch: Stopwatch, done: Result<()>) {
        match done {
            Ok(()) => console::note(format_args!(
                "{name}: passed in {}",
                console::seconds(watch.elapsed())
            )),
            Err(error) => {
                console::error(&format!("{name}: {error:#}"));
                self.failed.push(name.to_owned());
            }
        }
    }

    fn finish(mut self) -> Result<()> {
        self.failed.dedup();
        if self.failed.is_empty() {
            return Ok(());
        }
        bail!("failed: {}", self.failed.join(", "))
    }
}
