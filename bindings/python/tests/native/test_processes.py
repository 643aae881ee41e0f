"""Forks, spawned processes, interpreters, exit."""

from __future__ import annotations

import multiprocessing
import os
import subprocess
import sys
import textwrap
import threading
from typing import Any

import pytest

import dynamometer

linux = pytest.mark.skipif(not hasattr(os, "fork"), reason="there is no fork")


def in_child(check: Any) -> None:
    """Run `check` in a child; its assertions fail the test."""
    pid = os.fork()
    if pid == 0:
        code = 1
        try:
            check()
            code = 0
        except BaseException as error:
            sys.stderr.write(f"child: {error!r}\n")
        finally:
            os._exit(code)
    assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 0


def python(source: str, *, code: int = 0, **env: str) -> str:
    """Run a program in an interpreter of its own, and return what it printed."""
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(source)],
        capture_output=True,
        text=True,
        env={**os.environ, **env},
        timeout=120,
        check=False,
    )
    assert done.returncode == code, done.stderr
    return done.stdout


@linux
def test_counts_begin_at_zero_in_a_child_and_gauges_stay():
    container = dynamometer.Container("fork")
    family = container.counter("c_total", labels=["a"])
    counter = family.labels("x")
    histogram, gauge = container.histogram("h"), container.gauge("g")
    count, amount = container.up_down_counter("u"), container.float_counter("f_total")
    for record in (counter.inc, count.inc, amount.inc):
        record(5)
    histogram.observe(1)
    gauge.set(5)

    def check() -> None:
        assert (counter.value, count.value, amount.value, histogram.value.count) == (0, 0, 0, 0)
        assert gauge.value == 5
        counter.inc()
        assert family.labels("x") is counter
        family.labels("x").inc()
        amount.inc(0.5)
        count.inc()
        histogram.observe_many([1, 2])
        family.labels("new").inc()
        assert (counter.value, count.value, amount.value) == (2, 1, 0.5)
        assert histogram.value.count == 2
        thread = threading.Thread(target=counter.inc)
        thread.start()
        thread.join()
        assert 'fork_c_total{a="x"} 3\n' in container.export_prometheus()

    in_child(check)
    in_child(lambda: in_child(check))
    counter.inc()
    assert (counter.value, histogram.value.count) == (6, 1)


@linux
def test_a_fork_while_others_record_and_read_leaves_a_child_that_works():
    container = dynamometer.Container("busy")
    family = container.counter("c_total", labels=["a"])
    stop = threading.Event()

    def record() -> None:
        at = 0
        while not stop.is_set():
            family.labels(at % 500).inc()
            container.export_prometheus()
            at += 1

    threads = [threading.Thread(target=record) for _ in range(3)]
    for thread in threads:
        thread.start()

    def check() -> None:
        before = family.labels("mine").value
        family.labels("mine").inc()
        assert family.labels("mine").value == before + 1
        assert container.export_prometheus()

    try:
        for _ in range(20):
            in_child(check)
    finally:
        stop.set()
        for thread in threads:
            thread.join()


def work(n: int) -> int:
    """Count in a worker; it has counters of its own."""
    counter = dynamometer.Container("worker").counter("c_total")
    counter.inc(n)
    return counter.value


@pytest.mark.parametrize("method", ["fork", "spawn", "forkserver"])
def test_workers_of_multiprocessing_have_counters_of_their_own(method):
    if method not in multiprocessing.get_all_start_methods():
        pytest.skip(f"there is no {method}")
    before = dynamometer.Container("worker").counter("c_total")
    before.inc(100)
    with multiprocessing.get_context(method).Pool(2) as pool:
        assert pool.map(work, [3]) == [3]
    assert before.value == 100


def test_a_sub_interpreter_is_refused():
    python(
        """
        try:
            import _interpreters as interpreters
        except ImportError:
            import _xxsubinterpreters as interpreters
        import dynamometer
        id = interpreters.create()
        source = '''
        try:
            import dynamometer
        except ImportError as error:
            assert "interpreter" in str(error), error
        else:
            raise SystemError("it was imported")
        '''
        failed = interpreters.run_string(id, "import textwrap; exec(textwrap.dedent(%r))" % source)
        assert failed is None, failed
        counter = dynamometer.Container("app").counter("c_total")
        counter.inc()
        assert counter.value == 1
        """
    )


def test_an_interpreter_may_exit_while_threads_record():
    python(
        """
        import threading, dynamometer
        container = dynamometer.Container("app")
        histogram = container.histogram("h")
        started = threading.Barrier(5)
        def record():
            started.wait()
            while True:
                with histogram.time():
                    container.export_prometheus()
        for _ in range(4):
            threading.Thread(target=record, daemon=True).start()
        started.wait()
        """
    )


def test_objects_that_outlive_the_module_may_record():
    printed = python(
        """
        import atexit, dynamometer
        counter = dynamometer.Container("app").counter("c_total")
        class Late:
            def __del__(self, counter=counter):
                counter.inc()
                print(counter.value, flush=True)
        late = Late()
        late.itself = late
        atexit.register(counter.inc)
        """
    )
    assert printed in ("2\n", "")


def test_hot_methods_can_be_left_to_pyo3():
    source = """
        import dynamometer
        from dynamometer import _native
        print(dynamometer.Counter.inc is _native._pyo3_methods["Counter.inc"])
        """
    assert python(source, DYN_PYTHON_RAW="0") == "True\n"
    assert python(source, DYN_PYTHON_RAW="1") == "False\n"
