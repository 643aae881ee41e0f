"""The private names that SGLang, vLLM and TensorRT-LLM reach for."""

from __future__ import annotations

import bisect
from typing import Any

import pytest

from dynamometer.prometheus import REGISTRY, CollectorRegistry, Counter, Gauge, Histogram, values
from dynamometer.prometheus.metrics_core import Metric
from dynamometer.prometheus.samples import Sample


def test_single_buckets_and_the_sum_can_be_added_to() -> None:
    registry = CollectorRegistry()
    family = Histogram("h", "help", ["l"], buckets=[1, 2, 4], registry=registry)
    histogram: Any = family.labels("x")
    values_seen = [0.5, 1.5, 1.7, 8.0]
    for value in values_seen:
        histogram._buckets[bisect.bisect_left(histogram._upper_bounds, value)].inc(1)
    histogram._sum.inc(sum(values_seen))
    assert [bucket._value for bucket in histogram._buckets] == [1, 2, 0, 1]
    assert registry.get_sample_value("h_count", {"l": "x"}) == 4
    assert registry.get_sample_value("h_sum", {"l": "x"}) == sum(values_seen)
    histogram.observe(3)
    assert [bucket.get() for bucket in histogram._buckets] == [1, 2, 1, 1]
    assert histogram._buckets is histogram._buckets


def test_a_value_can_be_read_and_set() -> None:
    counter: Any = Counter("c", "help", registry=None)
    counter._value.set(5)
    counter.inc()
    assert counter._value.get() == counter._value._value == 6
    assert not values.ValueClass._multiprocess


def test_engines_unregister_by_the_names_of_what_they_find() -> None:
    registry = CollectorRegistry()
    gauge = Gauge("vllm:running", "help", ["engine"], registry=registry)
    Counter("other", "help", registry=registry)
    for collector in list(registry._collector_to_names):
        if getattr(collector, "_name", "").startswith("vllm:"):
            registry.unregister(collector)
    assert "vllm:running" not in registry._names_to_collectors
    assert registry._names_to_collectors["other_total"] is not gauge
    assert [metric.name for metric in registry.collect()] == ["other"]


def test_samples_are_read_as_prometheus_client_hands_them_out() -> None:
    registry = CollectorRegistry()
    Gauge("g", "help", ["l"], registry=registry, multiprocess_mode="mostrecent").labels("x").set(2)
    (metric,) = registry.collect()
    assert isinstance(metric, Metric)
    assert (metric.name, metric.type) == ("g", "gauge")
    assert metric.samples == [Sample("g", {"l": "x"}, 2.0)]


def test_a_gauge_that_keeps_the_last_value_refuses_to_be_added_to() -> None:
    gauge = Gauge("g", "help", registry=None, multiprocess_mode="livemostrecent")
    gauge.set(3)
    for add in (gauge.inc, gauge.dec):
        with pytest.raises(RuntimeError, match="mostrecent"):
            add(1)
    gauge.set_to_current_time()
    assert gauge._value.get() > 1e9


def test_the_registry_of_the_process_has_what_upstream_has_in_its() -> None:
    for name in ("python_info", "process_cpu_seconds_total", "python_gc_collections_total"):
        assert name in REGISTRY._names_to_collectors
