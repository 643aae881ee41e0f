"""Collectors under the names of the series that they make."""

from __future__ import annotations

from threading import Lock
from typing import TYPE_CHECKING, Protocol

from .metrics_core import Metric

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

_SUFFIXES = {
    "counter": ("_total", "_created"),
    "summary": ("_sum", "_count", "_created"),
    "histogram": ("_bucket", "_sum", "_count", "_created"),
    "gaugehistogram": ("_bucket", "_gsum", "_gcount"),
    "info": ("_info",),
}


class Collector(Protocol):
    """Whatever hands out families.

    `collect` is called for each page, from the thread that asks for it. With a
    `describe` that hands out families without samples, it is not called to learn
    the names.
    """

    def collect(self) -> Iterable[Metric]:
        """Return the families as they are now."""


class _EmptyCollector:
    """Holds a name and hands out nothing."""

    def collect(self) -> Iterable[Metric]:
        return []


class DuplicateTimeseries(ValueError):
    """Two collectors make a series of the same name."""

    def __init__(self, duplicates: Collection[str]) -> None:
        """Take the names that both make."""
        super().__init__(f"Duplicated timeseries in CollectorRegistry: {duplicates}")
        self.duplicates = duplicates


class CollectorRegistry:
    """Collectors whose families are shown on one page.

    No two of them make a series of the same name. With `auto_describe`, one
    without `describe` is collected once to learn its names.
    """

    def __init__(
        self,
        auto_describe: bool = False,
        target_info: dict[str, str] | None = None,
        support_collectors_without_names: bool = False,
    ) -> None:
        """Begins without collectors.

        With `support_collectors_without_names`, a page of some names shows those
        of collectors that do not say which they make.
        """
        self._collector_to_names: dict[Collector, list[str]] = {}
        self._names_to_collectors: dict[str, Collector] = {}
        self._auto_describe = auto_describe
        self._lock = Lock()
        self._target_info: dict[str, str] | None = {}
        self._support_collectors_without_names = support_collectors_without_names
        self._collectors_without_names: list[Collector] = []
        self.set_target_info(target_info)

    def register(self, collector: Collector) -> None:
        """Add a collector.

        Raises `DuplicateTimeseries` where another makes a series of the same
        name; nothing is added then.
        """
        with self._lock:
            names = self._get_names(collector)
            duplicates = self._names_to_collectors.keys() & names
            if duplicates:
                raise DuplicateTimeseries(duplicates)
            self._names_to_collectors.update(dict.fromkeys(names, collector))
            self._collector_to_names[collector] = names
            if self._support_collectors_without_names and not names:
                self._collectors_without_names.append(collector)

    def unregister(self, collector: Collector) -> None:
        """Take a collector out; raises `KeyError` where it is not in."""
        with self._lock:
            for name in self._collector_to_names[collector]:
                del self._names_to_collectors[name]
            del self._collector_to_names[collector]
            if collector in self._collectors_without_names:
                self._collectors_without_names.remove(collector)

    def _get_names(self, collector: Collector) -> list[str]:
        """Return the names that clash: the family's, and with each suffix."""
        describe = getattr(collector, "describe", None)
        if not describe and self._auto_describe:
            describe = collector.collect
        if not describe:
            return []
        return [
            metric.name + suffix
            for metric in describe()
            for suffix in ("", *_SUFFIXES.get(metric.type, ()))
        ]

    def collect(self) -> Iterable[Metric]:
        """Yield the families of all collectors, in the order of registration."""
        target, collectors = self._to_collect()
        if target:
            yield target
        for collector in collectors:
            yield from collector.collect()

    def _to_collect(self) -> tuple[Metric | None, list[Collector]]:
        with self._lock:
            target = self._target_info_metric() if self._target_info else None
            return target, list(self._collector_to_names)

    def restricted_registry(self, names: Iterable[str]) -> RestrictedRegistry:
        """Return what collects only the samples of these names."""
        return RestrictedRegistry(names, self)

    def set_target_info(self, labels: dict[str, str] | None) -> None:
        """Set what `target_info` says of this process; nothing takes it away.

        Raises `ValueError` where a collector makes a series of that name.
        """
        with self._lock:
            if labels:
                if not self._target_info and "target_info" in self._names_to_collectors:
                    raise ValueError("CollectorRegistry already contains a target_info metric")
                self._names_to_collectors["target_info"] = _EmptyCollector()
            elif self._target_info:
                self._names_to_collectors.pop("target_info", None)
            self._target_info = labels

    def get_target_info(self) -> dict[str, str] | None:
        """Return what `target_info` says of this process."""
        with self._lock:
            return self._target_info

    def _target_info_metric(self) -> Metric:
        metric = Metric("target", "Target metadata", "info")
        metric.add_sample("target_info", self._target_info or {}, 1)
        return metric

    def get_sample_value(self, name: str, labels: dict[str, str] | None = None) -> float | None:
        """Return the value of a sample, or None where there is no such one.

        Collects everything: for tests.
        """
        wanted = labels or {}
        for metric in self.collect():
            for sample in metric.samples:
                if sample.name == name and sample.labels == wanted:
                    return sample.value
        return None


class RestrictedRegistry:
    """A registry as far as some names go."""

    def __init__(self, names: Iterable[str], registry: CollectorRegistry) -> None:
        """Take the names of the samples to show."""
        self._name_set = set(names)
        self._registry = registry

    def collect(self) -> Iterable[Metric]:
        """Yield the families with a sample of these names, with those samples.

        Only the collectors that make one of the names are asked, and those that
        do not say which they make.
        """
        registry = self._registry
        target = None
        collectors = dict.fromkeys(registry._collectors_without_names)
        with registry._lock:
            if "target_info" in self._name_set and registry._target_info:
                target = registry._target_info_metric()
            for name in sorted(self._name_set - {"target_info"}):
                if name in registry._names_to_collectors:
                    collectors[registry._names_to_collectors[name]] = None
        if target:
            yield target
        for collector in collectors:
            for metric in collector.collect():
                restricted = metric._restricted_metric(self._name_set)
                if restricted:
                    yield restricted


REGISTRY = CollectorRegistry(auto_describe=True)
"""The registry of the process, which everything registers with by default."""
