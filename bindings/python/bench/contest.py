"""One row, measured for each library in turn, so that each sees the same noise."""

from __future__ import annotations

from dataclasses import dataclass, field
from statistics import median
from typing import TYPE_CHECKING

from stopwatch import Plan, Runner

if TYPE_CHECKING:
    from collections.abc import Sequence

    from library import Library
    from row import Row

OURS, DROP_IN, THEIRS = "dynamometer", "drop-in", "prometheus_client"

PER_UNIT = {"ns": 1.0, "ms": 1e6}


@dataclass(frozen=True)
class Verdict:
    """Whether a goal is met."""

    goal: str
    is_met: bool


@dataclass
class Result:
    """The medians of a row, by library, in its unit."""

    row: Row
    medians: dict[str, float] = field(default_factory=dict)

    def ratio(self, library: str = OURS) -> float | None:
        """How many times as long prometheus_client takes as a library of ours."""
        theirs, ours = self.medians.get(THEIRS), self.medians.get(library)
        return None if theirs is None or ours is None else theirs / ours

    @property
    def verdicts(self) -> list[Verdict]:
        """The goals of the row, judged; none where it has none, or was not measured."""
        verdicts = []
        row, ours = self.row, self.medians.get(OURS)
        if row.at_most is not None and ours is not None:
            goal = f"<= {row.at_most:g} {row.unit}"
            verdicts.append(Verdict(goal, ours <= row.at_most))
        for library, ratio in ((each, self.ratio(each)) for each in (OURS, DROP_IN)):
            if row.times_faster is not None and ratio is not None:
                goal = f"{library} >= {row.times_faster:g} x"
                verdicts.append(Verdict(goal, ratio >= row.times_faster))
        return verdicts


class Contest:
    """Libraries that are measured side by side."""

    def __init__(self, libraries: Sequence[Library], plan: Plan) -> None:
        """Set every library up."""
        self._plan = plan
        self._entrants = [(library.name, library.statements()) for library in libraries]

    def measure(self, row: Row) -> Result:
        """Return the medians of all libraries that have such a statement."""
        runners = {
            name: Runner(statements[row.key], self._plan)
            for name, statements in self._entrants
            if row.key in statements
        }
        samples: dict[str, list[float]] = {name: [] for name in runners}
        for _ in range(self._plan.samples):
            for name, runner in runners.items():
                samples[name].append(runner.sample())
        unit = PER_UNIT[row.unit]
        return Result(row, {name: median(taken) / unit for name, taken in samples.items()})
