"""The resource for Twisted."""

from __future__ import annotations

from twisted.internet import reactor
from twisted.web.wsgi import WSGIResource

from .. import exposition
from ..registry import REGISTRY, Collector


def MetricsResource(registry: Collector = REGISTRY) -> WSGIResource:
    """Return a resource that serves a registry from the reactor's threads."""
    return WSGIResource(reactor, reactor.getThreadPool(), exposition.make_wsgi_app(registry))
