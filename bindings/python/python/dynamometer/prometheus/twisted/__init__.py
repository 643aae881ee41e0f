"""Serves pages from Twisted."""

from ._exposition import MetricsResource

__all__ = ["MetricsResource"]
