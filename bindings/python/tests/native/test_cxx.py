"""C++ libraries of the process: their metrics are on Python's page."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from .test_processes import python

INCLUDE = Path(__file__).parents[4] / "cpp" / "libnv" / "include"

SOURCE = """
#include <thread>
#include <vector>

#include <libnv/libnv.hpp>

extern "C" void record(unsigned threads, unsigned times) {
    libnv::Container container;
    libnv::Counter counter =
        container.counter_family("shared_total", {"who"}).with_label_values({"all"});
    libnv::Histogram histogram = container.histogram("wait_seconds", "", {1.0, 2.0});
    std::vector<std::thread> writers;
    for (unsigned writer = 0; writer < threads; ++writer) {
        writers.emplace_back([=] {
            for (unsigned at = 0; at < times; ++at) {
                counter.inc();
                histogram.observe(1.5);
            }
        });
    }
    for (std::thread &writer : writers) writer.join();
}
"""

PYTHON = """
import ctypes, sys, threading
import dynamometer

def declare():
    global container, family, histogram
    container = dynamometer.Container("app")
    family = container.counter("shared_total", labels=["who"])
    histogram = container.histogram("wait_seconds", buckets=[1, 2])

def record(times):
    for _ in range(times):
        family.labels("all").inc()
        histogram.observe(0.5)

def cxx(threads, times):
    ctypes.CDLL(sys.argv[1]).record(threads, times)

def expect(counted, below):
    page = container.export_prometheus().splitlines()
    assert f'app_shared_total{{who="all"}} {counted}' in page, page
    assert f'app_wait_seconds_bucket{{le="1.0"}} {below}' in page, page
    assert f'app_wait_seconds_count {counted}' in page, page
    assert family.labels("all").value == counted == histogram.value.count
"""


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Compile a library against libnv's headers alone, as one that Python loads is."""
    compiler = os.environ.get("CXX") or shutil.which("c++")
    if compiler is None:
        pytest.skip("there is no C++ compiler")
    folder = tmp_path_factory.mktemp("cxx")
    source, library = folder / "writer.cpp", folder / "writer.so"
    source.write_text(SOURCE)
    flags = ["-std=c++17", "-O1", "-fPIC", "-shared", "-pthread", "-DLIBNV_LATE_BIND"]
    subprocess.run([compiler, *flags, source, "-I", INCLUDE, "-o", library], check=True)
    return library


def run(source: str, library: Path) -> None:
    program = f"import sys; sys.argv = ['', {str(library)!r}]\n{PYTHON}\n{source}"
    python(program, LIBNV_LIBRARY="")


def test_a_library_that_is_loaded_later_records_into_pythons_cells(library):
    run("declare(); record(5); cxx(4, 1000); record(5); expect(4010, 10)", library)


def test_what_a_library_counted_before_python_came_is_not_lost(library):
    run("cxx(4, 1000); declare(); record(5); expect(4005, 5); cxx(1, 1); expect(4006, 5)", library)


def test_python_and_cxx_write_at_once_and_the_sum_is_exact(library):
    run(
        """
declare()
writers = [threading.Thread(target=record, args=(20_000,)) for _ in range(4)]
writers.append(threading.Thread(target=cxx, args=(4, 100_000)))
for writer in writers:
    writer.start()
while any(writer.is_alive() for writer in writers):
    container.export_prometheus()
for writer in writers:
    writer.join()
expect(480_000, 80_000)
        """,
        library,
    )


def test_a_child_begins_at_zero_in_both_languages(library):
    run(
        """
import os
declare(); record(5); cxx(1, 5)
pid = os.fork()
if pid == 0:
    code = 1
    try:
        expect(0, 0); record(2); cxx(2, 3); expect(8, 2)
        code = 0
    finally:
        os._exit(code)
assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 0
expect(10, 5)
        """,
        library,
    )


def test_what_python_rust_and_cxx_measure_is_on_one_page(library):
    run(
        """
declare(); container.add_process_metrics(); record(5); cxx(2, 5); expect(15, 5)
assert container.snapshot()["process_resident_memory_bytes"]["series"][0]["value"] > 1e6
        """,
        library,
    )


def test_doctor_says_where_cxx_metrics_go(library):
    run("declare(); cxx(1, 1); assert 'app' in dynamometer.doctor()", library)
