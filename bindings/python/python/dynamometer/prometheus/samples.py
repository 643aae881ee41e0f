"""What a family holds: samples, their times, exemplars and native histograms."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

_NANOSECONDS = 1e9


class Timestamp:
    """A time in seconds and nanoseconds since the Unix epoch.

    Raises `ValueError` where `nsec` is not below one second.
    """

    def __init__(self, sec: float, nsec: float) -> None:
        """Take whole seconds and the nanoseconds beyond them."""
        if not 0 <= nsec < _NANOSECONDS:
            raise ValueError(f"Invalid value for nanoseconds in Timestamp: {nsec}")
        self.sec = int(sec)
        self.nsec = int(-nsec if sec < 0 else nsec)

    def __str__(self) -> str:
        """Return the time as the text formats write it."""
        return f"{self.sec}.{self.nsec:09d}"

    def __repr__(self) -> str:
        """Return the call that makes this time."""
        return f"Timestamp({self.sec}, {self.nsec})"

    def __float__(self) -> float:
        """Return the time in seconds, rounded as a float is."""
        return float(self.sec) + float(self.nsec) / _NANOSECONDS

    def __eq__(self, other: object) -> bool:
        """Compare seconds and nanoseconds; unequal to anything but a time."""
        return isinstance(other, Timestamp) and self._parts() == other._parts()

    def __gt__(self, other: Timestamp) -> bool:
        """Says whether this time is the later one."""
        return self._parts() > other._parts()

    def __lt__(self, other: Timestamp) -> bool:
        """Says whether this time is the earlier one."""
        return self._parts() < other._parts()

    def _parts(self) -> tuple[int, int]:
        return self.sec, self.nsec

    # Times can be compared and changed: they are no keys, as upstream's are none.
    __hash__ = None  # type: ignore[assignment]


class BucketSpan(NamedTuple):
    """A run of populated buckets of a native histogram."""

    offset: int
    length: int


class Exemplar(NamedTuple):
    """One observation that stands for many, with the labels that name it."""

    labels: dict[str, str]
    value: float
    timestamp: float | Timestamp | None = None


class NativeHistogram(NamedTuple):
    """A distribution over exponential buckets."""

    count_value: float
    sum_value: float
    schema: int
    zero_threshold: float
    zero_count: float
    pos_spans: Sequence[BucketSpan] | None = None
    neg_spans: Sequence[BucketSpan] | None = None
    pos_deltas: Sequence[int] | None = None
    neg_deltas: Sequence[int] | None = None
    nh_exemplars: Sequence[Exemplar] | None = None


class Sample(NamedTuple):
    """One line of a page.

    The time is in seconds since the Unix epoch, as a float or as a `Timestamp`.
    """

    name: str
    labels: dict[str, str]
    value: float
    timestamp: float | Timestamp | None = None
    exemplar: Exemplar | None = None
    native_histogram: NativeHistogram | None = None
