"""Say what this process has and lacks, and what may surprise."""

from __future__ import annotations

import json
import os
import platform
import sys
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NamedTuple

import dynamometer
from dynamometer import _native
from dynamometer.cli.terminal import BOLD, DIM, GREEN, RED, YELLOW, Terminal

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator

NAME = "doctor"

EXAMPLES = """\
examples:
  python -m dynamometer doctor
  python -m dynamometer doctor --json

Exit status: 1 when something is wrong; what may merely surprise is no error.
"""

SIGNS = {"ok": ("ok", GREEN), "note": ("note", YELLOW), "wrong": ("wrong", RED)}


class Finding(NamedTuple):
    """Something looked at, and how it is."""

    what: str
    state: Literal["ok", "note", "wrong"]
    said: str


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    parser.add_argument("--json", action="store_true", help="print JSON")


def run(options: argparse.Namespace) -> int:
    """Look at everything and print it."""
    findings = list(examine())
    if options.json:
        json.dump([finding._asdict() for finding in findings], sys.stdout, indent=2)
        sys.stdout.write("\n")
    else:
        terminal = Terminal(sys.stdout)
        width = max(len(finding.what) for finding in findings)
        for what, state, said in findings:
            sign, colour = SIGNS[state]
            terminal.line(
                f"{terminal.styled(sign.ljust(5), colour, BOLD)} {what.ljust(width)}  "
                f"{terminal.styled(said, DIM) if state == 'ok' else said}"
            )
    return 1 if any(finding.state == "wrong" for finding in findings) else 0


def examine() -> Iterator[Finding]:
    """Look at one thing after the other."""
    yield Finding("dynamometer", "ok", f"{dynamometer.__version__}, {_native.__file__}")
    yield _distribution()
    yield Finding("python", "ok", f"{platform.python_version()}, {sys.executable}")
    yield _gil()
    yield _hot_methods()
    yield _records()
    yield _serves()
    yield _other_library()
    yield from _multiprocess()
    yield from _settings()


def _distribution() -> Finding:
    try:
        installed = metadata.version("dynamometer")
    except metadata.PackageNotFoundError:
        return Finding("package", "note", "imported from a folder, not installed")
    if installed != dynamometer.__version__:
        said = f"{installed} is installed, but {dynamometer.__version__} is imported"
        return Finding("package", "wrong", said)
    return Finding("package", "ok", "installed in the version that is imported")


def _gil() -> Finding:
    is_enabled = getattr(sys, "_is_gil_enabled", lambda: True)()
    if is_enabled:
        return Finding("gil", "ok", "on: all Python threads share one cell for each series")
    return Finding("gil", "ok", "off: each thread has cells of its own")


def _hot_methods() -> Finding:
    if os.environ.get("DYN_PYTHON_RAW", "").strip() == "0":
        return Finding("hot methods", "note", "DYN_PYTHON_RAW=0: the slower form is in use")
    return Finding("hot methods", "ok", "called without a wrapper")


def _records() -> Finding:
    container = dynamometer.Container("doctor")
    counter = container.counter("checks_total", "Checks.")
    counter.inc()
    if counter.value != 1 or "doctor_checks_total 1\n" not in container.export_prometheus():
        return Finding("recording", "wrong", "a counter that was incremented does not say so")
    return Finding("recording", "ok", "a counter counts, and is exported")


def _serves() -> Finding:
    try:
        with dynamometer.serve("127.0.0.1", 0) as server:
            if server.url() is None:
                return Finding("serving", "note", "DYN_SYSTEM_ENABLED switches the server off")
    except (dynamometer.DynamometerError, OSError) as error:
        return Finding("serving", "wrong", str(error))
    return Finding("serving", "ok", "a server starts on the loopback interface")


def _other_library() -> Finding:
    try:
        version = metadata.version("prometheus_client")
    except metadata.PackageNotFoundError:
        return Finding("prometheus_client", "ok", "not installed")
    return Finding(
        "prometheus_client", "ok", f"{version} is installed; its registries can be attached"
    )


def _multiprocess() -> Iterator[Finding]:
    folder = os.environ.get("PROMETHEUS_MULTIPROC_DIR")
    if folder is None:
        return
    path = Path(folder)
    if not path.is_dir():
        said = f"PROMETHEUS_MULTIPROC_DIR is {folder}, which is no folder"
        yield Finding("multiprocess", "wrong", said)
    elif not os.access(path, os.W_OK):
        said = f"PROMETHEUS_MULTIPROC_DIR is {folder}, where nothing can be written"
        yield Finding("multiprocess", "wrong", said)
    else:
        files = len(list(path.glob("*.db")))
        yield Finding("multiprocess", "note", f"{folder} has {files} files of processes")


def _settings() -> Iterator[Finding]:
    for name in sorted(os.environ):
        if name.startswith("DYN_"):
            yield Finding(name, "note", os.environ[name])
