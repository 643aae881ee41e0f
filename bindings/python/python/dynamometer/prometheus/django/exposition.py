"""The view for Django."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views import View

from .. import multiprocess, values
from ..exposition import _bake_output
from ..registry import REGISTRY, CollectorRegistry


class PrometheusDjangoView(View):
    """Serves a registry, or what all processes of a multi-process mode have."""

    multiprocess_mode: bool = values.is_multi_process()
    registry: Any = None

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Serve the page."""
        if self.registry is None:
            if self.multiprocess_mode:
                self.registry = CollectorRegistry()
                multiprocess.MultiProcessCollector(self.registry)
            else:
                self.registry = REGISTRY
        status, headers, output = _bake_output(
            registry=self.registry,
            accept_header=request.headers.get("Accept"),
            accept_encoding_header=request.headers.get("Accept-Encoding"),
            params=request.GET,
            disable_compression=False,
        )
        return HttpResponse(output, status=int(status.split(" ")[0]), headers=dict(headers))

    def options(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Names the methods that are served."""
        return HttpResponse(status=200, headers={"Allow": "OPTIONS,GET"})
