"""Writes the text format of Prometheus."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .openmetrics.escaping import (
    ALLOWUTF8,
    UNDERSCORES,
    _escape,
    _is_legacy_metric_rune,
    escape_label_name,
    escape_metric_name,
)
from .pages import Style, write_page
from .registry import REGISTRY, Collector
from .utils import floatToGoString
from .validation import _is_valid_legacy_metric_name

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .metrics_core import Metric
    from .samples import Sample

CONTENT_TYPE_PLAIN_0_0_4 = "text/plain; version=0.0.4; charset=utf-8"
"""The content type of the format that every reader knows."""
CONTENT_TYPE_PLAIN_1_0_0 = "text/plain; version=1.0.0; charset=utf-8"
"""The content type of the format with all of UTF-8 in names."""

# What OpenMetrics knows and this format does not: gauges of their own, at the end.
_APART = ("_created", "_gsum", "_gcount")

_SUFFIXES = {"counter": "_total", "info": "_info"}
_TYPES = {
    "info": "gauge",
    "stateset": "gauge",
    "gaugehistogram": "histogram",
    "unknown": "untyped",
}


def generate_latest(registry: Collector = REGISTRY, escaping: str = UNDERSCORES) -> bytes:
    """Return the page of a registry in the text format, as UTF-8.

    `escaping` is how names outside the character set of old are written. Our own
    metrics are gathered and then written without the GIL; an exception that a
    family raises carries the family as its last argument.
    """
    return write_page(registry, escaping, _STYLE, lambda metric: _family_lines(metric, escaping))


class _TextStyle(Style):
    created_apart = True
    shows_exemplars = False

    def head(self, metric: Metric, escaping: str) -> str:
        name = metric.name + _SUFFIXES.get(metric.type, "")
        return _head(name, metric, _TYPES.get(metric.type, metric.type), escaping)

    def created_head(self, metric: Metric, escaping: str) -> str:
        return _head(metric.name + "_created", metric, "gauge", escaping)

    def sample_name(self, name: str, escaping: str) -> str:
        return escape_metric_name(name, escaping)


_STYLE = _TextStyle()


def _head(name: str, metric: Metric, typ: str, escaping: str) -> str:
    escaped = escape_metric_name(name, escaping)
    help_text = metric.documentation.replace("\\", r"\\").replace("\n", r"\n")
    return f"# HELP {escaped} {help_text}\n# TYPE {escaped} {typ}\n"


def _family_lines(metric: Metric, escaping: str) -> Iterator[str]:
    yield _STYLE.head(metric, escaping)
    apart: dict[str, list[str]] = {}
    for sample in metric.samples:
        line = _sample_line(sample, escaping)
        suffix = sample.name.removeprefix(metric.name)
        if suffix in _APART and sample.name == metric.name + suffix:
            apart.setdefault(suffix, []).append(line)
        else:
            yield line
    for suffix, lines in sorted(apart.items()):
        yield _head(metric.name + suffix, metric, "gauge", escaping)
        yield from lines


def _sample_line(sample: Sample, escaping: str) -> str:
    labels = [
        f'{escape_label_name(name, escaping)}="{_escape(value, ALLOWUTF8, _is_legacy_metric_rune)}"'
        for name, value in sorted(sample.labels.items())
    ]
    name = escape_metric_name(sample.name, escaping)
    if escaping == ALLOWUTF8 and not _is_valid_legacy_metric_name(sample.name):
        series = "{" + ",".join([name, *labels]) + "}"
    elif labels:
        series = f"{name}{{{','.join(labels)}}}"
    else:
        series = name
    # In milliseconds, where OpenMetrics has seconds.
    timestamp = "" if sample.timestamp is None else f" {int(float(sample.timestamp) * 1000):d}"
    return f"{series} {floatToGoString(sample.value)}{timestamp}\n"
