"""Metrics of Python and of NIXL, which is C++, on one page."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

TRANSFERS = 40
BYTES = 12345

PROGRAM = """
import json, os, sys, time, urllib.request

import dynamometer
from dynamometer.server import serve

BEFORE = sys.argv[1] == "before"
if not BEFORE:
    from agent import Agent

    agent = Agent("first", 1 << 16)
container = dynamometer.Container("worker", labels={"rank": 0})
if BEFORE:
    from agent import Agent

    agent = Agent("first", 1 << 16)

jobs = container.counter("jobs_total", "Jobs done.")
labels = ["agent_name", "hostname"]
sent = container.counter("agent_tx_bytes_total", labels=labels)
sent = sent.labels("first", os.uname().nodename)
for _ in range(int(sys.argv[2])):
    assert agent.transfer("WRITE", int(sys.argv[3])) == "DONE"
    jobs.inc()
    sent.inc(1000)
agent.close()

gone = container.counter("agent_memory_deregistered_total", labels=labels)
gone = gone.labels("first", os.uname().nodename)
deadline = time.monotonic() + 60
while gone.value < 2 * agent.size:  # its last event
    assert time.monotonic() < deadline, container.export_prometheus()
    time.sleep(0.001)
with serve("127.0.0.1", 0, containers=container) as server:
    with urllib.request.urlopen(server.url(), timeout=60) as answer:
        print(json.dumps(answer.read().decode()))
"""


@pytest.mark.parametrize("when", ["before", "after"])
def test_python_and_nixl_count_on_one_page(nixl, when):
    here = Path(__file__).parents[4] / "tests" / "nixl"
    environment = {
        **os.environ,
        "PYTHONPATH": f"{nixl}{os.pathsep}{here}",
        "NIXL_TELEMETRY_ENABLE": "y",
        "NIXL_TELEMETRY_EXPORTER": "libnv",
        "NIXL_TELEMETRY_RUN_INTERVAL": "1",
        "NIXL_TELEMETRY_BUFFER_SIZE": "1048576",
    }
    command = [sys.executable, "-c", PROGRAM, when, str(TRANSFERS), str(BYTES)]
    done = subprocess.run(
        command, env=environment, capture_output=True, text=True, timeout=300, check=False
    )
    assert done.returncode == 0, done.stderr
    page = json.loads(done.stdout.splitlines()[-1])
    values = {
        line.rpartition(" ")[0]: float(line.rpartition(" ")[2])
        for line in page.splitlines()
        if line and not line.startswith("#")
    }
    host = os.uname().nodename
    of_agent = f'{{agent_name="first",hostname="{host}",rank="0"}}'
    assert values['worker_jobs_total{rank="0"}'] == TRANSFERS
    assert values[f"worker_agent_tx_requests_num_total{of_agent}"] == TRANSFERS
    # Both count into this series.
    assert values[f"worker_agent_tx_bytes_total{of_agent}"] == TRANSFERS * (BYTES + 1000)
    assert values[f"worker_agent_xfer_time_count{of_agent}"] == TRANSFERS
    assert page.count("# TYPE worker_agent_tx_bytes_total counter\n") == 1
