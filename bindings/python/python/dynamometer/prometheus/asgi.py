"""Serves pages over ASGI."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs

from .exposition import _bake_output
from .registry import REGISTRY, Collector

if TYPE_CHECKING:
    from collections.abc import Callable


def make_asgi_app(
    registry: Collector = REGISTRY, disable_compression: bool = False
) -> Callable[..., Any]:
    """Return an ASGI application that serves a registry, whatever the path."""

    async def prometheus_app(scope: dict[str, Any], receive: Any, send: Any) -> None:
        assert scope.get("type") == "http"
        status, headers, output = _bake_output(
            registry,
            _header(scope, b"accept"),
            _header(scope, b"accept-encoding"),
            parse_qs(scope.get("query_string", b"").decode("utf-8")),
            disable_compression,
        )
        request = await receive()
        if request.get("type") != "http.request":
            return
        await send(
            {
                "type": "http.response.start",
                "status": int(status.split(" ")[0]),
                "headers": [(name.encode(), value.encode()) for name, value in headers],
            }
        )
        await send({"type": "http.response.body", "body": output})

    return prometheus_app


def _header(scope: dict[str, Any], name: bytes) -> str:
    headers = scope.get("headers") or ()
    return ",".join(value.decode("utf-8") for key, value in headers if key.lower() == name)
