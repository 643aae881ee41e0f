"""What is measured, and what it may cost: the one place to enter a row or a goal."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Row:
    """A kind of statement, which each library writes in its own way."""

    key: str
    statement: str
    unit: str = "ns"
    at_most: float | None = None
    """What ours may cost, in the unit."""
    times_faster: float | None = None
    """How many times as long prometheus_client must take, as ours and as the drop-in."""


ROWS = (
    Row("inc", "counter.inc()", at_most=12, times_faster=25),
    Row("inc_by", "counter.inc(x)", at_most=16, times_faster=25),
    Row("set", "gauge.set(x)", at_most=16),
    Row("observe", "histogram.observe(x), bucket 4 of 15", at_most=20, times_faster=40),
    Row("observe_last", "histogram.observe(x), bucket 15 of 15", at_most=20, times_faster=40),
    Row("labels", "family.labels(a, b)", at_most=18),
    Row("labels_inc", "family.labels(a, b).inc()", at_most=35, times_faster=30),
    Row("labels_named_inc", "family.labels(m=a, s=b).inc()", at_most=45, times_faster=30),
    Row("labels_observe", "family.labels(a, b).observe(x)"),
    Row("time", "with histogram.time()", at_most=210),
    Row("observe_many", "histogram.observe_many(list), per element", at_most=4),
    Row("text", "text of 10 000 series", unit="ms", at_most=5),
)
