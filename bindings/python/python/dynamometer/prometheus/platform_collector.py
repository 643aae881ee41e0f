"""Which Python this is."""

from __future__ import annotations

import platform as pf
from typing import TYPE_CHECKING, Any

from .metrics_core import GaugeMetricFamily, Metric
from .registry import REGISTRY, Collector, CollectorRegistry

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


class PlatformCollector(Collector):
    """Shows the interpreter and its version as labels of `python_info`."""

    def __init__(
        self, registry: CollectorRegistry | None = REGISTRY, platform: Any | None = None
    ) -> None:
        """Asks the `platform` module once, or what stands in its place."""
        self._platform = pf if platform is None else platform
        facts = self._info()
        if self._platform.system() == "Java":
            facts.update(self._java())
        self._metrics = [self._add_metric("python_info", "Python platform information", facts)]
        if registry:
            registry.register(self)

    def collect(self) -> Iterable[Metric]:
        """Return what was found."""
        return self._metrics

    @staticmethod
    def _add_metric(name: str, documentation: str, data: Mapping[str, str]) -> Metric:
        family = GaugeMetricFamily(name, documentation, labels=list(data))
        family.add_metric(list(data.values()), 1)
        return family

    def _info(self) -> dict[str, str]:
        major, minor, patchlevel = self._platform.python_version_tuple()
        return {
            "version": self._platform.python_version(),
            "implementation": self._platform.python_implementation(),
            "major": major,
            "minor": minor,
            "patchlevel": patchlevel,
        }

    def _java(self) -> dict[str, str]:
        version, _, (vm_name, vm_release, vm_vendor), _ = self._platform.java_ver()
        return {
            "jvm_version": version,
            "jvm_release": vm_release,
            "jvm_vendor": vm_vendor,
            "jvm_name": vm_name,
        }


PLATFORM_COLLECTOR = PlatformCollector()
"""The collector of the registry of the process."""
