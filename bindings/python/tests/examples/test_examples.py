"""Every example runs to its end by itself, and prints what it shows."""

from __future__ import annotations

import importlib.util
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

EXAMPLES = Path(__file__).parents[4] / "examples" / "python"

SHOWS = {
    "component": 'router_routed_total{model="small",worker="w0"} ',
    "engine": 'vllm:tokens_total{kind="generation",rank="0"} 40',
    "native": 'engine_tokens_total{language="all"} 60',
    "web": 'web_http_requests_total{method="GET",route="/hello/{name}",status="200"} 3',
}


def test_every_example_is_run():
    assert {example.stem for example in EXAMPLES.glob("*.py")} == SHOWS.keys()


@pytest.mark.parametrize("example", SHOWS)
def test_an_example_prints_what_it_shows(example):
    if example == "native" and shutil.which("c++") is None:
        pytest.skip("there is no C++ compiler")
    if example == "web" and importlib.util.find_spec("fastapi") is None:
        pytest.skip("there is no fastapi")
    command = [sys.executable, EXAMPLES / f"{example}.py"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stderr
    assert SHOWS[example] in done.stdout
