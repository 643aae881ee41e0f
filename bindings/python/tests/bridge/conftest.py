"""Pages, read back; and programs that run in interpreters of their own."""

from __future__ import annotations

import itertools
import os
import subprocess
import sys
import textwrap
import time
from typing import TYPE_CHECKING

import pytest
from prometheus_client.parser import text_string_to_metric_families

import dynamometer

if TYPE_CHECKING:
    from collections.abc import Callable

Samples = dict[tuple[str, tuple[tuple[str, str], ...]], float]

NAMES = itertools.count()

PATIENCE = 60.0


def parsed(page: str) -> Samples:
    """Reads the values of a page, by name and sorted labels."""
    return {
        (sample.name, tuple(sorted(sample.labels.items()))): sample.value
        for family in text_string_to_metric_families(page)
        for sample in family.samples
    }


@pytest.fixture(scope="session")
def samples_of() -> Callable[[str], Samples]:
    """Reads the values of a page, by name and sorted labels."""
    return parsed


@pytest.fixture
def container() -> dynamometer.Container:
    """A container of this test alone."""
    return dynamometer.Container(f"test{next(NAMES)}")


@pytest.fixture
def read() -> Callable[[dynamometer.Container], Samples]:
    """Reads the page of a container."""
    return lambda container: parsed(container.export_prometheus())


@pytest.fixture
def self_metric() -> Callable[..., float | None]:
    """Reads one of the library's own metrics."""

    def value(name: str, **labels: str) -> float | None:
        page = parsed(dynamometer.self_metrics().export_prometheus())
        return page.get((name, tuple(sorted(labels.items()))))

    return value


@pytest.fixture
def eventually() -> Callable[[Callable[[], object]], None]:
    """Waits until something is true, for as long as any machine may take."""

    def wait(condition: Callable[[], object]) -> None:
        end = time.monotonic() + PATIENCE
        while not condition():
            assert time.monotonic() < end, f"this did not come within {PATIENCE} s"

    return wait


@pytest.fixture
def run() -> Callable[..., subprocess.CompletedProcess[str]]:
    """Runs a program in an interpreter of its own."""

    def run(program: str, **variables: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-c", textwrap.dedent(program)]
        environment = {**os.environ, **variables}
        return subprocess.run(
            command, env=environment, capture_output=True, text=True, timeout=60, check=False
        )

    return run
