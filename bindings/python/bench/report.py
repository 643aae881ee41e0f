"""What was found, as a table for people and as JSON for programs."""

from __future__ import annotations

import json as encoding
import os
import platform
import sys
import sysconfig
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from collections.abc import Sequence

    from contest import Result

PACKAGES = ("dynamometer", "prometheus-client", "opentelemetry-sdk")
HEADS = ("statement", "dynamometer", "drop-in", "prometheus_client", "opentelemetry")
RATIO = "x faster"
"""How many times as long prometheus_client takes as dynamometer."""

BOLD, DIM, RED, GREEN, CYAN = "1", "2", "31", "32", "36"


def progress(text: str) -> None:
    """Say on a terminal what is being measured; an empty text wipes it away."""
    if sys.stderr.isatty():
        print(f"\r\x1b[K{text}", end="", file=sys.stderr, flush=True)


def table(results: Sequence[Result], out: TextIO) -> None:
    """Write the table: one row a statement, one column a library, then the goals."""
    has_colours = out.isatty() and "NO_COLOR" not in os.environ

    def styled(text: str, *codes: str) -> str:
        return f"\x1b[{';'.join(codes)}m{text}\x1b[0m" if has_colours and codes else text

    cells = [[*HEADS, RATIO, "goals"], *map(_cells, results)]
    widths = [max(len(row[column]) for row in cells) for column in range(len(cells[0]))]
    for number, row in enumerate(cells):
        padded = [
            text.ljust(width) if column in {0, len(row) - 1} else text.rjust(width)
            for column, (text, width) in enumerate(zip(row, widths, strict=True))
        ]
        if number == 0:
            line = [styled(text, BOLD) for text in padded]
        else:
            is_met = all(verdict.is_met for verdict in results[number - 1].verdicts)
            line = [
                styled(padded[0], CYAN),
                styled(padded[1], BOLD),
                *padded[2:-1],
                styled(padded[-1], GREEN if is_met else RED),
            ]
        print("  ".join(line).rstrip(), file=out)
    print(styled(_where(), DIM), file=out)


def json(results: Sequence[Result], path: str) -> None:
    """Write everything as JSON to a file, or to standard output where the path is `-`."""
    rows = [
        {
            "statement": result.row.statement,
            "unit": result.row.unit,
            "medians": result.medians,
            "ratios": {name: result.ratio(name) for name in HEADS[1:3]},
            "goals": [{"goal": each.goal, "met": each.is_met} for each in result.verdicts],
        }
        for result in results
    ]
    text = encoding.dumps({"where": _where(), "rows": rows}, indent=2) + "\n"
    if path == "-":
        sys.stdout.write(text)
    else:
        Path(path).write_text(text, encoding="utf-8")


def _cells(result: Result) -> list[str]:
    unit = result.row.unit
    medians = [_number(result.medians.get(name), unit) for name in HEADS[1:]]
    ratio = _number(result.ratio(), "")
    goals = [f"{each.goal}: {'ok' if each.is_met else 'MISSED'}" for each in result.verdicts]
    return [result.row.statement, *medians, ratio, "; ".join(goals)]


def _number(value: float | None, unit: str) -> str:
    """Return a number with as many digits as it deserves."""
    if value is None:
        return ""
    digits = 0 if value >= 100 else 1 if value >= 10 else 2
    return f"{value:.{digits}f} {unit}".rstrip()


def _where() -> str:
    """Return what the numbers depend on."""
    is_optimised = "--enable-optimizations" in (sysconfig.get_config_var("CONFIG_ARGS") or "")
    build = "built with profiles" if is_optimised else "built without profiles"
    packages = ", ".join(f"{name} {version(name)}" for name in PACKAGES)
    return (
        f"median CPU time of one thread; CPython {platform.python_version()} ({build}), "
        f"{os.cpu_count()} cores; {packages}"
    )
