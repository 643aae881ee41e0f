"""WSGI: under gunicorn with workers, and under the standard library's server."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any
from wsgiref.simple_server import WSGIRequestHandler, make_server

import pytest

import dynamometer
import dynamometer.wsgi
from tests.server.scrape import get

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


class _Silent(WSGIRequestHandler):
    def log_message(self, *_: object) -> None:
        """Write nothing."""


@contextmanager
def running(app: Any) -> Iterator[str]:
    """Run an application on a thread; gives its URL."""
    with make_server("127.0.0.1", 0, app, handler_class=_Silent) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            thread.join()


@pytest.fixture
def container() -> dynamometer.Container:
    return dynamometer.Container("web")


def test_the_page_is_an_application(container: dynamometer.Container) -> None:
    container.counter("requests_total").inc(3)
    with running(dynamometer.wsgi.MetricsApp(container)) as url:
        page = get(url)
        assert page.headers["content-type"].startswith("text/plain; version=0.0.4")
        assert "\nweb_requests_total 3\n" in page.text
        openmetrics = get(url, accept="application/openmetrics-text; version=1.0.0")
        assert openmetrics.text.endswith("# EOF\n")
        assert get(f"{url}?format=xml").status == 400
        assert get(url, method="HEAD").body == b""
        assert get(url, method="POST").status == 405


def test_requests_are_counted_by_the_route_that_is_said(
    container: dynamometer.Container,
) -> None:
    def app(environ: Any, start_response: Any) -> list[bytes]:
        environ["my.route"] = "/users/<user>"
        start_response("201 Created", [])
        return [b"made"]

    middleware = dynamometer.wsgi.Middleware(
        app, container=container, route_of=lambda environ: environ.get("my.route")
    )
    with running(middleware) as url:
        assert get(f"{url}/users/1").status == 201
        get(f"{url}/metrics")
    page = container.export_prometheus()
    assert 'requests_total{method="GET",route="/users/<user>",status="201"} 1\n' in page
    assert "\nweb_http_requests_in_flight 0\n" in page


def test_an_application_that_raises_answered_500(container: dynamometer.Container) -> None:
    def app(environ: Any, start_response: Any) -> list[bytes]:
        raise OSError("broken")

    middleware = dynamometer.wsgi.Middleware(app, container=container)
    environ = {"REQUEST_METHOD": "GET", "PATH_INFO": "/"}
    with pytest.raises(OSError, match="broken"):
        middleware(environ, lambda *_: None)  # type: ignore[arg-type, return-value]
    page = container.export_prometheus()
    assert 'requests_total{method="GET",route="unmatched",status="500"} 1\n' in page
    assert "\nweb_http_requests_in_flight 0\n" in page


def test_an_answer_is_closed_and_counted_at_its_end(container: dynamometer.Container) -> None:
    closed: list[bool] = []

    class Parts:
        def __iter__(self) -> Iterator[bytes]:
            yield b"a"

        def close(self) -> None:
            closed.append(True)

    def app(environ: Any, start_response: Any) -> Any:
        start_response("200 OK", [])
        return Parts()

    in_flight = container.up_down_counter("http_requests_in_flight")
    middleware = dynamometer.wsgi.Middleware(app, container=container)
    environ = {"REQUEST_METHOD": "GET", "PATH_INFO": "/"}
    answer: Any = middleware(environ, lambda *_: None)  # type: ignore[arg-type, return-value]
    assert list(answer) == [b"a"]
    assert in_flight.value == 1
    answer.close()
    assert (closed, in_flight.value) == ([True], 0)


_APP = """
import os, dynamometer, dynamometer.wsgi

container = dynamometer.Container("app")
container.gauge("preloaded_ratio").set(1)
container.counter("made_before_the_fork_total").inc(5)


def hello(environ, start_response):
    start_response("200 OK", [("x-worker", str(os.getpid()))])
    return [b"hello"]


page = dynamometer.wsgi.MetricsApp(container)
counted = dynamometer.wsgi.Middleware(hello, container=container, excluded=["/metrics"])


def app(environ, start_response):
    which = page if environ["PATH_INFO"] == "/metrics" else counted
    return which(environ, start_response)
"""


@pytest.mark.parametrize("preload", [False, True])
def test_each_worker_of_gunicorn_has_a_page_of_its_own(tmp_path: Path, preload: bool) -> None:
    pytest.importorskip("gunicorn")
    (tmp_path / "served.py").write_text(_APP)
    command = [sys.executable, "-m", "gunicorn", "served:app", "--workers", "2"]
    command += [
        "--bind",
        "127.0.0.1:0",
        "--chdir",
        str(tmp_path),
        "--worker-tmp-dir",
        str(tmp_path),
    ]
    command += ["--preload"] if preload else []
    server = subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env={**os.environ})
    assert server.stderr is not None
    try:
        line = next(line for line in server.stderr if "Listening at" in line)
        url = line.partition("Listening at: ")[2].split()[0]
        workers = set()
        while len(workers) < 2:
            workers.add(get(url).headers["x-worker"])
        page = get(f"{url}/metrics")
        assert page.status == 200
        # A worker counts from the fork on; what was set before it stays.
        assert f"app_made_before_the_fork_total {0 if preload else 5}\n" in page.text
        assert "app_preloaded_ratio 1\n" in page.text
        assert 'app_http_requests_total{method="GET"' in page.text
    finally:
        server.send_signal(signal.SIGTERM)
        server.communicate(timeout=60)
    assert server.returncode == 0
