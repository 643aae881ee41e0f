"""The status server: `/metrics` on threads of its own, which never wait for Python."""

from __future__ import annotations

import atexit
import os
import socket
import threading
from typing import TYPE_CHECKING

from dynamometer import _native
from dynamometer._native import Container, container

if TYPE_CHECKING:
    from collections.abc import Iterable
    from types import TracebackType

    from typing_extensions import Self

__all__ = ["Server", "serve"]


def serve(
    host: str | None = None,
    port: int | None = None,
    *,
    containers: Container | Iterable[Container] | None = None,
    compression: bool | None = None,
    created: bool | None = None,
) -> Server:
    """Serve `/metrics` until the process ends, or the server is closed.

    Without `containers` the process's container is served. What is None here is what the
    environment says (`DYN_SYSTEM_HOST`, `DYN_SYSTEM_PORT`, ...), else the default: all of IPv4,
    port 8081 or the next free one. Port 0 takes any free one. `created` writes the `_created`
    lines of OpenMetrics.

    The threads are not Python's: a page is served while the GIL is busy, and Ctrl-C works. A
    child of a fork has no server, and may start its own.

    Raises PortTakenError, HostError or ServerError, each an OSError, where listening fails, and
    ConfigError, a ValueError, where a setting can not be used.
    """
    native = _native.Server(
        chosen(containers), host=host, port=port, compression=compression, created=created
    )
    return Server(native)


def chosen(containers: Container | Iterable[Container] | None) -> list[Container]:
    """Return the containers to show: the process's where none are named."""
    if containers is None:
        return [container()]
    if isinstance(containers, Container):
        return [containers]
    return list(containers)


class Server:
    """A running server of `/metrics`. Made by `serve`; a with block closes it at its end."""

    def __init__(self, native: _native.Server) -> None:
        """Keep the server until the process ends, whether or not someone keeps this object."""
        self._native = native
        self._closed = threading.Event()
        _running.add(self)

    @property
    def address(self) -> tuple[str, int] | None:
        """The address and port it listens on; None where it is closed or switched off."""
        return self._native.address

    @property
    def port(self) -> int | None:
        """The port it listens on; None where it is closed or switched off."""
        address = self.address
        return None if address is None else address[1]

    def url(self, path: str = "/metrics") -> str | None:
        """Return the URL of a path, as this machine can call it; None where it is closed."""
        return self._native.url(path)

    def close(self) -> None:
        """Stop listening, let requests in flight finish, and end the threads.

        Closing twice is fine.
        """
        _running.discard(self)
        self._native.close()
        self._closed.set()

    def wait(self, timeout: float | None = None) -> bool:
        """Wait until it is closed, or for so many seconds; False where the time ran out.

        Ctrl-C ends the wait with KeyboardInterrupt.
        """
        return self._closed.wait(timeout)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"<Server {self.url() or 'closed'}>"

    def __reduce__(self) -> str:
        raise TypeError("a server can not be pickled or copied: start one where it is needed")

    def _abandon(self) -> None:
        """Close the inherited socket, so that a child does not keep the parent's port."""
        address = self.address
        descriptor = self._native.abandon()
        self._closed.set()
        if descriptor is None or address is None:
            return
        try:
            inherited = socket.socket(fileno=descriptor)
        except OSError:
            return
        if inherited.getsockname()[:2] == address:
            inherited.close()
        else:
            # The parent had closed it, and the number is someone else's.
            inherited.detach()


_running: set[Server] = set()


def _close_all() -> None:
    for server in list(_running):
        server.close()


def _abandon_all() -> None:
    for server in list(_running):
        server._abandon()
    _running.clear()


atexit.register(_close_all)
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_abandon_all)
