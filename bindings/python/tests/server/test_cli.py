"""`python -m dynamometer`, as a person or a script runs it."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

import dynamometer
from tests.server.scrape import get

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


def command(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the command line and return what it wrote."""
    return subprocess.run(
        [sys.executable, "-m", "dynamometer", *arguments],
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


@pytest.fixture
def address() -> Iterator[str]:
    """Serve a page; gives host and port."""
    container = dynamometer.Container("app")
    container.counter("requests_total", "Requests.", ["method"]).labels('G"T').inc(3)
    container.gauge("usage_ratio", "Usage.").set(float("nan"))
    with dynamometer.serve("127.0.0.1", 0, containers=container) as server:
        yield f"127.0.0.1:{server.port}"


def test_help_shows_examples_of_every_command() -> None:
    assert "examples:" in command("--help").stdout
    for name in ("serve", "dump", "doctor", "bench", "completions"):
        ran = command(name, "--help")
        assert ran.returncode == 0
        assert f"python -m dynamometer {name}" in ran.stdout.partition("examples:")[2]


def test_a_wrong_command_line_exits_with_two() -> None:
    for arguments in [(), ("serv",), ("dump",), ("serve", "--port", "many")]:
        ran = command(*arguments)
        assert (ran.returncode, ran.stdout) == (2, "")
        assert "usage:" in ran.stderr


def test_a_page_is_dumped_without_colours_in_a_pipe(address: str) -> None:
    ran = command("dump", address)
    assert ran.returncode == 0, ran.stderr
    assert 'app_requests_total{method="G\\"T"}' in ran.stdout
    assert "\x1b" not in ran.stdout


def test_a_dump_is_filtered_by_name(address: str) -> None:
    names = [family["name"] for family in _families(address, "--filter", "^app_u")]
    assert names == ["app_usage_ratio"]


def test_a_dump_is_json_for_a_program(address: str) -> None:
    families = {family["name"]: family for family in _families(address)}
    requests = families["app_requests"]
    assert (requests["kind"], requests["help"]) == ("counter", "Requests.")
    sample = {"name": "app_requests_total", "labels": {"method": 'G"T'}, "value": 3}
    assert sample in requests["samples"]
    assert families["app_usage_ratio"]["samples"][0]["value"] == "nan"


def _families(address: str, *arguments: str) -> list[dict[str, object]]:
    ran = command("dump", address, "--json", *arguments)
    assert ran.returncode == 0, ran.stderr
    families: list[dict[str, object]] = json.loads(ran.stdout)
    return families


def test_a_raw_dump_is_the_page(address: str) -> None:
    raw = command("dump", f"http://{address}/metrics", "--raw").stdout
    assert '\napp_requests_total{method="G\\"T"} 3\n' in raw


def test_a_page_that_can_not_be_read_is_an_error_in_one_line() -> None:
    ran = command("dump", "127.0.0.1:1")
    assert (ran.returncode, ran.stdout) == (1, "")
    assert ran.stderr.startswith("error: cannot read http://127.0.0.1:1/metrics: ")
    assert ran.stderr.count("\n") == 1


def test_a_filter_that_is_no_pattern_is_an_error(address: str) -> None:
    ran = command("dump", address, "--filter", "(")
    assert ran.returncode == 1
    assert "'(' is no regular expression" in ran.stderr


def test_a_module_is_served_until_ctrl_c(tmp_path: Path) -> None:
    (tmp_path / "declares.py").write_text(
        "import dynamometer\ndynamometer.container().counter('seen_total').inc()\n"
    )
    child = subprocess.Popen(
        [sys.executable, "-m", "dynamometer", "serve", "declares", "--port", "0"],
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert child.stdout is not None
    url = child.stdout.readline().split()[2]
    assert "\nseen_total 1\n" in get(url).text
    child.send_signal(signal.SIGINT)
    _, errors = child.communicate(timeout=60)
    assert (child.returncode, errors) == (130, "")


def test_a_module_that_is_not_there_is_an_error_in_one_line() -> None:
    ran = command("serve", "no_such_module", "--port", "0")
    assert ran.returncode == 1
    assert ran.stderr == "error: No module named 'no_such_module'\n"


def test_a_server_that_is_switched_off_is_said() -> None:
    ran = command("serve", "--port", "0", DYN_SYSTEM_ENABLED="false")
    assert ran.returncode == 1
    assert "DYN_SYSTEM_ENABLED" in ran.stderr


def test_a_doctor_that_finds_nothing_wrong_exits_with_zero() -> None:
    ran = command("doctor", "--json")
    findings = {each["what"]: each for each in json.loads(ran.stdout)}
    assert ran.returncode == 0, ran.stdout
    assert findings["recording"]["state"] == "ok"
    assert findings["serving"]["state"] == "ok"
    assert dynamometer.__version__ in findings["dynamometer"]["said"]


def test_a_doctor_that_finds_something_wrong_exits_with_one() -> None:
    ran = command("doctor", PROMETHEUS_MULTIPROC_DIR="/no/such/folder", DYN_PYTHON_RAW="0")
    assert ran.returncode == 1
    assert "wrong multiprocess" in ran.stdout
    assert "note  DYN_PYTHON_RAW" in ran.stdout


def test_a_bench_says_what_each_record_costs() -> None:
    ran = command("bench", "--rounds", "1", "--json")
    assert ran.returncode == 0, ran.stderr
    assert "counter.inc()" in json.loads(ran.stdout)
    assert command("bench", "--rounds", "0").returncode == 1


def test_completions_are_what_bash_understands() -> None:
    script = command("completions", "bash").stdout
    asked = "COMP_WORDS=(dynamometer dump --f); COMP_CWORD=2; _dynamometer; echo ${COMPREPLY[@]}"
    ran = subprocess.run(
        ["bash", "-c", f"{script}\n{asked}"], capture_output=True, text=True, check=True
    )
    assert ran.stdout == "--filter\n"


def test_a_reader_that_has_seen_enough_is_no_error() -> None:
    # It ends before the first line is written.
    pipe = f"{sys.executable} -m dynamometer doctor | true; echo ${{PIPESTATUS[0]}}"
    ran = subprocess.run(["bash", "-c", pipe], capture_output=True, text=True, check=True)
    assert (ran.stdout, ran.stderr) == ("0\n", "")
