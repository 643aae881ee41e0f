"""The file of numbers by key that processes share in multi-process mode.

A file begins with four bytes that say how many bytes are used, and four of
padding. Each entry is the length of its key in four bytes, the key in UTF-8, one
to eight spaces up to a multiple of eight, then the value and a time in seconds as
two doubles. Integers and doubles are in the byte order of the machine. The layout
is that of prometheus_client.
"""

from __future__ import annotations

import json
import mmap
import os
import struct
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_INITIAL_MMAP_SIZE = 1 << 16

_HEAD = 8
_VALUES = 16
_integer = struct.Struct("i")
_two_doubles = struct.Struct("dd")


class CorruptFileError(RuntimeError):
    """An entry of a file goes beyond what the file says is used."""


def _read_all_values(data: Any, used: int = 0) -> Iterator[tuple[str, float, float, int]]:
    """Yield key, value, time and where the value lies. Takes no lock."""
    if used <= 0:
        used = _integer.unpack_from(data, 0)[0]
    at = _HEAD
    while at < used:
        length = _integer.unpack_from(data, at)[0]
        values = _values_at(at, length)
        if length < 0 or values + _VALUES > used:
            raise CorruptFileError("Read beyond file size detected, file is corrupted.")
        key = bytes(data[at + _integer.size : at + _integer.size + length])
        value, timestamp = _two_doubles.unpack_from(data, values)
        yield key.decode("utf-8"), value, timestamp, values
        at = values + _VALUES


def _values_at(entry: int, length: int) -> int:
    """Return where the values of an entry lie: one space before them at least."""
    end = entry + _integer.size + length
    return end + 8 - end % 8


class MmapedDict:
    """A dict of doubles in a mapped file, for one thread at a time."""

    def __init__(self, filename: str | os.PathLike[str], read_mode: bool = False) -> None:
        """Open a file, and make it where it is missing and may be written."""
        self._f: Any = open(filename, "rb" if read_mode else "a+b")  # noqa: SIM115 - see `close`
        self._fname = filename
        self._capacity = os.fstat(self._f.fileno()).st_size
        if self._capacity == 0:
            self._f.truncate(_INITIAL_MMAP_SIZE)
            self._capacity = _INITIAL_MMAP_SIZE
        access = mmap.ACCESS_READ if read_mode else mmap.ACCESS_WRITE
        self._m: Any = mmap.mmap(self._f.fileno(), self._capacity, access=access)
        self._positions: dict[str, int] = {}
        self._used: int = _integer.unpack_from(self._m, 0)[0]
        if self._used == 0:
            self._use(_HEAD)
        elif not read_mode:
            self._positions = {key: at for key, _, _, at in self._read_all_values()}

    @staticmethod
    def read_all_values_from_file(
        filename: str | os.PathLike[str],
    ) -> Iterator[tuple[str, float, float, int]]:
        """Yield key, value, time and position of a file that others may write."""
        with open(filename, "rb") as file:
            # Most of a file is unused: the first page says how much is worth reading.
            data = file.read(mmap.PAGESIZE)
            used = _integer.unpack_from(data, 0)[0]
            if used > len(data):
                data += file.read(used - len(data))
        return _read_all_values(data, used)

    def _use(self, used: int) -> None:
        self._used = used
        # An assignment to a slice is one copy, where `pack_into` writes zeros first:
        # a reader in another process would see them.
        self._m[: _integer.size] = _integer.pack(used)

    def _init_value(self, key: str) -> None:
        encoded = key.encode("utf-8")
        values = _values_at(self._used, len(encoded))
        padding = values - self._used - _integer.size - len(encoded)
        entry = _integer.pack(len(encoded)) + encoded + b" " * padding + _two_doubles.pack(0.0, 0.0)
        end = self._used + len(entry)
        while end > self._capacity:
            self._capacity *= 2
            self._f.truncate(self._capacity)
            self._m = mmap.mmap(self._f.fileno(), self._capacity)
        self._m[self._used : end] = entry
        self._use(end)
        self._positions[key] = values

    def _read_all_values(self) -> Iterator[tuple[str, float, float, int]]:
        return _read_all_values(self._m, self._used)

    def read_all_values(self) -> Iterator[tuple[str, float, float]]:
        """Yield key, value and time of all entries."""
        for key, value, timestamp, _ in self._read_all_values():
            yield key, value, timestamp

    def _position(self, key: str) -> int:
        if key not in self._positions:
            self._init_value(key)
        return self._positions[key]

    def read_value(self, key: str) -> tuple[float, float]:
        """Return value and time of an entry, which is made where it is missing."""
        at = self._position(key)
        value, timestamp = _two_doubles.unpack_from(self._m, at)
        return value, timestamp

    def write_value(self, key: str, value: float, timestamp: float) -> None:
        """Set value and time of an entry, which is made where it is missing."""
        at = self._position(key)
        self._m[at : at + _VALUES] = _two_doubles.pack(value, timestamp)

    def close(self) -> None:
        """Close the file; nothing may follow but another `close`."""
        if self._f:
            self._m.close()
            self._m = None
            self._f.close()
            self._f = None


def mmap_key(
    metric_name: str,
    name: str,
    labelnames: Iterable[str],
    labelvalues: Iterable[str],
    help_text: str,
) -> str:
    """Return the key of a series: the same whatever the order of its labels."""
    labels = dict(zip(labelnames, labelvalues, strict=False))
    return json.dumps([metric_name, name, labels, help_text], sort_keys=True)
