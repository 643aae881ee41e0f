"""The instruments: counters, gauges, summaries, histograms, infos and enums."""

from __future__ import annotations

import os
import time
import types
import warnings
from threading import Lock
from typing import TYPE_CHECKING, Any, ClassVar, Literal, cast

from dynamometer._native import DropinBuckets, DropinMetric

# Through the module: `values.ValueClass` is swapped at run time.
from . import values
from .context_managers import ExceptionCounter, InprogressTracker, Timer
from .fast import with_native_methods
from .metrics_core import Metric
from .registry import REGISTRY, CollectorRegistry
from .samples import Exemplar, Sample
from .utils import INF, floatToGoString
from .validation import _validate_exemplar, _validate_labelnames, _validate_metric_name

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from typing_extensions import Self

_Exceptions = type[BaseException] | tuple[type[BaseException], ...]
_Mode = Literal[
    "all",
    "liveall",
    "min",
    "livemin",
    "max",
    "livemax",
    "sum",
    "livesum",
    "mostrecent",
    "livemostrecent",
]


def _build_full_name(
    metric_type: str | None, name: str, namespace: str, subsystem: str, unit: str
) -> str:
    """Return the name of a family: OpenMetrics', without `_total`, with the unit."""
    if not name:
        raise ValueError("Metric name should not be empty")
    full_name = "_".join(part for part in (namespace, subsystem, name) if part)
    if metric_type == "counter":
        full_name = full_name.removesuffix("_total")
    if unit and not full_name.endswith("_" + unit):
        full_name += "_" + unit
    if unit and metric_type in ("info", "stateset"):
        raise ValueError("Metric name is of a type that cannot have a unit: " + full_name)
    return full_name


def _get_use_created() -> bool:
    disabled = os.environ.get("PROMETHEUS_DISABLE_CREATED_SERIES", "False")
    return disabled.lower() not in ("true", "1", "t")


_use_created = _get_use_created()


def disable_created_metrics() -> None:
    """Leave `_created` out of counters, histograms and summaries from now on."""
    global _use_created
    _use_created = False


def enable_created_metrics() -> None:
    """Show when counters, histograms and summaries began from now on."""
    global _use_created
    _use_created = True


class MetricWrapperBase(DropinMetric):
    """What all instruments have: a name, labels and series.

    One without label names is its own only series. One with them makes a series,
    of its own class, for each set of label values that `labels` is asked for.
    """

    _type: ClassVar[str | None] = None
    _reserved_labelnames: ClassVar[Sequence[str]] = ()

    def __init__(
        self,
        name: str,
        documentation: str,
        labelnames: Iterable[str] = (),
        namespace: str = "",
        subsystem: str = "",
        unit: str = "",
        registry: CollectorRegistry | None = REGISTRY,
        _labelvalues: Sequence[str] | None = None,
    ) -> None:
        """Make the metric, and register it unless `registry` is None.

        Raises `ValueError` for a name that is none, and where another metric of
        the registry makes a series of the same name.
        """
        self._original_name = name
        self._namespace = namespace
        self._subsystem = subsystem
        self._name = _build_full_name(self._type, name, namespace, subsystem, unit)
        self._labelnames = _validate_labelnames(self, labelnames)
        self._labelvalues = tuple(_labelvalues or ())
        self._kwargs: dict[str, Any] = {}
        self._documentation = documentation
        self._unit = unit
        _validate_metric_name(self._name)
        if self._is_parent():
            self._lock = Lock()
            self._metrics: dict[tuple[str, ...], Any] = {}
        if self._is_observable():
            self._metric_init()
        if registry and not self._labelvalues:
            registry.register(self)

    def _is_observable(self) -> bool:
        return not self._labelnames or bool(self._labelvalues)

    def _is_parent(self) -> bool:
        return bool(self._labelnames) and not self._labelvalues

    def _raise_if_not_observable(self) -> None:
        if not self._is_observable():
            raise ValueError(f"{self._type} metric is missing label values")

    def _raise_without_labelnames(self) -> None:
        if not self._labelnames:
            raise ValueError(f"No label names were set when constructing {self}")

    def _get_metric(self) -> Metric:
        return Metric(self._name, self._documentation, cast("str", self._type), self._unit)

    def _new_value(self, suffix: str, **kwargs: Any) -> Any:
        return values.ValueClass(
            self._type,
            self._name,
            self._name + suffix,
            self._labelnames,
            self._labelvalues,
            self._documentation,
            **kwargs,
        )

    def describe(self) -> Iterable[Metric]:
        """Return the family without samples."""
        return [self._get_metric()]

    def collect(self) -> Iterable[Metric]:
        """Return the family with its samples as they are now."""
        metric = self._get_metric()
        for sample in self._samples():
            metric.samples.append(sample._replace(name=self._name + sample.name))
        return [metric]

    def __str__(self) -> str:
        """Return the type and the name."""
        return f"{self._type}:{self._name}"

    def __repr__(self) -> str:
        """Return the class and the name."""
        metric_type = type(self)
        return f"{metric_type.__module__}.{metric_type.__name__}({self._name})"

    def labels(self, *labelvalues: object, **labelkwargs: object) -> Self:
        """Return the series with these label values, which is made where it is missing.

        Values are passed in the order of the names, or by name; any object passes,
        as its text. Raises `ValueError` for a wrong number of them, and for wrong
        names.
        """
        self._raise_without_labelnames()
        if self._labelvalues:
            mine = dict(zip(self._labelnames, self._labelvalues, strict=False))
            raise ValueError(
                f"{self} already has labels set ({mine}); can not chain calls to .labels()"
            )
        if labelvalues and labelkwargs:
            raise ValueError("Can't pass both *args and **kwargs")
        if labelkwargs:
            if sorted(labelkwargs) != sorted(self._labelnames):
                raise ValueError("Incorrect label names")
            key = tuple(str(labelkwargs[name]) for name in self._labelnames)
        else:
            if len(labelvalues) != len(self._labelnames):
                raise ValueError("Incorrect label count")
            key = tuple(str(value) for value in labelvalues)
        with self._lock:
            child = self._metrics.get(key)
            if child is None:
                child = self._metrics[key] = self._new_child(key)
            return cast("Self", child)

    def _new_child(self, labelvalues: tuple[str, ...]) -> Self:
        """Make a series through the class, as a subclass may have another `__init__`."""
        kwargs: dict[str, Any] = {
            "namespace": self._namespace,
            "subsystem": self._subsystem,
            "unit": self._unit,
        }
        own = {name: value for name, value in self._kwargs.items() if name not in kwargs}
        return self.__class__(
            self._original_name,
            documentation=self._documentation,
            labelnames=self._labelnames,
            _labelvalues=labelvalues,
            **kwargs,
            **own,
        )

    def remove(self, *labelvalues: object) -> None:
        """Take out the series with these label values, if there is one.

        Raises `ValueError` for a wrong number of them. In multi-process mode the
        series stays in its file.
        """
        self._warn_of_files("Removal of labels has not been implemented in multi-process mode yet.")
        self._raise_without_labelnames()
        if len(labelvalues) != len(self._labelnames):
            expected = len(self._labelnames)
            raise ValueError(f"Incorrect label count (expected {expected}, got {labelvalues})")
        with self._lock:
            self._metrics.pop(tuple(str(value) for value in labelvalues), None)

    def remove_by_labels(self, labels: dict[str, str]) -> None:
        """Take out all series that have these values of these labels.

        Without labels nothing is taken out. Raises `ValueError` for a name that is
        none of the metric's. In multi-process mode the series stay in their file.
        """
        self._warn_of_files("Removal of labels has not been implemented in multi-process mode yet.")
        self._raise_without_labelnames()
        if not isinstance(labels, dict):
            raise TypeError("labels must be a dict of {label_name: label_value}")
        unknown = [name for name in labels if name not in self._labelnames]
        if unknown:
            raise ValueError(f"Unknown label names: {unknown}; expected {self._labelnames}")
        if not labels:
            return
        wanted = {self._labelnames.index(name): str(value) for name, value in labels.items()}
        with self._lock:
            for key in list(self._metrics):
                if all(key[index] == value for index, value in wanted.items()):
                    self._metrics.pop(key, None)

    def clear(self) -> None:
        """Take out all series of a metric with labels.

        In multi-process mode they stay in their file.
        """
        if not self._labelnames:
            return
        self._warn_of_files("Clearing labels has not been implemented in multi-process mode yet")
        with self._lock:
            self._metrics = {}

    @staticmethod
    def _warn_of_files(message: str) -> None:
        if values.is_multi_process():
            warnings.warn(message, UserWarning, stacklevel=3)

    def _samples(self) -> Iterable[Sample]:
        return self._multi_samples() if self._is_parent() else self._child_samples()

    def _multi_samples(self) -> Iterator[Sample]:
        with self._lock:
            series = self._metrics.copy()
        for labelvalues, child in series.items():
            labels = dict(zip(self._labelnames, labelvalues, strict=False))
            for sample in child._samples():
                yield sample._replace(labels={**labels, **sample.labels})

    def _child_samples(self) -> Iterable[Sample]:
        raise NotImplementedError(f"_child_samples() must be implemented by {self!r}")

    def _metric_init(self) -> None:
        """Make the values of a series; not called where label values are missing."""
        raise NotImplementedError(f"_metric_init() must be implemented by {self!r}")


@with_native_methods
class Counter(MetricWrapperBase):
    """Counts events, or adds up what only grows.

    It begins at zero with the process, or with `reset`. On a page its name ends
    with `_total`.
    """

    _type = "counter"

    def _metric_init(self) -> None:
        self._value = self._new_value("_total")
        self._created = time.time()

    def inc(self, amount: float = 1, exemplar: dict[str, str] | None = None) -> None:
        """Add the amount; raises `ValueError` where that is negative.

        An exemplar stands with the counter until the next one.
        """
        self._raise_if_not_observable()
        if amount < 0:
            raise ValueError("Counters can only be incremented by non-negative amounts.")
        self._value.inc(amount)
        if exemplar:
            _validate_exemplar(exemplar)
            self._value.set_exemplar(Exemplar(exemplar, amount, time.time()))

    def reset(self) -> None:
        """Begins anew at zero, for a logical process inside this one."""
        self._value.set(0)
        self._created = time.time()

    def count_exceptions(self, exception: _Exceptions = Exception) -> ExceptionCounter:
        """Return a context manager and decorator that counts exceptions.

        Those of other classes are not counted; all of them go on.
        """
        self._raise_if_not_observable()
        return ExceptionCounter(self, exception)

    def _child_samples(self) -> Iterable[Sample]:
        total = Sample("_total", {}, self._value.get(), None, self._value.get_exemplar())
        if _use_created:
            return total, Sample("_created", {}, self._created)
        return (total,)


@with_native_methods
class Gauge(MetricWrapperBase):
    """Shows a value that goes up and down.

    `multiprocess_mode` says what several processes make of theirs: one series
    for each (`all`), or the least, the largest, the sum, or the one that was set
    last. The modes with `live` leave out processes that `mark_process_dead` named.
    """

    _type = "gauge"
    _MULTIPROC_MODES: ClassVar[frozenset[str]] = frozenset(_Mode.__args__)  # type: ignore[attr-defined]
    _MOST_RECENT_MODES: ClassVar[frozenset[str]] = frozenset(("mostrecent", "livemostrecent"))

    def __init__(
        self,
        name: str,
        documentation: str,
        labelnames: Iterable[str] = (),
        namespace: str = "",
        subsystem: str = "",
        unit: str = "",
        registry: CollectorRegistry | None = REGISTRY,
        _labelvalues: Sequence[str] | None = None,
        multiprocess_mode: _Mode = "all",
    ) -> None:
        """Make the gauge; raises `ValueError` for a mode that is none."""
        self._multiprocess_mode = multiprocess_mode
        if multiprocess_mode not in self._MULTIPROC_MODES:
            raise ValueError("Invalid multiprocess mode: " + multiprocess_mode)
        self._is_most_recent = multiprocess_mode in self._MOST_RECENT_MODES
        super().__init__(
            name=name,
            documentation=documentation,
            labelnames=labelnames,
            namespace=namespace,
            subsystem=subsystem,
            unit=unit,
            registry=registry,
            _labelvalues=_labelvalues,
        )
        self._kwargs["multiprocess_mode"] = multiprocess_mode

    def _metric_init(self) -> None:
        self._value = self._new_value("", multiprocess_mode=self._multiprocess_mode)

    def inc(self, amount: float = 1) -> None:
        """Add the amount; raises `RuntimeError` in the modes that keep the last value."""
        self._raise_if_most_recent("inc")
        self._raise_if_not_observable()
        self._value.inc(amount)

    def dec(self, amount: float = 1) -> None:
        """Take the amount away; raises `RuntimeError` as `inc` does."""
        self._raise_if_most_recent("dec")
        self._raise_if_not_observable()
        self._value.inc(-amount)

    def _raise_if_most_recent(self, method: str) -> None:
        if self._is_most_recent:
            raise RuntimeError(f"{method} must not be used with the mostrecent mode")

    def set(self, value: float) -> None:
        """Set the value to what `float()` makes of it."""
        self._raise_if_not_observable()
        if self._is_most_recent:
            self._value.set(float(value), timestamp=time.time())
        else:
            self._value.set(float(value))

    def set_to_current_time(self) -> None:
        """Set the value to the seconds since the Unix epoch."""
        self.set(time.time())

    def track_inprogress(self) -> InprogressTracker:
        """Return a context manager and decorator that shows how often it runs now."""
        self._raise_if_not_observable()
        return InprogressTracker(self)

    def time(self) -> Timer:
        """Return a context manager and decorator that sets the seconds it took."""
        return Timer(self, "set")

    def set_function(self, f: Callable[[], float]) -> None:
        """Show what `f` returns, for each page, from the thread that asks for it.

        What is set or added by other methods is not shown from then on.
        """
        self._raise_if_not_observable()

        def samples(_: Gauge) -> Iterable[Sample]:
            return (Sample("", {}, float(f())),)

        self._is_computed = True
        self._child_samples = types.MethodType(samples, self)  # type: ignore[method-assign]

    def _child_samples(self) -> Iterable[Sample]:
        return (Sample("", {}, self._value.get()),)


class _Distribution(MetricWrapperBase):
    """A sum and counts, in cells side by side unless the value class is another."""

    def _use_cells(self, bounds: Sequence[float]) -> bool:
        """Take cells for all values at once, if they are to be in this process."""
        in_cells = values.ValueClass is values.MutexValue
        self._cells = DropinBuckets(bounds) if in_cells else None
        return in_cells


@with_native_methods
class Summary(_Distribution):
    """Counts observations, and adds up their amounts."""

    _type = "summary"
    _reserved_labelnames = ("quantile",)

    def _metric_init(self) -> None:
        if not self._use_cells(()):
            self._count = self._new_value("_count")
            self._sum = self._new_value("_sum")
        self._created = time.time()

    def observe(self, amount: float) -> None:
        """Add the amount to the sum, and count it.

        A negative amount is counted, and keeps a reader from seeing that the sum
        began anew.
        """
        self._raise_if_not_observable()
        self._count.inc(1)
        self._sum.inc(amount)

    def time(self) -> Timer:
        """Return a context manager and decorator that observes the seconds it took."""
        return Timer(self, "observe")

    def _child_samples(self) -> Iterable[Sample]:
        samples = [
            Sample("_count", {}, self._count.get()),
            Sample("_sum", {}, self._sum.get()),
        ]
        if _use_created:
            samples.append(Sample("_created", {}, self._created))
        return tuple(samples)


@with_native_methods
class Histogram(_Distribution):
    """Counts observations in buckets, and adds up their amounts.

    `buckets` are upper bounds in ascending order, to which `+Inf` is added.
    """

    _type = "histogram"
    _reserved_labelnames = ("le",)
    DEFAULT_BUCKETS: ClassVar[Sequence[float]] = (
        0.005,
        0.01,
        0.025,
        0.05,
        0.075,
        0.1,
        0.25,
        0.5,
        0.75,
        1.0,
        2.5,
        5.0,
        7.5,
        10.0,
        INF,
    )

    def __init__(
        self,
        name: str,
        documentation: str,
        labelnames: Iterable[str] = (),
        namespace: str = "",
        subsystem: str = "",
        unit: str = "",
        registry: CollectorRegistry | None = REGISTRY,
        _labelvalues: Sequence[str] | None = None,
        buckets: Sequence[float | str] = DEFAULT_BUCKETS,
    ) -> None:
        """Make the histogram; raises `ValueError` for buckets that are none."""
        self._prepare_buckets(buckets)
        super().__init__(
            name=name,
            documentation=documentation,
            labelnames=labelnames,
            namespace=namespace,
            subsystem=subsystem,
            unit=unit,
            registry=registry,
            _labelvalues=_labelvalues,
        )
        self._kwargs["buckets"] = buckets

    def _prepare_buckets(self, source_buckets: Iterable[float | str]) -> None:
        buckets = [float(bound) for bound in source_buckets]
        if buckets != sorted(buckets):
            # Sorting them would hide that one of them is not what was meant.
            raise ValueError("Buckets not in sorted order")
        if buckets and buckets[-1] != INF:
            buckets.append(INF)
        if len(buckets) <= 1:
            raise ValueError("Must have at least two buckets")
        self._upper_bounds = buckets

    def _metric_init(self) -> None:
        self._created = time.time()
        if self._use_cells(self._upper_bounds):
            return
        self._sum = self._new_value("_sum")
        self._buckets = [
            values.ValueClass(
                self._type,
                self._name,
                self._name + "_bucket",
                (*self._labelnames, "le"),
                (*self._labelvalues, floatToGoString(bound)),
                self._documentation,
            )
            for bound in self._upper_bounds
        ]

    def observe(self, amount: float, exemplar: dict[str, str] | None = None) -> None:
        """Add the amount to the sum, and count it in its bucket.

        A negative amount is counted, and keeps a reader from seeing that the sum
        began anew. An exemplar stands in its bucket until the next one.
        """
        self._raise_if_not_observable()
        self._sum.inc(amount)
        for bucket, bound in zip(self._buckets, self._upper_bounds, strict=False):
            if amount <= bound:
                bucket.inc(1)
                if exemplar:
                    _validate_exemplar(exemplar)
                    bucket.set_exemplar(Exemplar(exemplar, amount, time.time()))
                break

    def time(self) -> Timer:
        """Return a context manager and decorator that observes the seconds it took."""
        return Timer(self, "observe")

    def _child_samples(self) -> Iterable[Sample]:
        samples = []
        count = 0.0
        for bucket, bound in zip(self._buckets, self._upper_bounds, strict=False):
            count += bucket.get()
            labels = {"le": floatToGoString(bound)}
            samples.append(Sample("_bucket", labels, count, None, bucket.get_exemplar()))
        samples.append(Sample("_count", {}, count))
        if self._upper_bounds[0] >= 0:
            samples.append(Sample("_sum", {}, self._sum.get()))
        if _use_created:
            samples.append(Sample("_created", {}, self._created))
        return tuple(samples)


@with_native_methods
class Info(MetricWrapperBase):
    """Shows facts about a thing as labels. Not for multi-process mode."""

    _type = "info"

    def _metric_init(self) -> None:
        self._labelname_set = set(self._labelnames)
        self._lock = Lock()
        self._value: dict[str, str] = {}

    def info(self, val: Mapping[str, str]) -> None:
        """Show these facts in the place of the last ones.

        Raises `ValueError` for a value that is None, and for a fact with the name
        of a label.
        """
        if self._labelname_set.intersection(val.keys()):
            raise ValueError(
                f"Overlapping labels for Info metric, metric: {self._labelnames} child: {val}"
            )
        if any(value is None for value in val.values()):
            raise ValueError("Label value cannot be None")
        with self._lock:
            self._value = dict(val)

    def _child_samples(self) -> Iterable[Sample]:
        with self._lock:
            return (Sample("_info", self._value, 1.0),)


@with_native_methods
class Enum(MetricWrapperBase):
    """Shows which of some states holds: the first at first. Not for multi-process mode."""

    _type = "stateset"

    def __init__(
        self,
        name: str,
        documentation: str,
        labelnames: Sequence[str] = (),
        namespace: str = "",
        subsystem: str = "",
        unit: str = "",
        registry: CollectorRegistry | None = REGISTRY,
        _labelvalues: Sequence[str] | None = None,
        states: Sequence[str] | None = None,
    ) -> None:
        """Make the metric; raises `ValueError` without states."""
        if name in labelnames:
            raise ValueError(f"Overlapping labels for Enum metric: {name}")
        if not states:
            raise ValueError(f"No states provided for Enum metric: {name}")
        super().__init__(
            name=name,
            documentation=documentation,
            labelnames=labelnames,
            namespace=namespace,
            subsystem=subsystem,
            unit=unit,
            registry=registry,
            _labelvalues=_labelvalues,
        )
        self._kwargs["states"] = self._states = states

    def _metric_init(self) -> None:
        self._value = 0
        self._lock = Lock()

    def state(self, state: str) -> None:
        """Says which state holds; raises `ValueError` for one that is none."""
        self._raise_if_not_observable()
        with self._lock:
            self._value = self._states.index(state)

    def _child_samples(self) -> Iterable[Sample]:
        with self._lock:
            holds = self._value
        return [
            Sample("", {self._name: state}, 1 if index == holds else 0)
            for index, state in enumerate(self._states)
        ]
