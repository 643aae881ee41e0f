"""The statements of prometheus_client, and of whatever is used as it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from library.library import BUCKETS, LAST, MANY, SERIES, VALUE
from stopwatch import Statement

if TYPE_CHECKING:
    from collections.abc import Mapping


def statements(prometheus: Any) -> Mapping[str, Statement]:
    """Return the statement of each row, for a module like prometheus_client."""
    registry = prometheus.CollectorRegistry()
    labels = ["model", "stage"]
    counter = prometheus.Counter("requests_total", "Requests.", registry=registry)
    gauge = prometheus.Gauge("usage_ratio", "Usage.", registry=registry)
    kind = {"registry": registry, "buckets": BUCKETS}
    histogram = prometheus.Histogram("latency_seconds", "Latency.", **kind)
    counters = prometheus.Counter("tokens_total", "Tokens.", labels, registry=registry)
    histograms = prometheus.Histogram("wait_seconds", "Wait.", labels, **kind)
    pair = {"a": "llama", "b": "decode"}
    counter_of, histogram_of = {"f": counters, **pair}, {"f": histograms, **pair}

    page = prometheus.CollectorRegistry()
    family = prometheus.Counter("requests_total", "Requests.", labels, registry=page)
    for index in range(SERIES):
        family.labels(f"model-{index // 100}", f"stage-{index % 100}").inc()

    text = {"text": prometheus.generate_latest, "r": page}
    each = {"h": histogram, "l": MANY}
    return {
        "inc": Statement("c.inc()", {"c": counter}),
        "inc_by": Statement("c.inc(x)", {"c": counter, "x": VALUE}),
        "set": Statement("g.set(x)", {"g": gauge, "x": VALUE}),
        "observe": Statement("h.observe(x)", {"h": histogram, "x": VALUE}),
        "observe_last": Statement("h.observe(x)", {"h": histogram, "x": LAST}),
        "labels": Statement("f.labels(a, b)", counter_of),
        "labels_inc": Statement("f.labels(a, b).inc()", counter_of),
        "labels_named_inc": Statement("f.labels(model=a, stage=b).inc()", counter_of),
        "labels_observe": Statement("f.labels(a, b).observe(x)", {**histogram_of, "x": VALUE}),
        "time": Statement("with h.time(): pass", {"h": histogram}),
        "observe_many": Statement("for x in l: h.observe(x)", each, len(MANY)),
        "text": Statement("text(r)", text),
    }
