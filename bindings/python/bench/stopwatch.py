"""The time of a statement: CPU time of the thread, less that of the loop."""

from __future__ import annotations

import gc
from dataclasses import dataclass
from itertools import repeat
from time import thread_time_ns
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

UNROLLED = 10
"""How often the loop's body has the statement: the loop itself takes a nanosecond."""


@dataclass(frozen=True)
class Plan:
    """How long to measure."""

    samples: int
    sample_ns: int


USUAL = Plan(samples=61, sample_ns=2_000_000)
QUICK = Plan(samples=15, sample_ns=500_000)


@dataclass(frozen=True)
class Statement:
    """Python code, the names in it, and how many things it does."""

    code: str
    names: Mapping[str, object]
    things: int = 1


class Runner:
    """A statement in a loop."""

    def __init__(self, statement: Statement, plan: Plan) -> None:
        """Compile the loop, and find how often it must run for one sample."""
        self._statement = statement
        self._loop = _compile(statement.code, statement.names)
        self._empty = _compile("pass", {})
        self._turns = 1
        while self._loop(repeat(None, self._turns)) < plan.sample_ns:
            self._turns *= 2

    def sample(self) -> float:
        """Return the nanoseconds that one thing takes."""
        gc.disable()
        try:
            took = self._loop(repeat(None, self._turns))
            empty = self._empty(repeat(None, self._turns))
        finally:
            gc.enable()
        return (took - empty) / (self._turns * UNROLLED * self._statement.things)


def _compile(code: str, names: Mapping[str, object]) -> Callable[[repeat[None]], int]:
    """Return a function that times the code; its names are locals, as in a hot function."""
    parameters = "".join(f", {name}={name}" for name in names)
    body = "\n        ".join([code] * UNROLLED)
    source = f"""
def loop(turns, clock=clock{parameters}):
    start = clock()
    for _ in turns:
        {body}
    return clock() - start
"""
    scope = {**names, "clock": thread_time_ns}
    exec(source, scope)
    loop: Callable[[repeat[None]], int] = scope["loop"]  # type: ignore[assignment]
    return loop
