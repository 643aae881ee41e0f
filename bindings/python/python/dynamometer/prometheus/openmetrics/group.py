"""Samples that belong to one series, and have to stand together."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ..samples import Sample


def labels_of_group(sample: Sample, name: str, typ: str | None) -> dict[str, str]:
    """Return the labels that all samples of the series share."""
    apart = None
    if typ == "info":
        # Any label of an info may be one of its facts.
        return {}
    if typ == "summary" and sample.name == name:
        apart = "quantile"
    elif typ == "stateset":
        apart = name
    elif typ in ("histogram", "gaugehistogram") and sample.name == name + "_bucket":
        apart = "le"
    return {label: value for label, value in sample.labels.items() if label != apart}


class Groups:
    """The series of a family in the order of the page, and the time they are at."""

    def __init__(self) -> None:
        """Begins without any."""
        self._seen: set[Any] = set()
        self._group: Any = None
        self._timestamp: Any = None
        self._at_timestamp: set[Any] = set()

    def is_new(self, sample: Sample, labels: dict[str, str], is_info: bool, line: str) -> bool:
        """Says whether no such sample of the same time came before.

        Raises `ValueError` where a series comes back after another, and where its
        time goes back, or is only sometimes there.
        """
        group = tuple(sorted(labels.items()))
        if self._group is not None and group != self._group and group in self._seen:
            raise ValueError("Invalid metric grouping: " + line)
        if self._group == group:
            if (sample.timestamp is None) != (self._timestamp is None):
                raise ValueError("Mix of timestamp presence within a group: " + line)
            if self._timestamp is not None and self._timestamp > sample.timestamp and not is_info:
                raise ValueError("Timestamps went backwards within a group: " + line)
        else:
            self._at_timestamp = set()
        series = sample.name, tuple(sorted(sample.labels.items()))
        # Times are cut short: two samples of one time may both be true.
        is_new = sample.timestamp != self._timestamp or series not in self._at_timestamp
        self._at_timestamp.add(series)
        self._group, self._timestamp = group, sample.timestamp
        self._seen.add(group)
        return is_new
