"""The libraries: each sets itself up, and says how it writes each row's statement."""

from __future__ import annotations

from library import drop_in, opentelemetry_sdk, ours, upstream
from library.library import Library

LIBRARIES = (
    Library("dynamometer", ours.statements),
    Library("drop-in", drop_in.statements),
    Library("prometheus_client", upstream.statements),
    Library("opentelemetry", opentelemetry_sdk.statements),
)
"""Ours first: the ratios are over it."""

__all__ = ["LIBRARIES", "Library"]
