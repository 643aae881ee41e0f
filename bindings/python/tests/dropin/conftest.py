"""What the tests of the drop-in share: upstream's package beside ours."""

from __future__ import annotations

import importlib
import sys
from pathlib import Path
from types import ModuleType

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "upstream"))

from sdist import sources

# Upstream under its own name, from its sources: these tests compare with it.
sys.path.insert(0, str(sources()))


class Both:
    """The two packages, by module."""

    def __init__(self) -> None:
        for name in ("", ".exposition", ".openmetrics.exposition", ".openmetrics.parser"):
            importlib.import_module("prometheus_client" + name)
            importlib.import_module("dynamometer.prometheus" + name)
        for name in (".parser", ".multiprocess", ".core", ".mmap_dict", ".values"):
            importlib.import_module("prometheus_client" + name)
            importlib.import_module("dynamometer.prometheus" + name)

    def theirs(self, name: str = "") -> ModuleType:
        """Returns a module of prometheus_client."""
        return sys.modules[f"prometheus_client{name and '.' + name}"]

    def ours(self, name: str = "") -> ModuleType:
        """Returns the same module of the drop-in."""
        return sys.modules[f"dynamometer.prometheus{name and '.' + name}"]

    def each(self, name: str = "") -> tuple[ModuleType, ModuleType]:
        """Returns both, theirs first."""
        return self.theirs(name), self.ours(name)


@pytest.fixture(scope="session")
def both() -> Both:
    """Both packages."""
    return Both()
