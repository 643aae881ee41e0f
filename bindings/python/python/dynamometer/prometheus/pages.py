"""Whole pages, with our own metrics written natively.

A page is a row of families, and none of them depends on another. So what hands
out families of its own is written in Python, and what is made of our cells is
gathered and then written without the GIL.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

from dynamometer._native import DropinPage

from . import metrics
from .metrics import Counter, Gauge, Histogram, MetricWrapperBase, Summary
from .openmetrics.escaping import ALLOWUTF8, escape_label_name
from .registry import Collector, CollectorRegistry
from .utils import floatToGoString
from .validation import _is_valid_legacy_metric_name

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from .metrics_core import Metric

# In place of a cell: when the series began, and what all buckets so far hold.
_CREATED = -1
_COUNT = -2

# The suffix of a sample, its `le`, and the cell of its value.
_Line: TypeAlias = tuple[str, str | None, int]

_DRAWN = ("collect", "_samples", "_multi_samples", "_child_samples", "_get_metric")


class Style:
    """What a text format does with a family of our own."""

    created_apart: bool
    shows_exemplars: bool

    def head(self, metric: Metric, escaping: str) -> str:
        """Return the comments in front of the samples."""
        raise NotImplementedError

    def created_head(self, metric: Metric, escaping: str) -> str:
        """Return the comments in front of when each series began."""
        raise NotImplementedError

    def sample_name(self, name: str, escaping: str) -> str:
        """Return the name of a sample."""
        raise NotImplementedError


def write_page(
    registry: Collector,
    escaping: str,
    style: Style,
    write_family: Callable[[Metric], Iterable[str]],
) -> bytes:
    """Return the page of a registry.

    `write_family` writes what is not made of our cells. Exceptions of a collector
    go on; those of a family carry it as their last argument.
    """
    page = DropinPage()
    if type(registry) is CollectorRegistry:
        target, collectors = registry._to_collect()
        families: Iterable[Metric] = [target] if target else ()
    else:
        collectors, families = [], registry.collect()
    _write_families(page, families, write_family)
    for collector in collectors:
        if not _write_natively(page, collector, escaping, style):
            _write_families(page, collector.collect(), write_family)
    return page.finish()


def _write_families(
    page: DropinPage, families: Iterable[Metric], write_family: Callable[[Metric], Iterable[str]]
) -> None:
    for metric in families:
        try:
            text = "".join(write_family(metric))
        except Exception as exception:
            exception.args = (*(exception.args or ("",)), metric)
            raise
        page.text(text.encode("utf-8"))


def _write_natively(page: DropinPage, collector: Collector, escaping: str, style: Style) -> bool:
    """Add the family of one of our metrics; False where it is to be collected."""
    if not isinstance(collector, MetricWrapperBase):
        return False
    lines = _lines(collector)
    names = collector._labelnames
    if (
        not lines
        or len(set(names)) < len(names)
        or not isinstance(collector._documentation, str)
        or (escaping == ALLOWUTF8 and not _is_valid_legacy_metric_name(collector._name))
    ):
        return False
    family = collector._get_metric()
    parent = collector._is_parent()
    labels = sorted((name, index) for index, name in enumerate(names)) if parent else []
    created = None
    if metrics._use_created and not isinstance(collector, Gauge):
        name = style.sample_name(collector._name + "_created", escaping)
        if style.created_apart:
            created = (_bytes(style.created_head(family, escaping)), _bytes(name))
        else:
            lines = [*lines, ("_created", None, _CREATED)]
    layout = (
        _bytes(style.head(family, escaping)),
        [
            (
                _bytes(style.sample_name(collector._name + suffix, escaping)),
                None if bound is None else _bytes(bound),
                cell,
            )
            for suffix, bound, cell in lines
        ],
        [(index, _bytes(f'{escape_label_name(name, escaping)}="')) for name, index in labels],
        sum(name < "le" for name, _ in labels),
        created,
        style.shows_exemplars,
    )
    return page.family(collector, layout)


def _bytes(text: str) -> bytes:
    return text.encode("utf-8")


def _lines(metric: MetricWrapperBase) -> list[_Line]:
    """Return the lines of each series; none where a class of its own draws them."""
    kind: type[MetricWrapperBase]
    for kind in (Counter, Gauge, Histogram, Summary):
        if isinstance(metric, kind) and _draws_as(type(metric), kind):
            return _LINES[kind](metric)
    return []


def _draws_as(cls: type[Any], kind: type[Any]) -> bool:
    return all(getattr(cls, name) is _OURS[kind, name] for name in _DRAWN)


_OURS = {
    (kind, name): getattr(kind, name)
    for kind in (Counter, Gauge, Histogram, Summary)
    for name in _DRAWN
}


def _histogram_lines(histogram: Any) -> list[_Line]:
    bounds = histogram._upper_bounds
    lines: list[_Line] = [
        ("_bucket", floatToGoString(bound), index) for index, bound in enumerate(bounds, 1)
    ]
    lines.append(("_count", None, _COUNT))
    if bounds[0] >= 0:
        lines.append(("_sum", None, 0))
    return lines


_LINES: dict[type[Any], Callable[[Any], list[_Line]]] = {
    Counter: lambda _: [("_total", None, 0)],
    Gauge: lambda _: [("", None, 0)],
    Histogram: _histogram_lines,
    Summary: lambda _: [("_count", None, 1), ("_sum", None, 0)],
}
