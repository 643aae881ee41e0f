"""What distributions read as."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class HistogramValue:
    """Observations in buckets with fixed upper bounds, summed over all threads."""

    count: int
    """How many values were observed."""

    sum: float
    """Their sum."""

    buckets: tuple[tuple[float, int], ...]
    """Upper bounds with cumulative counts; the last bound is infinite."""


@dataclass(frozen=True, slots=True)
class ExponentialValue:
    """Observations in buckets that grow with the value, summed over all threads."""

    count: int
    """How many values were observed."""

    sum: float
    """Their sum."""

    schema: int
    """There are 2**schema buckets for each doubling."""

    zero_threshold: float
    """Magnitudes up to this count as zero."""

    zero_count: int
    """How many values counted as zero."""

    positive: dict[int, int]
    """The buckets of positive values that are not empty, by Prometheus' index."""

    negative: dict[int, int]
    """The same of the magnitudes of negative values."""
