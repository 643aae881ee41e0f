"""What middlewares count of the requests of a web application."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from dynamometer._native import Container
from dynamometer._native import container as process_container

if TYPE_CHECKING:
    import re
    from collections.abc import Iterable, Sequence

METHODS = frozenset(
    {"CONNECT", "DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT", "TRACE"}
)
"""Methods that are told apart; a client that invents others makes no new series."""

UNMATCHED = "unmatched"
"""The route of a request that no route of the application matched."""

NO_ANSWER = "none"
"""The status of a request whose client left before it was answered."""


class HttpMetrics:
    """The metrics of a web application's requests.

    `http_requests_total{method, route, status}`, `http_request_duration_seconds{method, route}`
    and `http_requests_in_flight`. A route is the template of a path, such as `/users/{id}`, so
    that paths make no series of their own. A second one for the same container counts into the
    same series.
    """

    def __init__(
        self,
        container: Container | None = None,
        *,
        excluded: Iterable[str | re.Pattern[str]] = ("/metrics",),
        buckets: Sequence[float] | None = None,
    ) -> None:
        """Declare the metrics in a container, or in the process's.

        Requests to `excluded` paths, which are texts or patterns of whole paths, are not counted.
        """
        container = process_container() if container is None else container
        self._requests = container.counter(
            "http_requests_total", "Requests answered.", ["method", "route", "status"]
        )
        self._durations = container.histogram(
            "http_request_duration_seconds",
            "Time from a request's beginning to the end of its answer.",
            ["method", "route"],
            buckets=buckets,
        )
        self._in_flight = container.up_down_counter(
            "http_requests_in_flight", "Requests between their beginning and their end."
        )
        excluded = list(excluded)
        self._paths = frozenset(path for path in excluded if isinstance(path, str))
        self._patterns = [path for path in excluded if not isinstance(path, str)]

    def counts(self, path: str) -> bool:
        """Return whether requests to a path are counted."""
        if path in self._paths:
            return False
        return not any(pattern.fullmatch(path) for pattern in self._patterns)

    def begin(self, method: str) -> HttpRequest:
        """Count a request as in flight."""
        self._in_flight.inc()
        return HttpRequest(self, method if method in METHODS else "other")

    def _finish(self, method: str, route: str, status: str, seconds: float) -> None:
        self._in_flight.dec()
        self._requests.labels(method, route, status).inc()
        self._durations.labels(method, route).observe(seconds)


class HttpRequest:
    """A request in flight."""

    __slots__ = ("_began", "_method", "_metrics", "status")

    def __init__(self, metrics: HttpMetrics, method: str) -> None:
        """Note when it began."""
        self._metrics: HttpMetrics | None = metrics
        self._method = method
        self._began = time.perf_counter()
        self.status = NO_ANSWER

    def finish(self, route: str | None) -> None:
        """Count it, once."""
        metrics, self._metrics = self._metrics, None
        if metrics is not None:
            seconds = time.perf_counter() - self._began
            metrics._finish(self._method, route or UNMATCHED, self.status, seconds)
