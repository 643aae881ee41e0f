"""Processes of prometheus_client, read from their files."""

from __future__ import annotations

import math
import os
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from prometheus_client.exposition import generate_latest
from prometheus_client.mmap_dict import MmapedDict, mmap_key
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import CollectorRegistry

import dynamometer

MODES = [
    f"{live}{mode}" for live in ("", "live") for mode in ("all", "min", "max", "sum", "mostrecent")
]

WORKER = """
import sys
from prometheus_client import Counter, Gauge, Histogram, Summary

jobs = Counter("jobs", "Jobs.", ["status"])
wait = Histogram("wait_seconds", "Wait.", ["model"])
size = Summary("size_bytes", "Size.")
gauges = [
    Gauge(f"load_{mode}", "Load.", ["gpu"], multiprocess_mode=mode)
    for mode in ("all", "liveall", "min", "max", "sum", "livesum", "mostrecent")
]
number = int(sys.argv[1])
for step in range(100):
    jobs.labels("ok").inc()
    jobs.labels("failed").inc(0.25 * number)
    wait.labels("small").observe(0.01 * step * number)
    size.observe(step)
    for gauge in gauges:
        gauge.labels("0").set(number * step)
"""


def upstream(path: Path) -> str:
    """The page of prometheus_client, of files in the order of their names."""
    registry = CollectorRegistry()
    collector = MultiProcessCollector(None, str(path))
    merged = collector.merge(sorted(map(str, path.glob("*.db"))))

    class Merged:
        def collect(self):
            return merged

    registry.register(Merged())
    return generate_latest(registry).decode()


def ours(path: Path) -> str:
    container = dynamometer.Container("unused")
    with container.attach_multiprocess(path, timeout=60):
        return container.export_prometheus()


def same(one: dict, other: dict) -> bool:
    """True where both are equal; NaN is NaN."""
    return one.keys() == other.keys() and all(
        value == other[key] or (math.isnan(value) and math.isnan(other[key]))
        for key, value in one.items()
    )


names = st.sampled_from(["jobs", "vllm:wait_seconds", "a_b"])
labels = st.dictionaries(st.sampled_from(["model", "gpu", "z"]), st.text(max_size=5), max_size=2)
amounts = st.integers(0, 1000).map(float) | st.floats(0, 1e9)
numbers = st.floats(allow_nan=True, allow_infinity=True)
bounds = st.lists(st.sampled_from([-1.0, 0.005, 0.5, 1.0, 2.5, 1e6]), unique=True).map(sorted)
times = st.sampled_from([0.0, 1.0, 1.5, 2.0])


def entry(
    metric: str, sample: str, of: dict[str, str], value: float, time: float = 0.0
) -> tuple[str, float, float]:
    """A value as a process writes it."""
    return mmap_key(metric, sample, list(of), list(of.values()), "Help."), value, time


@st.composite
def series_of(
    draw: st.DrawFn, kind: str, name: str, of: dict[str, str], edges: list[float]
) -> list[tuple[str, float, float]]:
    """All values of a series."""
    counts = st.integers(0, 1000).map(float)
    if kind == "counter":
        return [entry(name, f"{name}_total", of, draw(amounts))]
    if kind == "gauge":
        return [entry(name, name, of, draw(numbers), draw(times))]
    total = entry(name, f"{name}_sum", of, draw(amounts))
    if kind == "summary":
        return [total, entry(name, f"{name}_count", of, draw(counts))]
    texts = [*map(repr, edges), "+Inf"]
    buckets = [entry(name, f"{name}_bucket", {**of, "le": le}, draw(counts)) for le in texts]
    return [total, *buckets]


@st.composite
def stores(draw: st.DrawFn) -> dict[str, list[tuple[str, float, float]]]:
    """Files of up to four processes: each name is of one kind, mode and set of buckets."""
    files: dict[str, list[tuple[str, float, float]]] = {}
    of_name = st.tuples(st.sampled_from(["counter", "gauge", "histogram", "summary"]), bounds)
    kinds = draw(st.dictionaries(names, of_name, min_size=1))
    for stem, (kind, edges) in kinds.items():
        mode, name = draw(st.sampled_from(MODES)), f"{stem}_{kind}"
        for process in draw(st.lists(st.integers(1, 4), unique=True)):
            file = f"gauge_{mode}_{process}" if kind == "gauge" else f"{kind}_{process}"
            entries = files.setdefault(f"{file}.db", [])
            series = draw(st.lists(labels, unique_by=lambda one: tuple(sorted(one.items()))))
            for one in series:
                entries.extend(draw(series_of(kind, name, one, edges)))
    return files


@settings(deadline=None, max_examples=150)
@given(stores())
def test_a_folder_is_read_as_prometheus_client_reads_it(samples_of, files):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder)
        for file, entries in files.items():
            store = MmapedDict(str(path / file))
            for key, value, time in entries:
                store.write_value(key, value, time)
            store.close()
        expected, found = samples_of(upstream(path)), samples_of(ours(path))
    assert same(found, expected), (found, expected)


def work(path: Path, number: int) -> subprocess.Popen[str]:
    environment = {**os.environ, "PROMETHEUS_MULTIPROC_DIR": str(path)}
    return subprocess.Popen([sys.executable, "-c", WORKER, str(number)], env=environment, text=True)


def test_files_of_real_processes_are_read_as_prometheus_client_reads_them(tmp_path, samples_of):
    workers = [work(tmp_path, number) for number in range(1, 4)]
    assert [worker.wait(60) for worker in workers] == [0, 0, 0]
    found = samples_of(ours(tmp_path))
    assert same(found, samples_of(upstream(tmp_path)))
    assert found["jobs_total", (("status", "ok"),)] == 300
    assert found["jobs_total", (("status", "failed"),)] == 150
    assert found["wait_seconds_count", (("model", "small"),)] == 300
    assert len([name for name, _ in found if name == "load_all"]) == 3


def test_files_that_are_written_meanwhile_never_go_back(tmp_path, container, read):
    container.attach_multiprocess(tmp_path, timeout=60)
    ok, last = ("jobs_total", (("status", "ok"),)), 0.0
    workers = [work(tmp_path, number) for number in range(1, 4)]
    while any(worker.poll() is None for worker in workers):
        value = read(container).get(ok, 0.0)
        assert value >= last
        last = value
    assert read(container)[ok] == 300


def write(path: Path, file: str, name: str, value: float) -> Path:
    store = MmapedDict(str(path / file))
    store.write_value(mmap_key(name, f"{name}_total", [], [], "Help."), value, 0.0)
    store.close()
    return path / file


def test_files_with_faults_are_skipped_and_counted(
    tmp_path, container, read, self_metric, eventually
):
    write(tmp_path, "counter_1.db", "jobs", 1)
    cut = write(tmp_path, "counter_2.db", "jobs", 2)
    cut.write_bytes(cut.read_bytes()[:40])
    (tmp_path / "counter_3.db").write_bytes(b"\x40\0\0\0\0\0\0\0" + b"\xff" * 56)
    (tmp_path / "counter_4.db").write_bytes(b"")
    (tmp_path / "notes.db").write_text("no metrics")
    source = container.attach_multiprocess(tmp_path, timeout=60)
    assert read(container) == {("jobs_total", ()): 1}
    files = {
        state: self_metric("dynamometer_multiprocess_files", source=source.name, state=state)
        for state in ("read", "skipped")
    }
    assert files == {"read": 2, "skipped": 3}
    assert self_metric("dynamometer_source_up", source=source.name) == 1
    source.detach()
    name = {"source": source.name, "state": "read"}
    eventually(lambda: self_metric("dynamometer_multiprocess_files", **name) is None)


def test_filter_and_labels_are_those_of_any_source(tmp_path, container, read):
    write(tmp_path, "counter_1.db", "jobs", 1)
    write(tmp_path, "counter_1.db", "other", 1)
    asked = Counter()

    def wanted(name: str) -> bool:
        asked[name] += 1
        return name == "jobs_total"

    container.attach_multiprocess(
        tmp_path, name_filter=wanted, labels={"pod": "a"}, timeout=60, name="workers"
    )
    for _ in range(3):
        assert read(container) == {("jobs_total", (("pod", "a"),)): 1}
    assert asked == {"jobs_total": 1, "other_total": 1}


def test_a_filter_that_raises_keeps_the_source_down(tmp_path, container, read, monkeypatch):
    write(tmp_path, "counter_1.db", "jobs", 1)
    raised = []
    monkeypatch.setattr(sys, "unraisablehook", lambda hooked: raised.append(hooked.exc_value))
    container.attach_multiprocess(tmp_path, name_filter=lambda _: 1 // 0, timeout=60)
    assert read(container) == {}
    assert [type(error) for error in raised] == [ZeroDivisionError]


def test_the_folder_is_that_of_the_environment(tmp_path, container, read, monkeypatch):
    write(tmp_path, "counter_1.db", "jobs", 1)
    monkeypatch.setenv("PROMETHEUS_MULTIPROC_DIR", str(tmp_path))
    container.attach_multiprocess(timeout=60)
    assert read(container) == {("jobs_total", ()): 1}


def test_without_a_folder_nothing_is_attached(container, monkeypatch):
    monkeypatch.delenv("PROMETHEUS_MULTIPROC_DIR", raising=False)
    monkeypatch.delenv("prometheus_multiproc_dir", raising=False)
    with pytest.raises(ValueError, match="PROMETHEUS_MULTIPROC_DIR"):
        container.attach_multiprocess()
    with pytest.raises(TypeError):
        container.attach_multiprocess(3)


def test_a_folder_may_come_later(tmp_path, container, read, self_metric):
    folder = tmp_path / "later"
    source = container.attach_multiprocess(folder, timeout=60)
    assert read(container) == {}
    assert self_metric("dynamometer_source_up", source=source.name) == 0
    folder.mkdir()
    write(folder, "counter_1.db", "jobs", 1)
    assert read(container) == {("jobs_total", ()): 1}
    assert self_metric("dynamometer_source_up", source=source.name) == 1


SERVED = """
import ctypes, subprocess, sys
import dynamometer
from dynamometer.server import serve

container = dynamometer.Container("app")
container.attach_multiprocess(sys.argv[1], timeout=60)
with serve("127.0.0.1", 0, containers=container) as server:
    read = "import urllib.request as u, sys; print(u.urlopen(sys.argv[1]).read().decode())"
    command = f"{sys.executable} -c '{read}' {server.url()}"
    # Keeps the GIL until the command ends.
    sys.exit(ctypes.PyDLL(None).system(command.encode()))
"""


def test_a_page_is_served_while_somebody_keeps_the_gil(tmp_path):
    write(tmp_path, "counter_1.db", "jobs", 1)
    command = [sys.executable, "-c", SERVED, str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr
    assert "\njobs_total 1\n" in done.stdout
