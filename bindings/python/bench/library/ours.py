"""Dynamometer itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

import dynamometer
from library.library import BUCKETS, LAST, MANY, SERIES, VALUE
from stopwatch import Statement

if TYPE_CHECKING:
    from collections.abc import Mapping


def statements() -> Mapping[str, Statement]:
    """Return the statement of each row."""
    container = dynamometer.Container("bench")
    labels = ["model", "stage"]
    counter = container.counter("requests_total", "Requests.")
    amount = container.float_counter("busy_seconds_total", "Time spent.")
    gauge = container.gauge("usage_ratio", "Usage.")
    histogram = container.histogram("latency_seconds", "Latency.", buckets=BUCKETS)
    counters = container.counter("tokens_total", "Tokens.", labels)
    histograms = container.histogram("wait_seconds", "Wait.", labels, buckets=BUCKETS)
    pair = {"a": "llama", "b": "decode"}
    counter_of, histogram_of = {"f": counters, **pair}, {"f": histograms, **pair}

    page = dynamometer.Container("page")
    family = page.counter("requests_total", "Requests.", labels)
    for index in range(SERIES):
        family.labels(f"model-{index // 100}", f"stage-{index % 100}").inc()

    return {
        "inc": Statement("c.inc()", {"c": counter}),
        "inc_by": Statement("c.inc(x)", {"c": amount, "x": VALUE}),
        "set": Statement("g.set(x)", {"g": gauge, "x": VALUE}),
        "observe": Statement("h.observe(x)", {"h": histogram, "x": VALUE}),
        "observe_last": Statement("h.observe(x)", {"h": histogram, "x": LAST}),
        "labels": Statement("f.labels(a, b)", counter_of),
        "labels_inc": Statement("f.labels(a, b).inc()", counter_of),
        "labels_named_inc": Statement("f.labels(model=a, stage=b).inc()", counter_of),
        "labels_observe": Statement("f.labels(a, b).observe(x)", {**histogram_of, "x": VALUE}),
        "time": Statement("with h.time(): pass", {"h": histogram}),
        "observe_many": Statement("h.observe_many(l)", {"h": histogram, "l": MANY}, len(MANY)),
        "text": Statement("c.export_prometheus()", {"c": page}),
    }
