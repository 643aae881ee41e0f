"""Puts the native recording methods in the place of those in Python."""

from __future__ import annotations

from typing import Any, TypeVar

from dynamometer._native import attach_dropin

_Class = TypeVar("_Class", bound=type[Any])


def with_native_methods(cls: _Class) -> _Class:
    """Give a class of metrics native `inc`, `dec`, `set`, `observe` and `labels`.

    They do what is common (a float or an int, a series that lies in a cell) and
    leave everything else to the methods in Python, which stay as `_slow_<name>`.
    With `DYN_PYTHON_RAW=0` in the environment nothing is replaced.
    """
    attach_dropin(cls, cls._type)
    return cls
