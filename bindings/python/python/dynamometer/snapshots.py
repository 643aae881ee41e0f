"""What a snapshot is made of: dictionaries of these forms."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, TypedDict

if TYPE_CHECKING:
    from dynamometer.values import ExponentialValue, HistogramValue


class Quantiles(TypedDict):
    """The value of a summary, which only a source has."""

    count: int
    sum: float
    quantiles: list[tuple[float, float]]


class Exemplar(TypedDict):
    """An example of what was recorded, with labels that lead to its cause."""

    labels: dict[str, str]
    value: float
    timestamp: float | None


class _Series(TypedDict):
    labels: dict[str, str]
    value: int | float | HistogramValue | ExponentialValue | Quantiles
    created: float | None


class Series(_Series, total=False):
    """A series: its labels, its value, and when it began, in Unix seconds."""

    exemplars: list[Exemplar]


class FamilySnapshot(TypedDict):
    """A family: what it is, and its series in no particular order."""

    kind: Literal[
        "counter",
        "gauge",
        "histogram",
        "info",
        "stateset",
        "unknown",
        "summary",
        "gaugehistogram",
    ]
    help: str
    unit: str
    series: list[Series]
