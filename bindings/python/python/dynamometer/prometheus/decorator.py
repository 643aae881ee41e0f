"""Functions around functions that keep the signature of what they wrap."""

from __future__ import annotations

import functools
import inspect
from collections.abc import AsyncIterator, Callable, Generator
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar, cast

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

_Function = TypeVar("_Function", bound=Callable[..., Any])


class ArgSpec(NamedTuple):
    """The arguments that a function takes."""

    args: list[str]
    varargs: str | None
    varkw: str | None
    defaults: tuple[Any, ...] | None


def getargspec(f: Callable[..., Any]) -> ArgSpec:
    """Return the names of a function's arguments, and their defaults."""
    spec = inspect.getfullargspec(f)
    return ArgSpec(spec.args, spec.varargs, spec.varkw, spec.defaults)


def decorate(func: _Function, caller: Callable[..., Any]) -> _Function:
    """Return `func`, called through `caller(func, *args, **kwargs)`.

    The name, the documentation and the signature stay those of `func`.
    """

    def called(*args: Any, **kwargs: Any) -> Any:
        return caller(func, *args, **kwargs)

    return _like(func, called)


def surround(func: _Function, context: Callable[[], AbstractContextManager[Any]]) -> _Function:
    """Return `func`, run inside a new context each time.

    The context of a coroutine, a generator or an asynchronous generator lasts from
    its first step to its end, where upstream's ends when the call returns.
    """
    target: Callable[..., Any] = func
    if inspect.iscoroutinefunction(func):

        async def awaited(*args: Any, **kwargs: Any) -> Any:
            with context():
                return await target(*args, **kwargs)

        return _like(func, awaited)
    if inspect.isasyncgenfunction(func):

        async def iterated(*args: Any, **kwargs: Any) -> AsyncIterator[Any]:
            with context():
                async for item in target(*args, **kwargs):
                    yield item

        return _like(func, iterated)
    if inspect.isgeneratorfunction(func):

        def generated(*args: Any, **kwargs: Any) -> Generator[Any, Any, Any]:
            with context():
                return (yield from target(*args, **kwargs))

        return _like(func, generated)

    def called(*args: Any, **kwargs: Any) -> Any:
        with context():
            return target(*args, **kwargs)

    return _like(func, called)


def _like(func: _Function, wrapper: Callable[..., Any]) -> _Function:
    wrapped = functools.wraps(func)(wrapper)
    try:
        # `inspect.getfullargspec` follows this, and not `__wrapped__`.
        wrapped.__signature__ = inspect.signature(func)  # type: ignore[attr-defined]
    except ValueError:
        # Some built-in functions have no signature to keep.
        pass
    return cast("_Function", wrapped)
