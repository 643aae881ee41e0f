"""For tests with pytest, which finds this by itself: a container, and what grew.

def test_a_request_is_counted(metrics_container, assert_increments):
    app = App(metrics_container)
    with assert_increments(app.requests, by=1):
        app.handle()
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Protocol

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager

    from dynamometer._native import Container

    Number = int | float


class Metric(Protocol):
    """Whatever has a value: counters, gauges, histograms."""

    @property
    def value(self) -> object:
        """Its value now."""


@pytest.fixture
def metrics_container() -> Container:
    """Return a container that no other test sees."""
    from dynamometer import Container  # noqa: PLC0415

    return Container("test")


@pytest.fixture(name="assert_increments")
def assert_increments_fixture() -> Callable[..., AbstractContextManager[None]]:
    """Return `assert_increments`, for a test that asks for it by name."""
    return assert_increments


@contextmanager
def assert_increments(metric: Metric | Callable[[], Number], by: Number = 1) -> Iterator[None]:
    """Fail where a metric does not grow by exactly so much in the with block.

    Of a histogram the observations count. A callable is asked for the number.
    """
    before = _number(metric)
    yield
    grew = _number(metric) - before
    if grew != by:
        pytest.fail(f"{metric!r} grew by {grew}, not by {by}", pytrace=False)


def _number(metric: Metric | Callable[[], Number]) -> Number:
    value = metric() if callable(metric) else metric.value
    count = getattr(value, "count", value)
    if not isinstance(count, int | float):
        raise TypeError(f"{metric!r} has no number to compare, but {value!r}")
    return count
