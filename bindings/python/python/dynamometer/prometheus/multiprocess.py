"""Adds up what several processes wrote into their files."""

from __future__ import annotations

import glob
import json
import os
from collections import defaultdict
from typing import TYPE_CHECKING, Any, TypeAlias

from .metrics import Gauge
from .metrics_core import Metric
from .mmap_dict import MmapedDict
from .samples import Sample
from .utils import floatToGoString
from .values import adopt_former_variable, directory

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from .registry import CollectorRegistry

_Labels: TypeAlias = tuple[tuple[str, str], ...]
_Key: TypeAlias = tuple[str, _Labels]

_LIVE_GAUGE_MULTIPROCESS_MODES = {
    mode for mode in Gauge._MULTIPROC_MODES if mode.startswith("live")
}


class MultiProcessCollector:
    """Collects the files of a directory, those of processes that ended included."""

    def __init__(
        self, registry: CollectorRegistry | None, path: str | os.PathLike[str] | None = None
    ) -> None:
        """Take a directory: by default the one of `PROMETHEUS_MULTIPROC_DIR`.

        Raises `ValueError` where there is no such directory.
        """
        if path is None:
            adopt_former_variable()
            path = os.environ.get("PROMETHEUS_MULTIPROC_DIR")
        if not path or not os.path.isdir(path):
            raise ValueError("env PROMETHEUS_MULTIPROC_DIR is not set or not a directory")
        self._path = path
        if registry:
            registry.register(self)

    @staticmethod
    def merge(files: Iterable[str], accumulate: bool = True) -> Iterable[Metric]:
        """Return the families of these files.

        Buckets count everything up to their bound. With `accumulate=False` they
        stay as they lie in the files, to be written back, and have no count.
        """
        metrics = MultiProcessCollector._read_metrics(files)
        return MultiProcessCollector._accumulate_metrics(metrics, accumulate)

    @staticmethod
    def _read_metrics(files: Iterable[str]) -> dict[str, Any]:
        """Return families by name, with a sample for each entry of each file.

        The labels of these samples are sorted pairs, as keys of what they add up to.
        """
        metrics: dict[str, Any] = {}
        known: dict[str, tuple[str, str, _Labels, str]] = {}
        for file in files:
            typ, *rest = os.path.basename(file).split("_")
            for key, value, timestamp in _entries(file, typ, rest):
                if key not in known:
                    metric_name, name, labels, help_text = json.loads(key)
                    known[key] = metric_name, name, tuple(sorted(labels.items())), help_text
                metric_name, name, pairs, help_text = known[key]
                if metric_name not in metrics:
                    metrics[metric_name] = Metric(metric_name, help_text, typ)
                metric = metrics[metric_name]
                if typ == "gauge":
                    metric._multiprocess_mode = rest[0]
                    process = rest[1].removesuffix(".db")
                    metric.add_sample(name, (*pairs, ("pid", process)), value, timestamp)
                else:
                    metric.add_sample(name, pairs, value)
        return metrics

    @staticmethod
    def _accumulate_metrics(metrics: dict[str, Any], accumulate: bool) -> Iterable[Metric]:
        for metric in metrics.values():
            if metric.type == "gauge":
                totals = _gauge_totals(metric.samples, metric._multiprocess_mode)
            elif metric.type == "histogram":
                totals = _histogram_totals(metric.name, metric.samples, accumulate)
            else:
                totals = _sums(metric.samples)
            metric.samples = [
                Sample(name, dict(labels), value) for (name, labels), value in totals.items()
            ]
        return metrics.values()

    def collect(self) -> Iterable[Metric]:
        """Return the families of all files as they are now."""
        return self.merge(glob.glob(os.path.join(self._path, "*.db")), accumulate=True)


def _entries(file: str, typ: str, rest: list[str]) -> Iterator[tuple[str, float, float]]:
    try:
        entries = MmapedDict.read_all_values_from_file(file)
    except FileNotFoundError:
        # `mark_process_dead` may remove it between the listing and here.
        if typ == "gauge" and rest[0].startswith("live"):
            return
        raise
    for key, value, timestamp, _ in entries:
        yield key, value, timestamp


def _sums(samples: Iterable[Any]) -> dict[_Key, float]:
    totals: dict[_Key, float] = defaultdict(float)
    for sample in samples:
        totals[sample.name, sample.labels] += sample.value
    return totals


def _gauge_totals(samples: Iterable[Any], mode: str) -> dict[_Key, float]:
    """Make one value of those of several processes, as the mode says."""
    kind = mode.removeprefix("live")
    totals: dict[_Key, float] = {}
    set_at: dict[_Key, float] = defaultdict(float)
    for sample in samples:
        labels = sample.labels
        if kind != "all":
            labels = tuple(pair for pair in labels if pair[0] != "pid")
        key = sample.name, labels
        if kind == "mostrecent":
            # One that was never set has no time, and says nothing.
            when = float(sample.timestamp or 0)
            if set_at[key] < when:
                totals[key], set_at[key] = sample.value, when
        elif kind == "sum":
            totals[key] = totals.get(key, 0.0) + sample.value
        elif kind == "min":
            totals[key] = min(totals.get(key, sample.value), sample.value)
        elif kind == "max":
            totals[key] = max(totals.get(key, sample.value), sample.value)
        else:
            totals[key] = sample.value
    return totals


def _histogram_totals(name: str, samples: Iterable[Any], accumulate: bool) -> dict[_Key, float]:
    """Add up sums, then buckets; each series with its buckets behind its sum."""
    series: dict[_Labels, dict[_Key, float]] = defaultdict(lambda: defaultdict(float))
    buckets: dict[_Labels, dict[float, float]] = defaultdict(lambda: defaultdict(float))
    for sample in samples:
        bounds = [value for label, value in sample.labels if label == "le"]
        if bounds:
            labels = tuple(pair for pair in sample.labels if pair[0] != "le")
            buckets[labels][float(bounds[0])] += sample.value
        else:
            series[sample.labels][sample.name, sample.labels] += sample.value
    for labels, counts in buckets.items():
        count = 0.0
        for bound, value in sorted(counts.items()):
            count += value
            key = name + "_bucket", (*labels, ("le", floatToGoString(bound)))
            series[labels][key] = count if accumulate else value
        if accumulate:
            series[labels][name + "_count", labels] = count
    return {key: value for totals in series.values() for key, value in totals.items()}


def mark_process_dead(pid: int | str, path: str | os.PathLike[str] | None = None) -> None:
    """Remove what the `live` modes keep of a process that ended.

    Counters, and gauges of other modes, keep what it recorded.
    """
    if path is None:
        path = directory() or ""
    for mode in _LIVE_GAUGE_MULTIPROCESS_MODES:
        for file in glob.glob(os.path.join(path, f"gauge_{mode}_{pid}.db")):
            os.remove(file)
