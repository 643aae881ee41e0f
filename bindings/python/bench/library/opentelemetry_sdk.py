"""The SDK of OpenTelemetry, with a reader in memory."""

from __future__ import annotations

from typing import TYPE_CHECKING

from opentelemetry.sdk.metrics import MeterProvider
from opentelemetry.sdk.metrics.export import InMemoryMetricReader

from library.library import BUCKETS, LAST, MANY, VALUE
from stopwatch import Statement

if TYPE_CHECKING:
    from collections.abc import Mapping


def statements() -> Mapping[str, Statement]:
    """Return the statement of each row that it has."""
    provider = MeterProvider([InMemoryMetricReader()], shutdown_on_exit=False)
    meter = provider.get_meter("bench")
    counter = meter.create_counter("requests")
    gauge = meter.create_gauge("usage")
    histogram = meter.create_histogram("latency", explicit_bucket_boundaries_advisory=BUCKETS)
    attributes = {"model": "llama", "stage": "decode"}
    counter_of, histogram_of = {"c": counter, "a": attributes}, {"h": histogram, "a": attributes}
    return {
        "inc": Statement("c.add(1)", {"c": counter}),
        "inc_by": Statement("c.add(x)", {"c": counter, "x": VALUE}),
        "set": Statement("g.set(x)", {"g": gauge, "x": VALUE}),
        "observe": Statement("h.record(x)", {"h": histogram, "x": VALUE}),
        "observe_last": Statement("h.record(x)", {"h": histogram, "x": LAST}),
        "labels_inc": Statement("c.add(1, a)", counter_of),
        "labels_named_inc": Statement("c.add(1, a)", counter_of),
        "labels_observe": Statement("h.record(x, a)", {**histogram_of, "x": VALUE}),
        "observe_many": Statement("for x in l: h.record(x)", {"h": histogram, "l": MANY}, 100),
    }
