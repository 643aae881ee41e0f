"""Lets `import prometheus_client` find the drop-in."""

from __future__ import annotations

import importlib
import importlib.util
import sys
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence
    from types import ModuleType

_UPSTREAM = "prometheus_client"
_OURS = "dynamometer.prometheus"


def install_as_prometheus_client() -> None:
    """Make `import prometheus_client` give `dynamometer.prometheus`.

    All of its modules are the same module objects under both names, so what a
    test or an engine sets in one is set in the other. Call it before anything
    imports `prometheus_client`: raises `ImportError` where something did. A second
    call does nothing.
    """
    if any(isinstance(finder, _Finder) for finder in sys.meta_path):
        return
    loaded = sys.modules.get(_UPSTREAM)
    if loaded is not None:
        raise ImportError(
            f"install_as_prometheus_client() was called after {_UPSTREAM} was imported "
            f"from {getattr(loaded, '__file__', None)}: call it first",
            name=_UPSTREAM,
        )
    sys.meta_path.insert(0, _Finder())


class _Finder(MetaPathFinder):
    """Finds modules of ours under the names of theirs."""

    def find_spec(
        self,
        fullname: str,
        path: Sequence[str] | None,
        target: ModuleType | None = None,
    ) -> ModuleSpec | None:
        """Return how to load the module of this name, if it is one of theirs."""
        if fullname != _UPSTREAM and not fullname.startswith(_UPSTREAM + "."):
            return None
        ours = _OURS + fullname.removeprefix(_UPSTREAM)
        try:
            found = importlib.util.find_spec(ours)
        except ModuleNotFoundError:
            found = None
        if found is None:
            return None
        spec = ModuleSpec(fullname, _Loader(ours), origin=found.origin)
        if found.submodule_search_locations is not None:
            spec.submodule_search_locations = []
        return spec


class _Loader(Loader):
    """Hands out the module that is loaded under its own name."""

    def __init__(self, ours: str) -> None:
        self._ours = ours
        self._own: dict[str, Any] = {}

    def create_module(self, spec: ModuleSpec) -> ModuleType:
        """Return our module."""
        module = importlib.import_module(self._ours)
        # The import machinery is about to write those of the other name into it.
        kept = ("__name__", "__spec__", "__loader__", "__package__", "__path__", "__file__")
        self._own = {name: vars(module)[name] for name in kept if name in vars(module)}
        return module

    def exec_module(self, module: ModuleType) -> None:
        """Give the module its own names back; it ran before."""
        vars(module).update(self._own)
