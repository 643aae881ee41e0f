"""What a child of `fork` has: the parent's values, and cells of its own."""

from __future__ import annotations

import multiprocessing
import os
from typing import Any

import pytest

from dynamometer.prometheus import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")


def in_child(target: Any) -> Any:
    """Return what `target` returns in a child that was forked now."""
    context = multiprocessing.get_context("fork")
    receiver, sender = context.Pipe(duplex=False)
    child = context.Process(target=lambda: sender.send(target()))
    child.start()
    sender.close()
    result = receiver.recv()
    child.join()
    assert child.exitcode == 0
    return result


@pytest.fixture
def registry() -> CollectorRegistry:
    registry = CollectorRegistry()
    Counter("c", "help", ["l"], registry=registry).labels("x").inc(3)
    Gauge("g", "help", registry=registry).set(4)
    Histogram("h", "help", registry=registry).observe(0.3)
    return registry


def test_a_child_keeps_the_values_of_its_parent(registry: CollectorRegistry) -> None:
    assert in_child(lambda: generate_latest(registry)) == generate_latest(registry)


def test_a_child_records_for_itself(registry: CollectorRegistry) -> None:
    counter: Any = registry._names_to_collectors["c"]
    histogram: Any = registry._names_to_collectors["h"]

    def record() -> Any:
        counter.labels("x").inc(10)
        counter.labels("new").inc()
        histogram.observe(0.3)
        return (
            registry.get_sample_value("c_total", {"l": "x"}),
            registry.get_sample_value("c_total", {"l": "new"}),
            registry.get_sample_value("h_count"),
        )

    assert in_child(record) == (13, 1, 2)
    assert registry.get_sample_value("c_total", {"l": "x"}) == 3
    assert registry.get_sample_value("c_total", {"l": "new"}) is None
    assert registry.get_sample_value("h_count") == 1


def test_a_grandchild_keeps_them_too(registry: CollectorRegistry) -> None:
    def record() -> Any:
        registry._names_to_collectors["g"].inc()  # type: ignore[attr-defined]
        return in_child(lambda: registry.get_sample_value("g"))

    assert in_child(record) == 5
