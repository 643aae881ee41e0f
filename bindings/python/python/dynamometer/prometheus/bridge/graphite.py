"""Pushes to Graphite, in its plaintext protocol."""

from __future__ import annotations

import logging
import re
import socket
import threading
import time
from timeit import default_timer
from typing import TYPE_CHECKING

from ..registry import REGISTRY, Collector

if TYPE_CHECKING:
    from collections.abc import Callable

    from ..samples import Sample

# What file names hold, without the dot that parts the parts of a path.
_INVALID_GRAPHITE_CHARS = re.compile(r"[^a-zA-Z0-9_-]")


def _sanitize(s: str) -> str:
    return _INVALID_GRAPHITE_CHARS.sub("_", s)


class _RegularPush(threading.Thread):
    """Pushes at a fixed beat, and leaves out beats that it was late for."""

    def __init__(self, pusher: GraphiteBridge, interval: float, prefix: str) -> None:
        super().__init__(daemon=True)
        self._pusher = pusher
        self._interval = interval
        self._prefix = prefix

    def run(self) -> None:
        wait_until = default_timer()
        while True:
            # A sleep may end early.
            while (now := default_timer()) < wait_until:
                time.sleep(wait_until - now)
            while wait_until < now:
                wait_until += self._interval
            try:
                self._pusher.push(prefix=self._prefix)
            except OSError:
                logging.getLogger(__name__).exception("Push failed")


class GraphiteBridge:
    """Writes a registry to a Graphite server, once or at a beat."""

    def __init__(
        self,
        address: tuple[str, int],
        registry: Collector = REGISTRY,
        timeout_seconds: float = 30,
        _timer: Callable[[], float] = time.time,
        tags: bool = False,
    ) -> None:
        """Take the address of the server; nothing is sent yet.

        With `tags`, labels become tags instead of parts of the path.
        """
        self._address = address
        self._registry = registry
        self._tags = tags
        self._timeout = timeout_seconds
        self._timer = _timer

    def push(self, prefix: str = "") -> None:
        """Send all samples as they are now, under paths that begin with `prefix`.

        Raises `OSError` where the server is not there.
        """
        now = int(self._timer())
        start = prefix + "." if prefix else ""
        lines = "".join(
            f"{start}{self._path(sample)} {float(sample.value)} {now}\n"
            for metric in self._registry.collect()
            for sample in metric.samples
        )
        with socket.create_connection(self._address, self._timeout) as connection:
            connection.sendall(lines.encode("ascii"))

    def _path(self, sample: Sample) -> str:
        separator, between = (";", "=") if self._tags else (".", ".")
        labels = (
            f"{separator}{_sanitize(name)}{between}{_sanitize(value)}"
            for name, value in sorted(sample.labels.items())
        )
        return _sanitize(sample.name) + "".join(labels)

    def start(self, interval: float = 60.0, prefix: str = "") -> None:
        """Pushes every `interval` seconds from a thread of its own, for ever.

        Where the server is not there, that is logged.
        """
        _RegularPush(self, interval, prefix).start()
