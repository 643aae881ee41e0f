"""Both packages, side by side: prometheus_client and the drop-in."""

from __future__ import annotations

import importlib
import importlib.util
import sys
from typing import TYPE_CHECKING

from ..upstream.sdist import sources

if TYPE_CHECKING:
    from types import ModuleType

if importlib.util.find_spec("prometheus_client") is None:
    sys.path.append(str(sources()))


class Both:
    """The two packages, by module."""

    def theirs(self, name: str = "") -> ModuleType:
        """Return a module of prometheus_client."""
        return importlib.import_module("prometheus_client" + (name and f".{name}"))

    def ours(self, name: str = "") -> ModuleType:
        """Return the same module of the drop-in."""
        return importlib.import_module("dynamometer.prometheus" + (name and f".{name}"))

    def each(self, name: str = "") -> tuple[ModuleType, ModuleType]:
        """Return both, theirs first."""
        return self.theirs(name), self.ours(name)
