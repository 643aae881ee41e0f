"""Metrics in the cells that Rust and C++ of the same process record into."""

from dynamometer._native import __version__

__all__ = ["__version__"]
