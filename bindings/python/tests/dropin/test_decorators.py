"""Blocks and functions that are measured."""

from __future__ import annotations

import asyncio
import inspect
from typing import TYPE_CHECKING, Any

import pytest

from dynamometer.prometheus import Counter, Gauge, Histogram
from dynamometer.prometheus import context_managers as managers
from dynamometer.prometheus.decorator import decorate, getargspec

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Return a clock that moves when it is told to."""
    now = [0.0]
    monkeypatch.setattr(managers, "default_timer", lambda: now[0])
    return now


@pytest.fixture
def histogram() -> Histogram:
    return Histogram("h", "help", registry=None)


def test_a_signature_stays(histogram: Histogram) -> None:
    def function(a: int, b: str = "x", *args: Any, c: bool, **kwargs: Any) -> None:
        """Do nothing."""

    timed = histogram.time()(function)
    assert inspect.signature(timed) == inspect.signature(function)
    assert getargspec(timed) == getargspec(function)
    assert (timed.__name__, timed.__doc__) == ("function", "Do nothing.")


def test_a_function_is_called_through_its_caller() -> None:
    def double(func: Any, *args: Any) -> Any:
        return func(*args) * 2

    assert decorate(lambda value: value + 1, double)(3) == 8


def test_a_coroutine_is_timed_to_its_end(histogram: Histogram, clock: list[float]) -> None:
    @histogram.time()
    async def work() -> int:
        await asyncio.sleep(0)
        clock[0] += 3
        return 42

    assert inspect.iscoroutinefunction(work)
    assert asyncio.run(work()) == 42
    assert histogram._sum.get() == 3


def test_a_generator_is_timed_to_its_end(histogram: Histogram, clock: list[float]) -> None:
    @histogram.time()
    def work() -> Iterator[int]:
        for number in range(3):
            clock[0] += 1
            yield number

    assert list(work()) == [0, 1, 2]
    assert histogram._sum.get() == 3


def test_an_asynchronous_generator_is_timed_to_its_end(
    histogram: Histogram, clock: list[float]
) -> None:
    @histogram.time()
    async def work() -> AsyncIterator[int]:
        for number in range(3):
            clock[0] += 1
            yield number

    async def consume() -> list[int]:
        return [number async for number in work()]

    assert asyncio.run(consume()) == [0, 1, 2]
    assert histogram._sum.get() == 3


def test_what_runs_at_once_is_shown() -> None:
    gauge = Gauge("g", "help", registry=None)

    @gauge.track_inprogress()
    async def work() -> float:
        await asyncio.sleep(0)
        return float(gauge._value.get())

    async def several() -> list[float]:
        return list(await asyncio.gather(*(work() for _ in range(3))))

    assert max(asyncio.run(several())) == 3
    assert gauge._value.get() == 0


def test_exceptions_of_these_classes_are_counted_and_go_on() -> None:
    counter = Counter("c", "help", registry=None)

    @counter.count_exceptions((KeyError, ValueError))
    def work(error: BaseException) -> None:
        raise error

    for error in (KeyError(), ValueError(), TypeError()):
        with pytest.raises(type(error)):
            work(error)
    assert counter._value.get() == 2


def test_a_timer_shows_its_seconds_and_never_less_than_zero(
    histogram: Histogram, clock: list[float]
) -> None:
    with histogram.time() as timer:
        clock[0] += 2
    assert timer.duration == 2
    with histogram.time() as timer:
        clock[0] -= 5
    assert timer.duration == 0
    assert histogram._sum.get() == 2


def test_labels_can_be_chosen_while_the_clock_runs(clock: list[float]) -> None:
    histogram = Histogram("h", "help", ["status"], registry=None)
    with histogram.time() as timer:
        clock[0] += 2
        timer.labels("ok")
    assert histogram.labels("ok")._sum.get() == 2
