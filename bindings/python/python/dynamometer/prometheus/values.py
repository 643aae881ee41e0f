"""Where a series keeps its number: in this process, or in a file for several."""

from __future__ import annotations

import os
import warnings
from threading import Lock
from typing import TYPE_CHECKING, Any, Protocol

from dynamometer._native import MutexValue

from .mmap_dict import MmapedDict, mmap_key

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from .samples import Exemplar

__all__ = (
    "MultiProcessValue",
    "MutexValue",
    "ValueClass",
    "close_all_multiprocess_files",
    "get_value_class",
)

_DIRECTORY = "PROMETHEUS_MULTIPROC_DIR"
_FORMER_DIRECTORY = "prometheus_multiproc_dir"

_multi_process_cleanups: list[Callable[[], None]] = []


class Value(Protocol):
    """A number that is added to and set, with the last exemplar."""

    def inc(self, amount: float) -> None:
        """Add an amount, which may be negative."""

    def set(self, value: float, timestamp: float | None = None) -> None:
        """Set the number, and when that was in seconds since the Unix epoch."""

    def get(self) -> float:
        """Return the number."""

    def set_exemplar(self, exemplar: Exemplar) -> None:
        """Keep an exemplar in the place of the last one."""

    def get_exemplar(self) -> Exemplar | None:
        """Return the last exemplar."""


def close_all_multiprocess_files() -> None:
    """Close the files of all value classes; values made before are of no use then."""
    for cleanup in _multi_process_cleanups:
        cleanup()
    _multi_process_cleanups.clear()


def directory() -> str | None:
    """Return the directory that the environment names, under either name."""
    return os.environ.get(_DIRECTORY, os.environ.get(_FORMER_DIRECTORY))


def is_multi_process() -> bool:
    """Says whether the environment names a directory for several processes."""
    return directory() is not None


def adopt_former_variable() -> None:
    """Take over the variable's lower-case name, with a warning that it is of old."""
    if _FORMER_DIRECTORY in os.environ and _DIRECTORY not in os.environ:
        os.environ[_DIRECTORY] = os.environ[_FORMER_DIRECTORY]
        warnings.warn(
            f"{_FORMER_DIRECTORY} variable has been deprecated in favor of "
            f"the upper case naming {_DIRECTORY}",
            DeprecationWarning,
            stacklevel=3,
        )


class _Files:
    """The files of one process, by kind of metric, and the values in them."""

    def __init__(self, process_identifier: Callable[[], Any]) -> None:
        self.lock = Lock()
        self._identify = process_identifier
        self._process = process_identifier()
        self._open: dict[str, MmapedDict] = {}
        self._values: list[Any] = []

    def add(self, value: Any) -> None:
        self.follow_fork()
        value._attach(self)
        self._values.append(value)

    def of(self, prefix: str) -> MmapedDict:
        if prefix not in self._open:
            name = f"{prefix}_{self._process}.db"
            self._open[prefix] = MmapedDict(os.path.join(os.environ[_DIRECTORY], name))
        return self._open[prefix]

    def follow_fork(self) -> None:
        """Goes over to files of its own where this is another process by now."""
        process = self._identify()
        if process == self._process:
            return
        self._process = process
        self._close_open()
        for value in self._values:
            value._attach(self)

    def close(self) -> None:
        self._close_open()
        self._values.clear()

    def _close_open(self) -> None:
        for file in self._open.values():
            file.close()
        self._open.clear()


def MultiProcessValue(
    process_identifier: Callable[[], Any] = os.getpid,
) -> type[Any]:
    """Return a value class whose numbers lie in files of this process.

    `process_identifier` tells processes that run at the same time apart. Its text
    is part of the names of the files, which lie in `PROMETHEUS_MULTIPROC_DIR`.
    """
    files = _Files(process_identifier)
    _multi_process_cleanups.append(files.close)

    class MmapedValue:
        """A number in a file that one process writes and others read.

        Exemplars are not kept. One lock serves all values of the class.
        """

        _multiprocess = True

        def __init__(
            self,
            typ: str,
            metric_name: str,
            name: str,
            labelnames: Iterable[str],
            labelvalues: Iterable[str],
            help_text: str,
            multiprocess_mode: str = "",
            **kwargs: Any,
        ) -> None:
            adopt_former_variable()
            self._prefix = f"{typ}_{multiprocess_mode}" if typ == "gauge" else typ
            self._key = mmap_key(metric_name, name, labelnames, labelvalues, help_text)
            with files.lock:
                files.add(self)

        def _attach(self, files: _Files) -> None:
            self._file = files.of(self._prefix)
            self._value, self._timestamp = self._file.read_value(self._key)

        def inc(self, amount: float) -> None:
            """Add an amount, which may be negative."""
            with files.lock:
                files.follow_fork()
                self._write(self._value + amount, 0.0)

        def set(self, value: float, timestamp: float | None = None) -> None:
            """Set the number, and when that was in seconds since the Unix epoch."""
            with files.lock:
                files.follow_fork()
                self._write(value, timestamp or 0.0)

        def _write(self, value: float, timestamp: float) -> None:
            self._value, self._timestamp = value, timestamp
            self._file.write_value(self._key, value, timestamp)

        def get(self) -> float:
            """Return the number."""
            with files.lock:
                files.follow_fork()
                return self._value

        def set_exemplar(self, exemplar: Exemplar) -> None:
            """Drop the exemplar: the files have no place for it."""

        def get_exemplar(self) -> Exemplar | None:
            """Return None."""
            return None

        @classmethod
        def close_all_files(cls) -> None:
            """Close the files of this class."""
            with files.lock:
                files.close()

    return MmapedValue


def get_value_class() -> type[Any]:
    """Return the value class that the environment asks for.

    That is one in files where `PROMETHEUS_MULTIPROC_DIR` is set. It is asked once,
    when this module is imported: metrics of any library may be made right after.
    """
    return MultiProcessValue() if is_multi_process() else MutexValue


ValueClass = get_value_class()
