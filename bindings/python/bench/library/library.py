"""What every library has in common."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from stopwatch import Statement

BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10, 15)
"""Bounds of the histograms."""

VALUE = 0.03
"""Falls into the fourth bucket."""

LAST = 12.0
"""Falls into the last one."""

MANY = [VALUE] * 100

SERIES = 10_000
"""Series of the page: 100 models with 100 stages each."""


@dataclass(frozen=True)
class Library:
    """A library, and its statements by the keys of rows."""

    name: str
    statements: Callable[[], Mapping[str, Statement]]
