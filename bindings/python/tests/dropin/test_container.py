"""The drop-in's registry on the page of a container."""

from __future__ import annotations

import pytest

import dynamometer
from dynamometer.prometheus import CollectorRegistry, Counter, Gauge, Histogram


@pytest.fixture
def registry() -> CollectorRegistry:
    registry = CollectorRegistry()
    Counter("vllm:requests", "Requests.", ["model"], registry=registry).labels("a").inc(3)
    Histogram("vllm:latency", "Latency.", buckets=[1, 2], registry=registry).observe(1.5)
    Gauge("ignored", "Ignored.", registry=registry).set(1)
    return registry


def test_metrics_of_the_drop_in_are_on_a_containers_page(registry: CollectorRegistry) -> None:
    container = dynamometer.Container("engine")
    container.counter("own_total", help="Own.").inc(5)
    source = dynamometer.attach_prometheus_client(
        registry, name_filter=["vllm:"], labels={"rank": "0"}, container=container, timeout=60.0
    )
    try:
        page = container.export().decode()
    finally:
        source.detach()
    assert 'vllm:requests_total{model="a",rank="0"} 3' in page
    assert 'vllm:latency_bucket{rank="0",le="2"} 1' in page.replace("2.0", "2")
    assert "own_total 5" in page
    assert "ignored" not in page
