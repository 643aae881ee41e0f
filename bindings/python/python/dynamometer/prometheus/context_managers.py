"""What a block of code or a function is surrounded with to be measured."""

from __future__ import annotations

from collections.abc import Callable
from timeit import default_timer
from typing import TYPE_CHECKING, Any, Literal, Protocol, TypeVar

from .decorator import surround

if TYPE_CHECKING:
    from types import TracebackType

    from typing_extensions import Self

_Function = TypeVar("_Function", bound=Callable[..., Any])
_Exceptions = type[BaseException] | tuple[type[BaseException], ...]


class _Counter(Protocol):
    def inc(self) -> object: ...


class _Gauge(_Counter, Protocol):
    def dec(self) -> object: ...


class ExceptionCounter:
    """Counts the exceptions that leave a block or a function, and lets them go on."""

    def __init__(self, counter: _Counter, exception: _Exceptions) -> None:
        """Take the counter, and which exceptions to count."""
        self._counter = counter
        self._exception = exception

    def __enter__(self) -> None:
        """Begins the block."""

    def __exit__(
        self,
        typ: type[BaseException] | None,
        value: BaseException | None,
        traceback: TracebackType | None,
    ) -> Literal[False]:
        """Count what left the block, if that is of these exceptions."""
        if isinstance(value, self._exception):
            self._counter.inc()
        return False

    def __call__(self, f: _Function) -> _Function:
        """Return the function with its exceptions counted."""
        return surround(f, lambda: self)


class InprogressTracker:
    """Shows in a gauge how many times a block or a function runs now."""

    def __init__(self, gauge: _Gauge) -> None:
        """Take the gauge."""
        self._gauge = gauge

    def __enter__(self) -> None:
        """Add one."""
        self._gauge.inc()

    def __exit__(
        self,
        typ: type[BaseException] | None,
        value: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """Take one away."""
        self._gauge.dec()

    def __call__(self, f: _Function) -> _Function:
        """Return the function with its runs shown."""
        return surround(f, lambda: self)


class Timer:
    """Hands the seconds that a block or a function took to a metric.

    `duration` holds them once the block is left. As a decorator, each call has a
    timer of its own.
    """

    def __init__(self, metric: Any, callback_name: str) -> None:
        """Take the metric, and the name of its method that takes seconds."""
        self._metric = metric
        self._callback_name = callback_name
        self.duration: float | None = None

    def _new_timer(self) -> Timer:
        return self.__class__(self._metric, self._callback_name)

    def __enter__(self) -> Self:
        """Start the clock."""
        self._start = default_timer()
        return self

    def __exit__(
        self,
        typ: type[BaseException] | None,
        value: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """Stop the clock, and hand the seconds on; never less than zero."""
        duration = default_timer() - self._start
        # A comparison is half the price of `max`.
        self.duration = duration if duration > 0 else 0.0
        getattr(self._metric, self._callback_name)(self.duration)

    def labels(self, *args: object, **kw: object) -> None:
        """Chooses the series while the clock runs."""
        self._metric = self._metric.labels(*args, **kw)

    def __call__(self, f: _Function) -> _Function:
        """Return the function with its runs timed."""
        return surround(f, self._new_timer)
