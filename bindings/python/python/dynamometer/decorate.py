"""Functions, coroutines and generators that run in a with block of their own."""

from __future__ import annotations

import functools
import inspect
from collections.abc import AsyncGenerator, Callable, Generator
from contextlib import AbstractContextManager
from typing import Any, cast

from dynamometer.errors import InvalidTypeError

Block = Callable[[], AbstractContextManager[object]]


def around(function: Callable[..., Any], block: Block) -> Callable[..., Any]:
    """Return `function` with a new block around each call of it.

    The block of a coroutine ends with the coroutine, that of a generator when it is exhausted or
    closed. The signature stays.
    """
    if not callable(function):
        message = f"{function!r} can not be decorated: it is no function"
        raise InvalidTypeError(message)
    if inspect.isasyncgenfunction(function):
        wrapper = _async_generator(function, block)
    elif inspect.iscoroutinefunction(function):
        wrapper = _coroutine(function, block)
    elif inspect.isgeneratorfunction(function):
        wrapper = _generator(function, block)
    else:
        wrapper = _function(function, block)
    functools.update_wrapper(wrapper, function)
    try:
        # Tools that do not follow __wrapped__ see it too.
        cast("Any", wrapper).__signature__ = inspect.signature(function)
    except (TypeError, ValueError):
        # Some built-in functions have none.
        pass
    return wrapper


def _function(function: Callable[..., Any], block: Block) -> Callable[..., Any]:
    def wrapper(*args: Any, **kwargs: Any) -> Any:
        with block():
            return function(*args, **kwargs)

    return wrapper


def _coroutine(function: Callable[..., Any], block: Block) -> Callable[..., Any]:
    async def wrapper(*args: Any, **kwargs: Any) -> Any:
        with block():
            return await function(*args, **kwargs)

    return wrapper


def _generator(function: Callable[..., Any], block: Block) -> Callable[..., Any]:
    def wrapper(*args: Any, **kwargs: Any) -> Generator[Any, Any, Any]:
        with block():
            return (yield from function(*args, **kwargs))

    return wrapper


def _async_generator(function: Callable[..., Any], block: Block) -> Callable[..., Any]:
    async def wrapper(*args: Any, **kwargs: Any) -> AsyncGenerator[Any, Any]:
        with block():
            generator = function(*args, **kwargs)
            step = generator.__anext__()
            try:
                while True:
                    try:
                        given = await step
                    except StopAsyncIteration:
                        return
                    try:
                        sent = yield given
                    except GeneratorExit:
                        raise
                    except BaseException as error:
                        step = generator.athrow(error)
                    else:
                        step = generator.asend(sent)
            finally:
                await generator.aclose()

    return wrapper
