"""The handler for aiohttp."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aiohttp import hdrs, web

from ..exposition import _bake_output
from ..registry import REGISTRY, Collector

if TYPE_CHECKING:
    from aiohttp.typedefs import Handler


def make_aiohttp_handler(
    registry: Collector = REGISTRY, disable_compression: bool = False
) -> Handler:
    """Return a handler that serves a registry; aiohttp does the compression."""

    async def prometheus_handler(request: web.Request) -> web.Response:
        status, headers, output = _bake_output(
            registry,
            ",".join(request.headers.getall(hdrs.ACCEPT, [])),
            "",
            {key: request.query.getall(key) for key in request.query},
            disable_compression=True,
        )
        response = web.Response(status=int(status.split(" ")[0]), headers=headers, body=output)
        if not disable_compression:
            response.enable_compression()
        return response

    return prometheus_handler
