"""Families of samples, as collectors hand them out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

from .samples import Exemplar, NativeHistogram, Sample, Timestamp
from .validation import _validate_metric_name

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

METRIC_TYPES = (
    "counter",
    "gauge",
    "summary",
    "histogram",
    "gaugehistogram",
    "unknown",
    "info",
    "stateset",
)

_Time: TypeAlias = "Timestamp | float | None"
# The bound as text, the count up to it, and perhaps an exemplar.
_Bucket: TypeAlias = "tuple[str, float] | tuple[str, float, Exemplar | None]"


class Metric:
    """A family: a name, what it means, and its samples.

    Made by this package. Collectors of one's own hand out the families below.
    """

    def __init__(self, name: str, documentation: str, typ: str, unit: str = "") -> None:
        """Begins a family without samples; the unit becomes the name's ending.

        Raises `ValueError` for a name or a type that is none.
        """
        if unit and not name.endswith("_" + unit):
            name += "_" + unit
        _validate_metric_name(name)
        if typ == "untyped":
            typ = "unknown"
        if typ not in METRIC_TYPES:
            raise ValueError("Invalid metric type: " + typ)
        self.name = name
        self.documentation = documentation
        self.unit = unit
        self.type = typ
        self.samples: list[Sample] = []

    def add_sample(
        self,
        name: str,
        labels: dict[str, str],
        value: float,
        timestamp: Timestamp | float | None = None,
        exemplar: Exemplar | None = None,
        native_histogram: NativeHistogram | None = None,
    ) -> None:
        """Add a sample as it is, under a name that is not checked."""
        self.samples.append(Sample(name, labels, value, timestamp, exemplar, native_histogram))

    def __eq__(self, other: object) -> bool:
        """Compare everything that a page would show."""
        return isinstance(other, Metric) and self._parts() == other._parts()

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        """Return the family with its samples."""
        return (
            f"Metric({self.name}, {self.documentation}, {self.type}, {self.unit}, {self.samples})"
        )

    def _parts(self) -> tuple[str, str, str, str, list[Sample]]:
        return self.name, self.documentation, self.type, self.unit, self.samples

    def _restricted_metric(self, names: Collection[str]) -> Metric | None:
        """Return the family with the samples of these names; None without any."""
        samples = [sample for sample in self.samples if sample.name in names]
        if not samples:
            return None
        restricted = Metric(self.name, self.documentation, self.type)
        restricted.samples = samples
        return restricted


class _LabelledFamily(Metric):
    """A family whose samples differ in the values of the same labels."""

    def _begin(self, labels: Iterable[str] | None, value: object, what: str) -> None:
        if labels is not None and value is not None:
            raise ValueError(f"Can only specify at most one of {what} and labels.")
        self._labelnames = tuple(labels or ())

    def _labels(self, values: Iterable[str]) -> dict[str, str]:
        return dict(zip(self._labelnames, values, strict=False))


class UnknownMetricFamily(_LabelledFamily):
    """Values of which nobody said what they are."""

    def __init__(
        self,
        name: str,
        documentation: str,
        value: float | None = None,
        labels: Sequence[str] | None = None,
        unit: str = "",
    ) -> None:
        """Take one value, or the label names of those to come."""
        super().__init__(name, documentation, "unknown", unit)
        self._begin(labels, value, "value")
        if value is not None:
            self.add_metric([], value)

    def add_metric(
        self, labels: Sequence[str], value: float, timestamp: Timestamp | float | None = None
    ) -> None:
        """Add the value of a series, named by its label values."""
        self.samples.append(Sample(self.name, self._labels(labels), value, timestamp))


UntypedMetricFamily = UnknownMetricFamily
"""The name of `UnknownMetricFamily` before OpenMetrics."""


class CounterMetricFamily(_LabelledFamily):
    """Totals that only grow. A `_total` in the name is taken off and put back."""

    def __init__(
        self,
        name: str,
        documentation: str,
        value: float | None = None,
        labels: Sequence[str] | None = None,
        created: float | None = None,
        unit: str = "",
        exemplar: Exemplar | None = None,
    ) -> None:
        """Take one total, or the label names of those to come.

        `created` is in seconds since the Unix epoch.
        """
        super().__init__(name.removesuffix("_total"), documentation, "counter", unit)
        self._begin(labels, value, "value")
        if value is not None:
            self.add_metric([], value, created, exemplar=exemplar)

    def add_metric(
        self,
        labels: Sequence[str],
        value: float,
        created: float | None = None,
        timestamp: Timestamp | float | None = None,
        exemplar: Exemplar | None = None,
    ) -> None:
        """Add the total of a series, and when it began where that is known."""
        total = Sample(self.name + "_total", self._labels(labels), value, timestamp, exemplar)
        self.samples.append(total)
        if created is not None:
            name = self.name + "_created"
            self.samples.append(Sample(name, self._labels(labels), created, timestamp))


class GaugeMetricFamily(_LabelledFamily):
    """Values that go up and down."""

    def __init__(
        self,
        name: str,
        documentation: str,
        value: float | None = None,
        labels: Sequence[str] | None = None,
        unit: str = "",
    ) -> None:
        """Take one value, or the label names of those to come."""
        super().__init__(name, documentation, "gauge", unit)
        self._begin(labels, value, "value")
        if value is not None:
            self.add_metric([], value)

    def add_metric(
        self, labels: Sequence[str], value: float, timestamp: Timestamp | float | None = None
    ) -> None:
        """Add the value of a series, named by its label values."""
        self.samples.append(Sample(self.name, self._labels(labels), value, timestamp))


class SummaryMetricFamily(_LabelledFamily):
    """Counts of observations, and what they add up to."""

    def __init__(
        self,
        name: str,
        documentation: str,
        count_value: int | None = None,
        sum_value: float | None = None,
        labels: Sequence[str] | None = None,
        unit: str = "",
    ) -> None:
        """Take one count with its sum, or the label names of those to come."""
        super().__init__(name, documentation, "summary", unit)
        if (sum_value is None) != (count_value is None):
            raise ValueError("count_value and sum_value must be provided together.")
        self._begin(labels, count_value, "value")
        if count_value is not None and sum_value is not None:
            self.add_metric([], count_value, sum_value)

    def add_metric(
        self,
        labels: Sequence[str],
        count_value: int,
        sum_value: float,
        timestamp: float | Timestamp | None = None,
    ) -> None:
        """Add the count and the sum of a series."""
        for suffix, value in (("_count", count_value), ("_sum", sum_value)):
            name = self.name + suffix
            self.samples.append(Sample(name, self._labels(labels), value, timestamp))


class _BucketFamily(_LabelledFamily):
    """A family whose series are lists of buckets."""

    def _add_buckets(self, labels: Sequence[str], buckets: Iterable[_Bucket], at: _Time) -> None:
        for bound, count, *exemplar in buckets:
            self.samples.append(
                Sample(
                    self.name + "_bucket",
                    {**self._labels(labels), "le": bound},
                    count,
                    at,
                    exemplar[0] if exemplar else None,
                )
            )


class HistogramMetricFamily(_BucketFamily):
    """Distributions over buckets."""

    def __init__(
        self,
        name: str,
        documentation: str,
        buckets: Sequence[_Bucket] | None = None,
        sum_value: float | None = None,
        labels: Sequence[str] | None = None,
        unit: str = "",
    ) -> None:
        """Take one list of buckets, or the label names of those to come."""
        super().__init__(name, documentation, "histogram", unit)
        if sum_value is not None and buckets is None:
            raise ValueError("sum value cannot be provided without buckets.")
        self._begin(labels, buckets, "buckets")
        if buckets is not None:
            self.add_metric([], buckets, sum_value)

    def add_metric(
        self,
        labels: Sequence[str],
        buckets: Sequence[_Bucket],
        sum_value: float | None,
        timestamp: Timestamp | float | None = None,
    ) -> None:
        """Add a series: pairs of a bound and the count up to it, `+Inf` last.

        A third item of a pair is an exemplar. A series with a negative bound has
        neither a sum nor a count on the page.
        """
        self._add_buckets(labels, buckets, timestamp)
        if float(buckets[0][0]) < 0 or sum_value is None:
            return
        for suffix, value in (("_count", buckets[-1][1]), ("_sum", sum_value)):
            name = self.name + suffix
            self.samples.append(Sample(name, self._labels(labels), value, timestamp))


class GaugeHistogramMetricFamily(_BucketFamily):
    """Distributions of what there is now."""

    def __init__(
        self,
        name: str,
        documentation: str,
        buckets: Sequence[tuple[str, float]] | None = None,
        gsum_value: float | None = None,
        labels: Sequence[str] | None = None,
        unit: str = "",
    ) -> None:
        """Take one list of buckets, or the label names of those to come."""
        super().__init__(name, documentation, "gaugehistogram", unit)
        self._begin(labels, buckets, "buckets")
        if buckets is not None:
            self.add_metric([], buckets, gsum_value)

    def add_metric(
        self,
        labels: Sequence[str],
        buckets: Sequence[tuple[str, float]],
        gsum_value: float | None,
        timestamp: float | Timestamp | None = None,
    ) -> None:
        """Add a series: pairs of a bound and the count up to it, `+Inf` last."""
        self._add_buckets(labels, buckets, timestamp)
        values: tuple[tuple[str, Any], ...] = (
            ("_gcount", buckets[-1][1]),
            ("_gsum", gsum_value),
        )
        for suffix, value in values:
            name = self.name + suffix
            self.samples.append(Sample(name, self._labels(labels), value, timestamp))


class InfoMetricFamily(_LabelledFamily):
    """Facts about a thing, as labels of a sample that is always 1."""

    def __init__(
        self,
        name: str,
        documentation: str,
        value: Mapping[str, str] | None = None,
        labels: Sequence[str] | None = None,
    ) -> None:
        """Take one set of facts, or the label names of those to come."""
        super().__init__(name, documentation, "info")
        self._begin(labels, value, "value")
        if value is not None:
            self.add_metric([], value)

    def add_metric(
        self,
        labels: Sequence[str],
        value: Mapping[str, str],
        timestamp: Timestamp | float | None = None,
    ) -> None:
        """Add the facts of a series."""
        facts = {**self._labels(labels), **value}
        self.samples.append(Sample(self.name + "_info", facts, 1, timestamp))


class StateSetMetricFamily(_LabelledFamily):
    """Which states hold."""

    def __init__(
        self,
        name: str,
        documentation: str,
        value: Mapping[str, bool] | None = None,
        labels: Sequence[str] | None = None,
    ) -> None:
        """Take one set of states, or the label names of those to come."""
        super().__init__(name, documentation, "stateset")
        self._begin(labels, value, "value")
        if value is not None:
            self.add_metric([], value)

    def add_metric(
        self,
        labels: Sequence[str],
        value: Mapping[str, bool],
        timestamp: Timestamp | float | None = None,
    ) -> None:
        """Add a sample for each state, sorted by name."""
        series = tuple(labels)
        names = (*self._labelnames, self.name)
        for state, holds in sorted(value.items()):
            named = dict(zip(names, (*series, state), strict=False))
            self.samples.append(Sample(self.name, named, 1 if holds else 0, timestamp))
