"""Tables of metrics in HTML, for notebooks."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from dynamometer.values import ExponentialValue, HistogramValue

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dynamometer._native import Container, Family

MOST_ROWS = 100
"""Rows of a table; those beyond are counted in a last one."""


def container_html(container: Container) -> str:
    """Return all families of a container in one table, a row for each series."""
    rows: list[tuple[str, ...]] = [
        (name, family["kind"], _labels(series["labels"]), _value(series["value"]))
        for name, family in container.snapshot().items()
        for series in family["series"]
    ]
    return _table(("metric", "kind", "labels", "value"), rows)


def family_html(family: Family[object]) -> str:
    """Return the series of a family, a row for each, and a column for each label."""
    names = family.label_names
    rows = []
    for series in family:
        labels: dict[str, str] = getattr(series, "labels", {})
        value = getattr(series, "value", getattr(series, "enabled", ""))
        rows.append((*(labels.get(name, "") for name in names), _value(value)))
    return _table((*names, family.name), rows)


def _labels(labels: dict[str, str]) -> str:
    return ", ".join(f"{name}={value}" for name, value in labels.items())


def _value(value: object) -> str:
    match value:
        case HistogramValue() | ExponentialValue():
            mean = f", mean {value.sum / value.count:g}" if value.count else ""
            return f"{value.count} observed{mean}"
        case float():
            return f"{value:g}"
        case _:
            return str(value)


def _table(header: Iterable[str], rows: list[tuple[str, ...]]) -> str:
    head = "".join(f"<th>{escape(cell)}</th>" for cell in header)
    body = "".join(_row(cells) for cells in rows[:MOST_ROWS])
    if len(rows) > MOST_ROWS:
        body += _row((f"{len(rows) - MOST_ROWS} more",))
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def _row(cells: Iterable[str]) -> str:
    return "<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in cells) + "</tr>"
