"""For ASGI servers: a page of metrics as an application, and a middleware.

app = dynamometer.asgi.Middleware(app)               # counts requests
metrics = dynamometer.asgi.MetricsApp()              # mount it at /metrics
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

from dynamometer import _native
from dynamometer.http_metrics import HttpMetrics
from dynamometer.server import chosen

if TYPE_CHECKING:
    import re
    from collections.abc import Awaitable, Callable, Iterable, MutableMapping, Sequence

    from dynamometer._native import Container

    Scope = MutableMapping[str, Any]
    Message = MutableMapping[str, Any]
    Receive = Callable[[], Awaitable[Message]]
    Send = Callable[[Message], Awaitable[None]]
    App = Callable[[Scope, Receive, Send], Awaitable[None]]

__all__ = ["MetricsApp", "Middleware", "route_of"]


class MetricsApp:
    """An ASGI application that answers every path with the page of metrics.

    Format and compression are negotiated as by `serve`; `?name[]=` and `?format=` work too. The
    page is made on a thread beside the event loop, without the GIL.
    """

    def __init__(
        self,
        containers: Container | Iterable[Container] | None = None,
        *,
        compression: bool | None = None,
        created: bool | None = None,
    ) -> None:
        """Show containers, or the process's."""
        self._handler = _native.Handler(
            chosen(containers), compression=compression, created=created
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or take part in the server's start and end."""
        if scope["type"] == "lifespan":
            await _live(receive, send)
            return
        if scope["type"] != "http":
            raise RuntimeError(f"metrics are served over http, not over {scope['type']}")
        if scope["method"] not in {"GET", "HEAD"}:
            status, headers, body = 405, [("allow", "GET, HEAD")], b"metrics are read with GET\n"
        else:
            status, headers, body = await self._page(scope)
        fields = [(name.encode("latin-1"), value.encode("latin-1")) for name, value in headers]
        fields.append((b"content-length", b"%d" % len(body)))
        await send({"type": "http.response.start", "status": status, "headers": fields})
        body = b"" if scope["method"] == "HEAD" else body
        await send({"type": "http.response.body", "body": body})

    async def _page(self, scope: Scope) -> tuple[int, list[tuple[str, str]], bytes]:
        asked = (
            scope["query_string"].decode("latin-1"),
            _header(scope, b"accept"),
            _header(scope, b"accept-encoding"),
        )
        try:
            loop = asyncio.get_running_loop()
        except RuntimeError:
            # Under another event loop than asyncio's, such as trio's.
            return self._handler.answer(*asked)
        return await loop.run_in_executor(None, self._handler.answer, *asked)


class Middleware:
    """Counts the requests of an ASGI application; see `HttpMetrics` for what it counts.

    It looks at what passes and buffers nothing, so streams and background tasks work. A request
    is in flight until the application has returned.
    """

    def __init__(
        self,
        app: App,
        *,
        container: Container | None = None,
        excluded: Iterable[str | re.Pattern[str]] = ("/metrics",),
        buckets: Sequence[float] | None = None,
        route_of: Callable[[Scope, str], str | None] | None = None,
    ) -> None:
        """Wrap an application.

        `route_of` says which route a scope was given to, once it was; by default it is that of
        Starlette and FastAPI. It is told the scope and the root path from before.
        """
        self.app = app
        self._metrics = HttpMetrics(container, excluded=excluded, buckets=buckets)
        self._route_of = _default_route_of if route_of is None else route_of

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, and count it."""
        if scope["type"] != "http" or not self._metrics.counts(scope["path"]):
            await self.app(scope, receive, send)
            return
        root = scope.get("root_path", "")
        request = self._metrics.begin(scope["method"])

        async def noting(message: Message) -> None:
            if message["type"] == "http.response.start":
                request.status = str(message["status"])
            await send(message)

        try:
            await self.app(scope, receive, noting)
        except Exception:
            # Whatever server is below answers 500 where nothing was answered yet.
            if request.status == "none":
                request.status = "500"
            raise
        finally:
            request.finish(self._route_of(scope, root))


def route_of(scope: Scope, root: str = "") -> str | None:
    """Return the template of the route that Starlette or FastAPI found, or None.

    `root` is the root path that the application itself has; what mounts add to it counts.
    """
    path = getattr(scope.get("route"), "path", None)
    if path is None:
        return None
    return str(scope.get("root_path", "").removeprefix(root) + path)


_default_route_of = route_of


def _header(scope: Scope, name: bytes) -> str:
    """Return the values of a header, joined."""
    values = (value for key, value in scope["headers"] if key.lower() == name)
    return b", ".join(values).decode("latin-1")


async def _live(receive: Receive, send: Send) -> None:
    """Agree to the server's start and to its end."""
    while True:
        message = await receive()
        await send({"type": message["type"] + ".complete"})
        if message["type"] == "lifespan.shutdown":
            return
