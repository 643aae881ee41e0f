"""Measure what a record costs on this machine, in a second or two."""

from __future__ import annotations

import json
import platform
import sys
from itertools import repeat
from statistics import median
from time import thread_time_ns
from typing import TYPE_CHECKING

import dynamometer
from dynamometer.cli.terminal import BOLD, CYAN, DIM, Terminal

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable

NAME = "bench"

EXAMPLES = """\
examples:
  python -m dynamometer bench
  python -m dynamometer bench --json

The median of CPU time of one thread, without the loop's. `cargo xtask bench python`, in the
repository, measures more, and other libraries beside it.
"""

UNROLLED = 10
TURNS = 20_000


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    parser.add_argument("--json", action="store_true", help="print JSON")
    parser.add_argument(
        "--rounds", type=int, default=15, metavar="COUNT", help="rounds each [default: 15]"
    )


def run(options: argparse.Namespace) -> int:
    """Measure and print."""
    if options.rounds < 1:
        raise ValueError(f"--rounds is {options.rounds}: at least one is needed")
    found = {text: _measure(text, options.rounds) for text in STATEMENTS}
    if options.json:
        json.dump({text: round(time, 2) for text, time in found.items()}, sys.stdout, indent=2)
        sys.stdout.write("\n")
        return 0
    terminal = Terminal(sys.stdout)
    rows = [(text, f"{time:.1f} ns") for text, time in found.items()]
    terminal.table(rows, [(CYAN,), (BOLD,)], numbers=[1])
    terminal.line(
        terminal.styled(
            f"dynamometer {dynamometer.__version__}, CPython {platform.python_version()}", DIM
        )
    )
    return 0


STATEMENTS = (
    "counter.inc()",
    "float_counter.inc(0.5)",
    "gauge.set(0.5)",
    "histogram.observe(0.5)",
    "family.labels('a', 'b').inc()",
)


def _measure(statement: str, rounds: int) -> float:
    """Return the nanoseconds that a statement takes."""
    container = dynamometer.Container("bench")
    names: dict[str, object] = {
        "counter": container.counter("requests_total"),
        "float_counter": container.float_counter("busy_seconds_total"),
        "gauge": container.gauge("usage_ratio"),
        "histogram": container.histogram("latency_seconds"),
        "family": container.counter("tokens_total", labels=["model", "stage"]),
    }
    loop, empty = _loop(statement, names), _loop("pass", {})
    times = [
        (loop(repeat(None, TURNS)) - empty(repeat(None, TURNS))) / (TURNS * UNROLLED)
        for _ in range(rounds)
    ]
    return max(median(times), 0.0)


def _loop(statement: str, names: dict[str, object]) -> Callable[[repeat[None]], int]:
    """Return a function that times the statement; names are its locals."""
    parameters = "".join(f", {name}={name}" for name in names)
    body = "\n        ".join([statement] * UNROLLED)
    source = (
        f"def loop(turns, clock=clock{parameters}):\n    start = clock()\n"
        f"    for _ in turns:\n        {body}\n    return clock() - start\n"
    )
    scope: dict[str, object] = {**names, "clock": thread_time_ns}
    exec(source, scope)
    loop: Callable[[repeat[None]], int] = scope["loop"]  # type: ignore[assignment]
    return loop
