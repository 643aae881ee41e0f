"""ASGI: under uvicorn, and below FastAPI."""

from __future__ import annotations

import asyncio
import re
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import pytest

import dynamometer
import dynamometer.asgi
import dynamometer.fastapi
from tests.server.scrape import get

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator

uvicorn = pytest.importorskip("uvicorn")
fastapi = pytest.importorskip("fastapi")


@contextmanager
def running(app: Any) -> Iterator[str]:
    """Run an application under uvicorn, on a thread; gives its URL."""
    server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=0, log_level="error"))
    listens = threading.Event()
    startup = server.startup

    async def notify(*args: Any, **kwargs: Any) -> None:
        await startup(*args, **kwargs)
        listens.set()

    server.startup = notify
    thread = threading.Thread(target=server.run)
    thread.start()
    assert listens.wait(60)
    port = server.servers[0].sockets[0].getsockname()[1]
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        thread.join()


@pytest.fixture
def container() -> dynamometer.Container:
    return dynamometer.Container("web")


def test_the_page_is_an_application(container: dynamometer.Container) -> None:
    container.counter("requests_total").inc(3)
    with running(dynamometer.asgi.MetricsApp(container)) as url:
        page = get(url)
        assert page.headers["content-type"].startswith("text/plain; version=0.0.4")
        assert "\nweb_requests_total 3\n" in page.text
        openmetrics = get(url, accept="application/openmetrics-text; version=1.0.0")
        assert openmetrics.text.endswith("# EOF\n")
        assert get(f"{url}?format=json").headers["content-type"] == "application/json"
        assert get(f"{url}?format=xml").status == 400
        one = get(f"{url}?name[]=web_requests_total").text
        assert one.count("# TYPE") == 1


def test_a_head_has_no_body_and_a_post_is_refused(container: dynamometer.Container) -> None:
    with running(dynamometer.asgi.MetricsApp(container)) as url:
        head = get(url, method="HEAD")
        assert (head.status, head.body) == (200, b"")
        assert int(head.headers["content-length"]) > 0
        post = get(url, method="POST")
        assert (post.status, post.headers["allow"]) == (405, "GET, HEAD")


@pytest.fixture
def app(container: dynamometer.Container) -> Any:
    app = fastapi.FastAPI()
    inner = fastapi.FastAPI()

    @app.get("/users/{user}")
    def user(user: int) -> dict[str, int]:
        return {"user": user}

    @app.get("/fails")
    def fails() -> None:
        raise OSError("broken")

    @app.get("/stream")
    def stream() -> Any:
        async def parts() -> AsyncIterator[bytes]:
            for _ in range(3):
                yield b"part"
                await asyncio.sleep(0)

        return fastapi.responses.StreamingResponse(parts())

    @app.get("/health")
    def health() -> str:
        return "ok"

    @inner.get("/items/{item}")
    def item(item: str) -> str:
        return item

    app.mount("/inner", inner)
    dynamometer.fastapi.instrument(
        app, container=container, excluded=["/health", re.compile("/static/.*")]
    )
    return app


def test_requests_are_counted_by_the_template_of_their_route(app: Any) -> None:
    with running(app) as url:
        for user in range(3):
            assert get(f"{url}/users/{user}").status == 200
        assert get(f"{url}/users/nobody").status == 422
        assert get(f"{url}/inner/items/a").status == 200
        page = get(f"{url}/metrics").text
    counted = 'web_http_requests_total{method="GET",route='
    assert counted + '"/users/{user}",status="200"} 3\n' in page
    assert counted + '"/users/{user}",status="422"} 1\n' in page
    assert counted + '"/inner/items/{item}",status="200"} 1\n' in page
    assert 'duration_seconds_count{method="GET",route="/users/{user}"} 4\n' in page
    assert "/users/1" not in page


def test_paths_that_no_route_has_make_one_series(app: Any) -> None:
    with running(app) as url:
        for path in range(3):
            assert get(f"{url}/nowhere/{path}").status == 404
        page = get(f"{url}/metrics").text
    assert 'requests_total{method="GET",route="unmatched",status="404"} 3\n' in page


def test_methods_that_nobody_knows_make_one_series(app: Any) -> None:
    with running(app) as url:
        for number in range(3):
            get(f"{url}/users/1", method=f"M{number}")
        page = get(f"{url}/metrics").text
    assert 'method="other"' in page
    assert 'method="M1"' not in page


def test_an_application_that_raises_answered_500(app: Any) -> None:
    with running(app) as url:
        assert get(f"{url}/fails").status == 500
        page = get(f"{url}/metrics").text
    assert 'route="/fails",status="500"} 1\n' in page
    assert "\nweb_http_requests_in_flight 0\n" in page


def test_a_stream_is_counted_when_it_is_through(app: Any) -> None:
    with running(app) as url:
        assert get(f"{url}/stream").body == b"partpartpart"
        page = get(f"{url}/metrics").text
    assert 'route="/stream",status="200"} 1\n' in page


def test_excluded_paths_and_the_page_are_not_counted(app: Any) -> None:
    with running(app) as url:
        get(f"{url}/health")
        get(f"{url}/static/logo.png")
        get(f"{url}/metrics")
        page = get(f"{url}/metrics").text
    assert "web_http_requests_total{" not in page
    assert "/health" not in page


def test_a_request_is_in_flight_until_the_application_has_returned(
    container: dynamometer.Container,
) -> None:
    seen: list[int] = []
    in_flight = container.up_down_counter("http_requests_in_flight")

    async def app(scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] != "http":
            return
        seen.append(in_flight.value)
        await send({"type": "http.response.start", "status": 204, "headers": []})
        await send({"type": "http.response.body", "body": b""})

    middleware = dynamometer.asgi.Middleware(app, container=container)
    with running(middleware) as url:
        get(url)
    assert seen == [1]
    assert in_flight.value == 0


def test_a_client_that_leaves_is_counted_as_such(container: dynamometer.Container) -> None:
    async def app(scope: Any, receive: Any, send: Any) -> None:
        await asyncio.Event().wait()

    async def leave() -> None:
        middleware = dynamometer.asgi.Middleware(app, container=container)
        scope = {"type": "http", "path": "/", "method": "GET", "headers": []}
        task = asyncio.create_task(middleware(scope, None, None))  # type: ignore[arg-type]
        await asyncio.sleep(0)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task

    asyncio.run(leave())
    page = container.export_prometheus()
    assert 'requests_total{method="GET",route="unmatched",status="none"} 1\n' in page
    assert "\nweb_http_requests_in_flight 0\n" in page


def test_the_route_is_said_by_whoever_knows_it(container: dynamometer.Container) -> None:
    async def app(scope: Any, receive: Any, send: Any) -> None:
        scope["mine"] = "/of/{mine}"
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b""})

    middleware = dynamometer.asgi.Middleware(
        app, container=container, route_of=lambda scope, _: scope["mine"]
    )
    with running(middleware) as url:
        get(f"{url}/of/me")
    assert 'route="/of/{mine}"' in container.export_prometheus()
