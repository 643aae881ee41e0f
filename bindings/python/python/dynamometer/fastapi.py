"""For FastAPI and Starlette: requests counted, and `/metrics`, in one line.

app = FastAPI()
dynamometer.fastapi.instrument(app)
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dynamometer.asgi import MetricsApp, Middleware

if TYPE_CHECKING:
    import re
    from collections.abc import Iterable, Sequence

    from dynamometer._native import Container

__all__ = ["instrument"]


def instrument(
    app: Any,
    *,
    path: str | None = "/metrics",
    container: Container | None = None,
    containers: Container | Iterable[Container] | None = None,
    excluded: Iterable[str | re.Pattern[str]] = (),
    buckets: Sequence[float] | None = None,
) -> None:
    """Count the requests of a FastAPI or Starlette application, and serve the page.

    Requests are counted in `container`, by the template of their route. The page, at `path`,
    shows `containers`, or else that one; None serves none. Requests to the page and to `excluded`
    paths are not counted. To be called before the application starts.
    """
    if path is not None:
        from starlette.routing import Route  # noqa: PLC0415

        shown = container if containers is None else containers
        # A route, not a mount: a mount would send /metrics away to /metrics/.
        app.router.routes.append(Route(path, MetricsApp(shown), include_in_schema=False))
        excluded = [path, *excluded]
    app.add_middleware(Middleware, container=container, excluded=excluded, buckets=buckets)
