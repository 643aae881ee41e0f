"""Files of several processes, ours and upstream's side by side."""

from __future__ import annotations

import importlib
import json
import os
import subprocess
import sys
import textwrap
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

if TYPE_CHECKING:
    from pathlib import Path

    from .beside import Both

MODES = ["all", "liveall", "min", "livemin", "max", "livemax", "sum", "livesum"]
MODES += ["mostrecent", "livemostrecent"]


def module(package: Any, name: str) -> Any:
    """Return a module of one of the packages."""
    return importlib.import_module(f"{package.__name__}.{name}")


def record(package: Any, process: int, clock: list[float]) -> None:
    """Record in all kinds of metrics as one process."""
    values = module(package, "values")
    values.ValueClass = values.MultiProcessValue(lambda: process)
    counter = package.Counter("c", 'help "é"', ["x", "y"], registry=None)
    counter.labels("1", 'a"\n\\é').inc(process)
    counter.labels("2", "").inc(0.5)
    histogram = package.Histogram("h", "help", ["x"], buckets=[1, 2], registry=None)
    for amount in (0.5, 1.5, 5, process):
        histogram.labels("1").observe(amount)
    package.Summary("s", "help", registry=None).observe(process)
    for mode in MODES:
        clock[0] += 1
        gauge = package.Gauge("g_" + mode, "help", ["x"], registry=None, multiprocess_mode=mode)
        gauge.labels("1").set(process * 10)


def page(package: Any, path: Path) -> dict[Any, float]:
    """Return the samples that the collector of a package finds."""
    multiprocess = module(package, "multiprocess")
    found = multiprocess.MultiProcessCollector(None, str(path)).collect()
    return {
        (
            metric.type,
            metric.documentation,
            sample.name,
            tuple(sorted(sample.labels.items())),
        ): sample.value
        for metric in found
        for sample in metric.samples
    }


@pytest.fixture
def directory(both: Both, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Return a directory that all value classes write to, and a clock that stands."""
    monkeypatch.setenv("PROMETHEUS_MULTIPROC_DIR", str(tmp_path))
    clock = [1000.0]
    monkeypatch.setattr("time.time", lambda: clock[0])
    yield tmp_path, clock
    for values in both.each("values"):
        values.close_all_multiprocess_files()
        values.ValueClass = values.MutexValue


def test_both_write_the_same_bytes(both: Both, directory: Any) -> None:
    path, clock = directory
    written = []
    for package in both.each():
        clock[0] = 1000.0
        record(package, 7, clock)
        files = sorted(path.glob("*.db"))
        written.append({file.name: file.read_bytes() for file in files})
        for file in files:
            file.unlink()
    assert written[0] == written[1]
    assert len(written[0]) == 3 + len(MODES)


@pytest.mark.parametrize("writers", [(0, 0), (1, 1), (0, 1), (1, 0)])
def test_both_read_what_either_wrote(both: Both, directory: Any, writers: tuple[int, int]) -> None:
    path, clock = directory
    for process, writer in zip((123, 456), writers, strict=True):
        record(both.each()[writer], process, clock)
    pages = [page(package, path) for package in both.each()]
    assert pages[0] == pages[1]
    assert pages[1]["gauge", "help", "g_mostrecent", (("x", "1"),)] == 4560
    assert pages[1]["histogram", "help", "h_count", (("x", "1"),)] == 8


def test_both_go_on_with_what_the_other_began(both: Both, directory: Any) -> None:
    path, clock = directory
    for package in (*both.each(), *both.each()):
        record(package, 9, clock)
        module(package, "values").close_all_multiprocess_files()
    labels = (("x", "1"), ("y", 'a"\n\\é'))
    for package in both.each():
        assert page(package, path)["counter", 'help "é"', "c_total", labels] == 36


def test_merging_without_adding_up_is_the_same(both: Both, directory: Any) -> None:
    path, clock = directory
    record(both.ours(), 1, clock)
    files = [str(file) for file in sorted(path.glob("*.db"))]
    merged = [
        [repr(metric) for metric in package.MultiProcessCollector.merge(files, accumulate=False)]
        for package in both.each("multiprocess")
    ]
    assert merged[0] == merged[1]


def test_a_process_that_died_leaves_the_live_modes(both: Both, directory: Any) -> None:
    path, clock = directory
    record(both.ours(), 1, clock)
    record(both.ours(), 2, clock)
    both.ours("multiprocess").mark_process_dead(1)
    left = {file.name for file in path.glob("*_1.db")}
    assert left == {
        "counter_1.db",
        "histogram_1.db",
        "summary_1.db",
        *(f"gauge_{mode}_1.db" for mode in MODES if not mode.startswith("live")),
    }


@given(
    entries=st.dictionaries(
        st.text(max_size=40), st.tuples(st.floats(allow_nan=False), st.floats(allow_nan=False))
    )
)
@settings(max_examples=60)
def test_dicts_in_files_are_read_by_the_other(
    both: Both, entries: dict[str, tuple[float, float]], tmp_path_factory: Any
) -> None:
    entries = {key: value for key, value in entries.items() if key.isprintable()}
    path = tmp_path_factory.mktemp("dict")
    for index, (writer, reader) in enumerate(
        [both.each("mmap_dict"), both.each("mmap_dict")[::-1]]
    ):
        file = str(path / f"{index}.db")
        written = writer.MmapedDict(file)
        for key, (value, timestamp) in entries.items():
            written.write_value(key, value, timestamp)
        written.close()
        read = reader.MmapedDict(file, read_mode=True)
        expected = [(key, *value) for key, value in entries.items()]
        assert list(read.read_all_values()) == expected
        read.close()


def test_a_file_that_says_more_than_it_holds_is_refused(both: Both, tmp_path: Path) -> None:
    mmap_dict = both.ours("mmap_dict")
    file = tmp_path / "counter_1.db"
    written = mmap_dict.MmapedDict(str(file))
    written.write_value("key", 1.0, 0.0)
    written._m[8:12] = (1 << 20).to_bytes(4, sys.byteorder)
    written.close()
    with pytest.raises(RuntimeError, match="corrupted"):
        list(mmap_dict.MmapedDict.read_all_values_from_file(str(file)))


def test_workers_of_a_pool_are_added_up(tmp_path: Path) -> None:
    program = textwrap.dedent(
        """
        import json, multiprocessing, os, sys
        import dynamometer
        dynamometer.install_as_prometheus_client()
        from prometheus_client import CollectorRegistry, Counter, Gauge
        from prometheus_client.multiprocess import MultiProcessCollector

        counter = Counter("c", "help", ["l"])
        running = Gauge("g", "help", multiprocess_mode="livesum")

        def work(number):
            counter.labels(str(number)).inc()
            running.set(1)

        if __name__ == "__main__":
            context = multiprocessing.get_context(sys.argv[1])
            children = [context.Process(target=work, args=(i % 2,)) for i in range(4)]
            [child.start() for child in children]
            [child.join() for child in children]
            registry = CollectorRegistry()
            MultiProcessCollector(registry)
            print(json.dumps([
                registry.get_sample_value("c_total", {"l": "0"}),
                registry.get_sample_value("c_total", {"l": "1"}),
                registry.get_sample_value("g"),
            ]))
        """
    )
    (tmp_path / "program.py").write_text(program)
    for method in ("fork", "spawn"):
        files = tmp_path / method
        files.mkdir()
        done = subprocess.run(
            [sys.executable, str(tmp_path / "program.py"), method],
            env={**os.environ, "PROMETHEUS_MULTIPROC_DIR": str(files)},
            capture_output=True,
            text=True,
            check=True,
        )
        assert json.loads(done.stdout) == [2, 2, 4]
