"""For WSGI servers: a page of metrics as an application, and a middleware.

app = dynamometer.wsgi.Middleware(app)               # counts requests
metrics = dynamometer.wsgi.MetricsApp()              # mount it at /metrics
"""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from dynamometer import _native
from dynamometer.http_metrics import HttpMetrics, HttpRequest
from dynamometer.server import chosen

if TYPE_CHECKING:
    import re
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from typing import Any

    # Those of wsgiref.types, which Python has only from 3.11 on.
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

    from dynamometer._native import Container

__all__ = ["MetricsApp", "Middleware"]


class MetricsApp:
    """A WSGI application that answers every path with the page of metrics.

    Format and compression are negotiated as by `serve`; `?name[]=` and `?format=` work too. The
    GIL is released while the page is made.
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

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer a request."""
        method = environ["REQUEST_METHOD"]
        if method not in {"GET", "HEAD"}:
            status, headers, body = 405, [("allow", "GET, HEAD")], b"metrics are read with GET\n"
        else:
            status, headers, body = self._handler.answer(
                environ.get("QUERY_STRING", ""),
                environ.get("HTTP_ACCEPT", ""),
                environ.get("HTTP_ACCEPT_ENCODING", ""),
            )
        headers.append(("content-length", str(len(body))))
        start_response(f"{status} {HTTPStatus(status).phrase}", headers)
        return [] if method == "HEAD" else [body]


class Middleware:
    """Counts the requests of a WSGI application; see `HttpMetrics` for what it counts.

    A request is in flight until its answer was iterated over and closed, or the application
    raised.
    """

    def __init__(
        self,
        app: WSGIApplication,
        *,
        container: Container | None = None,
        excluded: Iterable[str | re.Pattern[str]] = ("/metrics",),
        buckets: Sequence[float] | None = None,
        route_of: Callable[[WSGIEnvironment], str | None] | None = None,
    ) -> None:
        """Wrap an application.

        WSGI does not say which route a request was given to: `route_of` does, from the
        environment, once the application was called. Without it all routes are `unmatched`.
        """
        self.app = app
        self._metrics = HttpMetrics(container, excluded=excluded, buckets=buckets)
        self._route_of = route_of

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Pass a request on, and count it."""
        if not self._metrics.counts(environ.get("PATH_INFO", "")):
            return self.app(environ, start_response)
        request = self._metrics.begin(environ["REQUEST_METHOD"])

        def noting(
            status: str,
            headers: list[tuple[str, str]],
            *exc_info: Any,
        ) -> Callable[[bytes], object]:
            request.status = status.partition(" ")[0]
            return start_response(status, headers, *exc_info)

        try:
            answer = self.app(environ, noting)
        except BaseException:
            request.status = "500"
            request.finish(self._route(environ))
            raise
        return _Counted(answer, request, lambda: self._route(environ))

    def _route(self, environ: WSGIEnvironment) -> str | None:
        return None if self._route_of is None else self._route_of(environ)


class _Counted:
    """An answer whose end finishes its request."""

    def __init__(
        self, answer: Iterable[bytes], request: HttpRequest, route: Callable[[], str | None]
    ) -> None:
        self._answer = answer
        self._request = request
        self._route = route

    def __iter__(self) -> Iterator[bytes]:
        try:
            yield from self._answer
        except Exception:
            self._request.status = "500"
            raise

    def close(self) -> None:
        try:
            close = getattr(self._answer, "close", None)
            if close is not None:
                close()
        finally:
            self._request.finish(self._route())
