"""What this process uses, as /proc says."""

from __future__ import annotations

import os
from contextlib import suppress
from typing import TYPE_CHECKING

from .metrics_core import CounterMetricFamily, GaugeMetricFamily, Metric
from .registry import REGISTRY, Collector, CollectorRegistry

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

try:
    import resource

    _PAGESIZE = resource.getpagesize()
except ImportError:
    # A system without such limits.
    _PAGESIZE = 4096

# Fields of /proc/PID/stat, counted from behind the name in parentheses.
_UTIME, _STIME, _STARTTIME, _VSIZE, _RSS = 11, 12, 19, 20, 21


class ProcessCollector(Collector):
    """Shows memory, processor time, start and open files of a process, on Linux."""

    def __init__(
        self,
        namespace: str = "",
        pid: Callable[[], int | str] = lambda: "self",
        proc: str = "/proc",
        registry: CollectorRegistry | None = REGISTRY,
    ) -> None:
        """Take which process to show, anew each time: by default the present one.

        With a `namespace`, names begin with it.
        """
        self._namespace = namespace
        self._pid = pid
        self._proc = proc
        self._prefix = f"{namespace}_process_" if namespace else "process_"
        self._ticks = 100.0
        with suppress(ValueError, TypeError, AttributeError, OSError):
            self._ticks = os.sysconf("SC_CLK_TCK")
        self._pagesize = _PAGESIZE
        # Without it there is no /proc, and nothing to show.
        self._btime: float | None = 0.0
        with suppress(OSError):
            self._btime = self._boot_time()
        if registry:
            registry.register(self)

    def _boot_time(self) -> float | None:
        with open(os.path.join(self._proc, "stat"), "rb") as stat:
            for line in stat:
                if line.startswith(b"btime "):
                    return float(line.split()[1])
        return None

    def collect(self) -> Iterable[Metric]:
        """Return what the process uses now; what can not be read is left out."""
        if not self._btime:
            return []
        process = os.path.join(self._proc, str(self._pid()).strip())
        families: list[Metric] = []
        for read in (self._usage, self._files):
            with suppress(OSError):
                families += read(process, self._btime)
        return families

    def _usage(self, process: str, btime: float) -> list[Metric]:
        with open(os.path.join(process, "stat"), "rb") as stat:
            fields = [float(field) for field in _numbers(stat.read())]
        return [
            self._gauge("virtual_memory_bytes", "Virtual memory size in bytes.", fields[_VSIZE]),
            self._gauge(
                "resident_memory_bytes",
                "Resident memory size in bytes.",
                fields[_RSS] * self._pagesize,
            ),
            self._gauge(
                "start_time_seconds",
                "Start time of the process since unix epoch in seconds.",
                fields[_STARTTIME] / self._ticks + btime,
            ),
            CounterMetricFamily(
                self._prefix + "cpu_seconds_total",
                "Total user and system CPU time spent in seconds.",
                value=fields[_UTIME] / self._ticks + fields[_STIME] / self._ticks,
            ),
        ]

    def _files(self, process: str, btime: float) -> list[Metric]:
        families: list[Metric] = []
        with open(os.path.join(process, "limits"), "rb") as limits:
            for line in limits:
                if line.startswith(b"Max open file"):
                    most = float(line.split()[3])
                    families.append(
                        self._gauge("max_fds", "Maximum number of open file descriptors.", most)
                    )
                    break
        used = len(os.listdir(os.path.join(process, "fd")))
        return [self._gauge("open_fds", "Number of open file descriptors.", used), *families]

    def _gauge(self, name: str, documentation: str, value: float) -> Metric:
        return GaugeMetricFamily(self._prefix + name, documentation, value=value)


def _numbers(stat: bytes) -> list[bytes]:
    """Return the fields behind the state; a name may hold parentheses itself."""
    fields = stat.rpartition(b")")[2].split()
    return [b"nan", *fields[1:]]


PROCESS_COLLECTOR = ProcessCollector()
"""The collector of the registry of the process."""
