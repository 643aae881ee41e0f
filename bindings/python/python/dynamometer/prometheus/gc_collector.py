"""What the garbage collector did."""

from __future__ import annotations

import gc
import platform
from typing import TYPE_CHECKING

from .metrics_core import CounterMetricFamily, Metric
from .registry import REGISTRY, Collector, CollectorRegistry

if TYPE_CHECKING:
    from collections.abc import Iterable

_FAMILIES = (
    ("python_gc_objects_collected", "Objects collected during gc", "collected"),
    ("python_gc_objects_uncollectable", "Uncollectable objects found during GC", "uncollectable"),
    ("python_gc_collections", "Number of times this generation was collected", "collections"),
)


class GCCollector(Collector):
    """Counts collections and objects by generation, on CPython."""

    def __init__(self, registry: CollectorRegistry = REGISTRY) -> None:
        """Register, unless this interpreter keeps no such counts."""
        if hasattr(gc, "get_stats") and platform.python_implementation() == "CPython":
            registry.register(self)

    def collect(self) -> Iterable[Metric]:
        """Return the counts as they are now."""
        generations = gc.get_stats()
        families = []
        for name, documentation, key in _FAMILIES:
            family = CounterMetricFamily(name, documentation, labels=["generation"])
            for generation, stats in enumerate(generations):
                family.add_metric([str(generation)], value=stats[key])
            families.append(family)
        return families


GC_COLLECTOR = GCCollector()
"""The collector of the registry of the process."""
