"""prometheus_client's own tests, and libraries that are built on it."""

from __future__ import annotations

import subprocess
import sys
import textwrap

import pytest

from .run import run


def test_upstreams_tests_do_what_is_expected_of_them() -> None:
    outcome = run()
    assert outcome.surprises() == [], outcome.output


def program(text: str) -> None:
    """Run a program in an interpreter of its own, in which the drop-in is installed."""
    header = "import dynamometer; dynamometer.install_as_prometheus_client()\n"
    done = subprocess.run(
        [sys.executable, "-c", header + textwrap.dedent(text)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


def test_the_instrumentator_of_fastapi_shows_requests() -> None:
    pytest.importorskip("fastapi")
    pytest.importorskip("httpx")
    pytest.importorskip("prometheus_fastapi_instrumentator")
    program(
        """
        from fastapi import FastAPI
        from fastapi.testclient import TestClient
        from prometheus_fastapi_instrumentator import Instrumentator
        import prometheus_client

        assert prometheus_client is dynamometer.prometheus
        app = FastAPI()

        @app.get("/items/{item}")
        def item(item: int):
            return item

        Instrumentator().instrument(app).expose(app)
        client = TestClient(app)
        for number in range(3):
            assert client.get(f"/items/{number}").status_code == 200
        page = client.get("/metrics").text
        line = 'http_requests_total{handler="/items/{item}",method="GET",status="2xx"} 3.0'
        assert line in page.splitlines(), page
        assert "http_request_duration_seconds_bucket{" in page
        """
    )


def test_the_exporter_of_opentelemetry_shows_instruments() -> None:
    pytest.importorskip("opentelemetry.exporter.prometheus")
    program(
        """
        from opentelemetry.exporter.prometheus import PrometheusMetricReader
        from opentelemetry.sdk.metrics import MeterProvider
        from prometheus_client import REGISTRY, generate_latest

        provider = MeterProvider(metric_readers=[PrometheusMetricReader()])
        meter = provider.get_meter("test")
        meter.create_counter("requests").add(3, {"code": "200"})
        meter.create_histogram("latency").record(0.25)
        page = generate_latest(REGISTRY).decode()
        assert "requests_total{" in page and 'code="200"' in page, page
        assert "latency_bucket{" in page and "latency_count" in page
        """
    )
