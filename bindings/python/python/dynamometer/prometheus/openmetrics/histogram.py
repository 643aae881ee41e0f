"""What OpenMetrics asks of the buckets, the count and the sum of a histogram."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from .group import labels_of_group

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ..samples import Sample


def check_histogram(samples: Iterable[Sample], name: str) -> None:
    """Raise `ValueError` where a histogram of the family contradicts itself."""
    series: _Series | None = None
    for sample in samples:
        suffix = sample.name[len(name) :]
        if not suffix:
            # A native histogram is whole in one sample.
            continue
        key = labels_of_group(sample, name, "histogram"), sample.timestamp
        if series is None or series.key != key:
            if series:
                series.check()
            series = _Series(name, key)
        series.add(suffix, sample)
    if series:
        series.check()


class _Series:
    """One histogram at one time."""

    def __init__(self, name: str, key: Any) -> None:
        self.key = key
        self._name = name
        self._bound: float | None = None
        self._count_to_bound: float = 0
        self._count: float | None = None
        self._has_negative_bounds = False
        self._has_sum = False
        self._gauge_sum: float | None = None

    def add(self, suffix: str, sample: Sample) -> None:
        if suffix == "_bucket":
            self._add_bucket(float(sample.labels["le"]), sample.value)
        elif suffix in ("_count", "_gcount"):
            self._count = sample.value
        elif suffix == "_sum":
            self._has_sum = True
        elif suffix == "_gsum":
            self._gauge_sum = sample.value

    def _add_bucket(self, bound: float, count: float) -> None:
        if self._bound is not None and bound <= self._bound:
            self._refuse("Buckets out of order")
        if count < self._count_to_bound:
            self._refuse("Bucket values out of order")
        self._bound, self._count_to_bound = bound, count
        self._has_negative_bounds |= bound < 0

    def check(self) -> None:
        has_gauge_sum = self._gauge_sum is not None
        if self._bound != math.inf:
            self._refuse("+Inf bucket missing")
        if self._count is not None and self._count_to_bound != self._count:
            self._refuse("Count does not match +Inf value")
        if self._has_sum and self._count is None:
            self._refuse("_count must be present if _sum is present")
        if has_gauge_sum and self._count is None:
            self._refuse("_gcount must be present if _gsum is present")
        if not (self._has_sum or has_gauge_sum) and self._count is not None:
            self._refuse("_sum/_gsum must be present if _count is present")
        if self._has_negative_bounds and self._has_sum:
            self._refuse("Cannot have _sum with negative buckets")
        if not self._has_negative_bounds and (self._gauge_sum or 0) < 0:
            self._refuse("Cannot have negative _gsum with non-negative buckets")

    def _refuse(self, what: str) -> None:
        raise ValueError(f"{what}: {self._name}")
