"""Runs prometheus_client's own tests, unmodified, against the drop-in.

`python -m tests.upstream.run [pytest arguments]` prints what is not as `expected_failures.txt`
says, and exits with 1 then.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ET
from dataclasses import dataclass, field
from pathlib import Path

from .sdist import sources

_HERE = Path(__file__).resolve().parent
_EXPECTED = _HERE / "expected_failures.txt"

# A run that finds fewer has not looked at all of them.
LEAST_TESTS = 300


@dataclass
class Outcome:
    """What became of the tests, by their ids."""

    passed: set[str] = field(default_factory=set)
    failed: set[str] = field(default_factory=set)
    skipped: set[str] = field(default_factory=set)
    output: str = ""

    def surprises(self) -> list[str]:
        """Return a line for each test that did what was not expected of it."""
        expected = expectations()
        allowed = {test for tests in expected.values() for test in tests}
        lines = [f"failed: {test}" for test in sorted(self.failed - allowed)]
        lines += [
            f"passed, and was expected to fail: {test}"
            for test in sorted(expected["fails"] - self.failed - self.skipped)
        ]
        if len(self.passed) + len(self.failed) < LEAST_TESTS:
            lines.append(f"only {len(self.passed) + len(self.failed)} tests ran")
        return lines


def expectations() -> dict[str, set[str]]:
    """Return the ids of the tests that fail, and of those that may."""
    found: dict[str, set[str]] = {"fails": set(), "flaky": set()}
    for line in _EXPECTED.read_text().splitlines():
        if line and not line.startswith("#"):
            kind, test = line.split()
            found[kind].add(test)
    return found


def run(*arguments: str) -> Outcome:
    """Run the tests in an interpreter of their own."""
    folder = sources()
    with tempfile.TemporaryDirectory() as scratch:
        report = Path(scratch) / "report.xml"
        command = [sys.executable, "-m", "pytest", "-q", "-p", "dropin_plugin"]
        command += ["-p", "no:cacheprovider", "-c", os.devnull, "--rootdir", str(folder)]
        command += ["--tb=short", f"--junitxml={report}", *arguments, "tests"]
        environment = {
            **os.environ,
            "PYTHONPATH": str(_HERE),
            "PYTHONDONTWRITEBYTECODE": "1",
        }
        done = subprocess.run(
            command,
            cwd=folder,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        outcome = Outcome(output=done.stdout)
        if report.is_file():
            _read(report, outcome)
    return outcome


def _read(report: Path, outcome: Outcome) -> None:
    for case in ET.parse(report).iter("testcase"):
        module, _, cls = case.get("classname", "").rpartition(".")
        test = f"{module.replace('.', '/')}.py::{cls}::{case.get('name')}"
        kinds = {child.tag for child in case}
        if kinds & {"failure", "error"}:
            outcome.failed.add(test)
        elif "skipped" in kinds:
            outcome.skipped.add(test)
        else:
            outcome.passed.add(test)


def main() -> int:
    """Run, and say what is not as expected."""
    outcome = run(*sys.argv[1:])
    surprises = outcome.surprises()
    if surprises:
        print(outcome.output)
    print("\n".join(surprises))
    print(
        f"{len(outcome.passed)} passed, {len(outcome.failed)} failed, "
        f"{len(outcome.skipped)} skipped, {len(surprises)} not as expected"
    )
    return 1 if surprises else 0


if __name__ == "__main__":
    sys.exit(main())
