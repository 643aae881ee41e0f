"""What stands around a block: timers, things in flight, exceptions; as decorators too."""

from __future__ import annotations

import asyncio
import inspect
from typing import Any

import pytest

import dynamometer
from dynamometer.errors import InvalidTypeError


@pytest.fixture
def container() -> dynamometer.Container:
    return dynamometer.Container("app")


@pytest.fixture(params=["histogram", "exponential_histogram"])
def histogram(container, request) -> Any:
    return getattr(container, request.param)("h")


def test_a_block_is_timed(histogram):
    with histogram.time() as timer:
        assert histogram.value.count == 0
    assert histogram.value.count == 1
    assert histogram.value.sum == timer.duration >= 0


def test_a_block_that_raises_is_timed_and_its_exception_passes(histogram):
    with pytest.raises(KeyError), histogram.time():
        raise KeyError
    assert histogram.value.count == 1


def test_timers_may_be_nested(histogram):
    with histogram.time(), histogram.time():
        pass
    assert histogram.value.count == 2


def test_a_timer_keeps_its_histogram(container):
    timer = container.histogram("h").time()
    with timer:
        pass
    assert container.histogram("h").value.count == 1


def test_things_in_flight_are_counted_while_they_are(container):
    count = container.up_down_counter("inflight")
    with count.in_flight() as guard, guard:
        assert count.value == 2
    with pytest.raises(KeyError), count.in_flight():
        raise KeyError
    assert count.value == 0


def test_exceptions_are_counted_by_class(container):
    counter = container.counter("errors_total")
    for error in (ValueError, KeyError, KeyboardInterrupt):
        with pytest.raises(error), counter.count_exceptions((ValueError, KeyError)):
            raise error
    assert counter.value == 2
    with counter.count_exceptions():
        pass
    with pytest.raises(KeyboardInterrupt), counter.count_exceptions():
        raise KeyboardInterrupt
    with pytest.raises(ZeroDivisionError), counter.count_exceptions(ArithmeticError):
        raise ZeroDivisionError
    assert counter.value == 3


@pytest.mark.parametrize("exceptions", [5, "ValueError", int, (ValueError, 5), ValueError()])
def test_what_is_no_exception_class_can_not_be_counted(container, exceptions):
    with pytest.raises(InvalidTypeError, match="no exception class"):
        container.counter("errors_total").count_exceptions(exceptions)


@pytest.fixture(params=["time", "in_flight", "count_exceptions"])
def block(container, request) -> tuple[Any, Any]:
    """Return something to decorate with, and how often it was entered or left."""
    if request.param == "time":
        histogram = container.histogram("h")
        return histogram.time(), lambda: histogram.value.count
    if request.param == "in_flight":
        count = container.up_down_counter("u")
        return count.in_flight(), lambda: None
    counter = container.counter("c_total")
    return counter.count_exceptions(), lambda: None


def test_a_function_keeps_its_signature_name_and_result(block):
    guard, _ = block

    @guard
    def add(a: int, /, b: int = 2, *, c: int = 3) -> int:
        """Add."""
        return a + b + c

    assert add(1, c=5) == 8
    assert (add.__name__, add.__doc__) == ("add", "Add.")
    assert str(inspect.signature(add)) in (
        "(a: int, /, b: int = 2, *, c: int = 3) -> int",
        "(a: 'int', /, b: 'int' = 2, *, c: 'int' = 3) -> 'int'",
    )
    assert inspect.getfullargspec(add).args == ["a", "b"]


def test_a_method_is_called_with_its_object(container):
    histogram = container.histogram("h")

    class Server:
        name = "x"

        @histogram.time()
        def handle(self, what: str) -> str:
            return self.name + what

    assert Server().handle("y") == "xy"
    assert histogram.value.count == 1


def test_each_call_has_a_block_of_its_own(container):
    histogram = container.histogram("h")

    @histogram.time()
    def factorial(n: int) -> int:
        return n * factorial(n - 1) if n else 1

    assert factorial(5) == 120
    assert histogram.value.count == 6


def test_a_coroutine_is_in_flight_until_it_is_done(container):
    count, histogram = container.up_down_counter("u"), container.histogram("h")

    @histogram.time()
    @count.in_flight()
    async def wait(entered: asyncio.Event, leave: asyncio.Event) -> int:
        entered.set()
        await leave.wait()
        return 7

    async def main() -> None:
        entered, leave = asyncio.Event(), asyncio.Event()
        tasks = [asyncio.create_task(wait(entered, leave)) for _ in range(3)]
        await entered.wait()
        await asyncio.sleep(0)
        assert (count.value, histogram.value.count) == (3, 0)
        leave.set()
        assert await asyncio.gather(*tasks) == [7, 7, 7]

    assert inspect.iscoroutinefunction(wait)
    asyncio.run(main())
    assert (count.value, histogram.value.count) == (0, 3)


def test_a_coroutine_that_is_cancelled_is_left(container):
    count, errors = container.up_down_counter("u"), container.counter("errors_total")

    @errors.count_exceptions(asyncio.CancelledError)
    @count.in_flight()
    async def hang(entered: asyncio.Event) -> None:
        entered.set()
        await asyncio.Event().wait()

    async def main() -> None:
        entered = asyncio.Event()
        task = asyncio.create_task(hang(entered))
        await entered.wait()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task

    asyncio.run(main())
    assert (count.value, errors.value) == (0, 1)


def test_a_generator_is_in_flight_until_it_is_exhausted_or_closed(container):
    count = container.up_down_counter("u")

    @count.in_flight()
    def numbers(n: int) -> Any:
        got = None
        for at in range(n):
            got = yield at if got is None else got
        return "end"

    assert inspect.isgeneratorfunction(numbers)
    assert list(numbers(3)) == [0, 1, 2]
    generator = numbers(3)
    assert count.value == 0
    assert next(generator) == 0
    assert count.value == 1
    assert generator.send("sent") == "sent"
    generator.close()
    assert count.value == 0
    with pytest.raises(StopIteration) as caught:
        next(numbers(0))
    assert caught.value.value == "end"


def test_an_async_generator_is_in_flight_until_it_is_exhausted_or_closed(container):
    count = container.up_down_counter("u")
    cleaned = []

    @count.in_flight()
    async def numbers(n: int) -> Any:
        try:
            got = None
            for at in range(n):
                try:
                    got = yield at if got is None else got
                except KeyError:
                    got = "caught"
        finally:
            cleaned.append(n)

    async def main() -> None:
        assert [n async for n in numbers(3)] == [0, 1, 2]
        generator = numbers(5)
        assert await generator.__anext__() == 0
        assert count.value == 1
        assert await generator.asend("sent") == "sent"
        assert await generator.athrow(KeyError()) == "caught"
        await generator.aclose()
        assert count.value == 0
        failing = numbers(5)
        await failing.__anext__()
        with pytest.raises(ValueError, match="thrown"):
            await failing.athrow(ValueError("thrown"))

    assert inspect.isasyncgenfunction(numbers)
    asyncio.run(main())
    assert (count.value, cleaned) == (0, [3, 5, 5])


def test_what_is_no_function_is_not_decorated(container):
    with pytest.raises(InvalidTypeError, match="no function"):
        container.histogram("h").time()(5)


def test_builtin_functions_without_a_signature_are_decorated(container):
    histogram = container.histogram("h")
    assert histogram.time()(max)(1, 2) == 2
    assert histogram.value.count == 1
