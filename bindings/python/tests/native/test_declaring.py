"""Metrics declared as attributes of a class."""

from __future__ import annotations

import pytest

import dynamometer
from dynamometer import Counter, Family, Gauge, Histogram, Metrics, counter, gauge, histogram


class Pool(Metrics):
    size: Gauge = gauge("size", "Connections.")


class Http(Metrics):
    requests: Family[Counter] = counter("requests_total", "Requests.", labels=["route"])
    latency: Histogram = histogram("latency", "Time to answer.", unit="seconds", buckets=[1, 2])
    state: dynamometer.StateSet = dynamometer.state_set("state", ["up", "down"])
    pool: Pool = dynamometer.nested(Pool, prefix="pool", labels={"kind": "tcp"})
    route_count = 5


class Https(Http):
    handshakes: Counter = counter("handshakes_total")
    latency: Histogram = histogram("latency", unit="seconds", buckets=[5])


def test_every_attribute_is_registered_when_an_object_is_made():
    container = dynamometer.Container("app")
    http = Http(container, prefix="http", labels={"port": 80})
    http.requests.labels("/chat").inc()
    http.latency.observe(1.5)
    http.state.set_only("up")
    http.pool.size.set(3)
    page = container.export_prometheus()
    assert 'app_http_requests_total{port="80",route="/chat"} 1\n' in page
    assert 'app_http_latency_seconds_bucket{port="80",le="2.0"} 1\n' in page
    assert 'app_http_pool_size{kind="tcp",port="80"} 3\n' in page
    assert http.route_count == 5
    assert repr(http) == "<Http requests, latency, state, pool>"


def test_a_class_adds_to_its_bases_and_overrides_them():
    container = dynamometer.Container("app")
    https = Https(container)
    https.handshakes.inc()
    assert [bound for bound, _ in https.latency.value.buckets] == [5.0, float("inf")]
    assert set(vars(https)) == {"requests", "latency", "state", "pool", "handshakes"}


def test_two_objects_in_two_scopes_are_apart():
    container = dynamometer.Container("app")
    one, other = (Pool(container, labels={"pool": name}) for name in "ab")
    one.size.set(1)
    assert other.size.value == 0


def test_without_a_container_the_process_has_them():
    pool = Pool(prefix="test_without_a_container")
    pool.size.set(2)
    assert pool.size.name in dynamometer.container().snapshot()


def test_before_there_is_an_object_there_is_no_metric():
    with pytest.raises(AttributeError):
        _ = Http.requests


def test_a_mistake_is_raised_when_an_object_is_made():
    class Wrong(Metrics):
        bad: Counter = counter("@@")

    with pytest.raises(dynamometer.DynamometerError):
        Wrong(dynamometer.Container("app"))
