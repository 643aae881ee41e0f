"""Numbers of scenario files: JSON's, and three words for what it has none for."""

from __future__ import annotations

import math

WORDS = {"NaN": math.nan, "+Inf": math.inf, "-Inf": -math.inf}


def number(given: float | str) -> float:
    return WORDS[given] if isinstance(given, str) else given


def same(one: float, other: float) -> bool:
    """Compare exactly; NaN is equal to itself."""
    return one == other or (one != one and other != other)  # noqa: PLR0124
