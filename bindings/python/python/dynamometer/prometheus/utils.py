"""Numbers as the text formats write them, and versions as headers name them."""

from __future__ import annotations

import math
from typing import Any

INF = float("inf")
MINUS_INF = float("-inf")
NaN = float("NaN")

# Go's shortest format goes over to an exponent here, Python's much later.
_DIGITS_BEFORE_EXPONENT = 6


def floatToGoString(d: Any) -> str:
    """Return a number as the text formats write it, as Go would.

    Anything that `float()` takes passes. Only positive numbers go over to an
    exponent early: `le` and `quantile` need no others.
    """
    number = float(d)
    if math.isnan(number):
        return "NaN"
    if math.isinf(number):
        return "+Inf" if number > 0 else "-Inf"
    text = repr(number)
    whole, point, fraction = text.partition(".")
    if number > 0 and point and len(whole) > _DIGITS_BEFORE_EXPONENT:
        mantissa = f"{whole[0]}.{whole[1:]}{fraction}".rstrip("0.")
        return f"{mantissa}e+{len(whole) - 1:02d}"
    return text


def parse_version(version_str: str) -> tuple[int | str, ...]:
    """Return the parts of a dotted version, as numbers where they are numbers."""
    return tuple(_number_or_text(part) for part in version_str.split("."))


def _number_or_text(part: str) -> int | str:
    try:
        return int(part)
    except ValueError:
        return part
