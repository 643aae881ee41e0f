"""The status server, as a process that has one and its clients see it."""

from __future__ import annotations

import mmap
import os
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
from typing import TYPE_CHECKING

import pytest

import dynamometer
from dynamometer.errors import ConfigError, HostError, PortTakenError
from tests.server.scrape import get

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def container() -> dynamometer.Container:
    container = dynamometer.Container("app")
    container.counter("requests_total", "Requests.").inc(3)
    return container


def test_a_page_of_the_containers_is_served(container: dynamometer.Container) -> None:
    other = dynamometer.Container("other")
    other.gauge("usage_ratio").set(0.5)
    with dynamometer.serve("127.0.0.1", 0, containers=[container, other]) as server:
        page = get(server.url())
    assert page.headers["content-type"].startswith("text/plain; version=0.0.4")
    assert "\napp_requests_total 3\n" in page.text
    assert "\nother_usage_ratio 0.5\n" in page.text


def test_a_single_container_needs_no_list(container: dynamometer.Container) -> None:
    with dynamometer.serve("127.0.0.1", 0, containers=container) as server:
        assert "app_requests_total 3" in get(server.url()).text


def test_formats_and_compression_are_negotiated(container: dynamometer.Container) -> None:
    family = container.counter("tokens_total", labels=["model"])
    for model in range(100):
        family.labels(str(model)).inc()
    with dynamometer.serve("127.0.0.1", 0, containers=container) as server:
        accepted = "application/openmetrics-text; version=1.0.0"
        assert get(server.url(), accept=accepted).text.endswith("# EOF\n")
        compressed = get(server.url(), accept_encoding="gzip")
        assert compressed.headers["content-encoding"] == "gzip"
        assert get(server.url("/metrics?format=json")).headers["content-type"].endswith("json")
        assert get(server.url("/nowhere")).status == 404


def test_a_closed_server_answers_no_more(container: dynamometer.Container) -> None:
    server = dynamometer.serve("127.0.0.1", 0, containers=container)
    url = server.url()
    assert get(url).status == 200
    server.close()
    server.close()
    assert server.url() is None
    assert server.address is None
    with pytest.raises(urllib.error.URLError):
        get(url)


def test_a_port_that_is_taken_is_an_os_error_that_names_it(
    container: dynamometer.Container,
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(PortTakenError, match=str(port)) as raised:
            dynamometer.serve("127.0.0.1", port, containers=container)
    assert isinstance(raised.value, OSError)
    assert isinstance(raised.value, dynamometer.DynamometerError)


def test_a_host_that_is_nowhere_is_refused(container: dynamometer.Container) -> None:
    with pytest.raises(HostError, match="no such host"):
        dynamometer.serve("no such host", 0, containers=container)


def test_a_setting_that_can_not_be_used_is_a_value_error() -> None:
    code = "import dynamometer; dynamometer.serve('127.0.0.1')"
    environment = {**os.environ, "DYN_SYSTEM_PORT": "many"}
    ran = subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=False
    )
    assert ran.returncode == 1
    assert "ConfigError" in ran.stderr
    assert "DYN_SYSTEM_PORT" in ran.stderr
    assert issubclass(ConfigError, ValueError)


@pytest.mark.parametrize("port", [-1, 65536, "80", 8.5])
def test_a_port_that_is_none_is_refused(port: object) -> None:
    with pytest.raises((OverflowError, TypeError, ValueError)):
        dynamometer.serve("127.0.0.1", port)  # type: ignore[arg-type]


def test_something_that_is_no_container_is_refused() -> None:
    with pytest.raises(TypeError):
        dynamometer.serve("127.0.0.1", 0, containers=["app"])  # type: ignore[list-item]


_CLIENT = """
import mmap, sys, urllib.request
page = urllib.request.urlopen(sys.argv[1]).read()
with open(sys.argv[2], "r+b") as file, mmap.mmap(file.fileno(), 0) as shared:
    shared[1 : 1 + len(page)] = page
    shared[0] = 1
"""


def test_a_page_is_served_while_python_is_busy(
    container: dynamometer.Container, tmp_path: Path
) -> None:
    """This thread holds the GIL until another process has read the page."""
    path = tmp_path / "page"
    path.write_bytes(bytes(1 << 20))
    switch_interval = sys.getswitchinterval()
    with (
        dynamometer.serve("127.0.0.1", 0, containers=container) as server,
        path.open("r+b") as file,
        mmap.mmap(file.fileno(), 0) as shared,
    ):
        client = subprocess.Popen([sys.executable, "-c", _CLIENT, server.url() or "", path])
        sys.setswitchinterval(1000)
        try:
            patience = time.monotonic() + 60
            while shared[0] == 0 and time.monotonic() < patience:
                pass
        finally:
            sys.setswitchinterval(switch_interval)
        assert client.wait(timeout=60) == 0
        assert b"app_requests_total 3" in bytes(shared)


def test_waiting_ends_when_another_thread_closes(container: dynamometer.Container) -> None:
    server = dynamometer.serve("127.0.0.1", 0, containers=container)
    assert server.wait(timeout=0) is False
    closer = threading.Thread(target=server.close)
    closer.start()
    assert server.wait(timeout=60) is True
    closer.join()


_SERVER = """
import sys, dynamometer
container = dynamometer.Container("app")
container.counter("requests_total").inc()
server = dynamometer.serve("127.0.0.1", 0, containers=container)
print(server.url(), flush=True)
{then}
"""


def _start(then: str) -> tuple[subprocess.Popen[str], str]:
    """Start a process with a server; returns it and its URL."""
    child = subprocess.Popen(
        # From 3.12 on, a fork beside other threads warns.
        [sys.executable, "-W", "ignore", "-c", _SERVER.format(then=then)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert child.stdout is not None
    return child, child.stdout.readline().strip()


def test_ctrl_c_ends_a_process_that_waits() -> None:
    child, url = _start("server.wait()")
    assert get(url).status == 200
    child.send_signal(signal.SIGINT)
    _, errors = child.communicate(timeout=60)
    assert "KeyboardInterrupt" in errors
    assert child.returncode in {1, 130, -signal.SIGINT}


def test_a_process_ends_while_its_server_is_open() -> None:
    child, url = _start("sys.stdin.readline()")
    assert get(url).status == 200
    _, errors = child.communicate("go\n", timeout=60)
    assert (child.returncode, errors) == (0, "")


def test_a_process_that_raises_ends_while_it_serves() -> None:
    child, _ = _start("raise SystemExit(3)")
    child.communicate(timeout=60)
    assert child.returncode == 3


_FORK = """
import os
reader, writer = os.pipe()
pid = os.fork()
if pid == 0:
    os.close(writer)
    assert server.url() is None and server.address is None
    server.close()
    own = dynamometer.serve("127.0.0.1", 0, containers=container)
    print(own.url(), flush=True)
    os.read(reader, 1)
    sys.exit(0)
sys.stdin.readline()
os.close(writer)
sys.exit(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))
"""


def test_a_child_of_a_fork_has_no_server_and_may_start_its_own() -> None:
    parent, url = _start(_FORK)
    assert parent.stdin is not None
    assert parent.stdout is not None
    childs = parent.stdout.readline().strip()
    assert get(url).status == 200
    assert get(childs).status == 200
    assert childs != url
    _, errors = parent.communicate("end\n", timeout=60)
    assert (parent.returncode, errors) == (0, "")


_KEPT = """
import os
ready, forked = os.pipe()
reader, writer = os.pipe()
pid = os.fork()
if pid == 0:
    os.close(writer)
    os.write(forked, b"!")
    os.read(reader, 1)
    os._exit(0)
os.read(ready, 1)
server.close()
print("closed", flush=True)
sys.stdin.readline()
os.close(writer)
os.waitpid(pid, 0)
"""


def test_a_child_does_not_keep_the_port_of_its_parent() -> None:
    parent, url = _start(_KEPT)
    assert parent.stdout is not None
    assert parent.stdout.readline() == "closed\n"
    with pytest.raises(urllib.error.URLError):
        get(url)
    parent.communicate("end\n", timeout=60)
    assert parent.returncode == 0


def test_a_server_is_not_pickled(container: dynamometer.Container) -> None:
    import copy

    with dynamometer.serve("127.0.0.1", 0, containers=container) as server:
        with pytest.raises(TypeError, match="can not be pickled or copied"):
            copy.copy(server)
        assert repr(server).startswith("<Server http://127.0.0.1:")
    assert repr(server) == "<Server closed>"
