"""What a scenario made so far, and the steps that make and record."""

from __future__ import annotations

import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import pytest

import dynamometer

from .number import number

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

CLASSES = {
    "counter": dynamometer.Counter,
    "float_counter": dynamometer.FloatCounter,
    "up_down_counter": dynamometer.UpDownCounter,
    "gauge": dynamometer.Gauge,
    "histogram": dynamometer.Histogram,
}
"""The kinds that have instruments in no container."""

RECORD: dict[str, Callable[..., object]] = {
    "inc": lambda handle: handle.inc(),
    "inc_by": lambda handle, n: handle.inc(number(n)),
    "add": lambda handle, n: handle.add(n),
    "set": lambda handle, value: handle.set(number(value)),
    "gauge_inc": lambda handle, by: handle.inc(number(by)),
    "gauge_dec": lambda handle, by: handle.dec(number(by)),
    "observe": lambda handle, value: handle.observe(number(value)),
    "observe_n": lambda handle, value, n: handle.observe_n(number(value), n),
    "set_only": lambda handle, state: handle.set_only(state),
    "enable": lambda handle, state: handle.enable(state),
    "disable": lambda handle, state: handle.disable(state),
}

CREATE = {
    "create", "as", "name", "help", "labels", "unit", "buckets", "layout", "states", "aliases",
    "label_names", "limit", "in", "error", "message", "existing",
}  # fmt: skip


class World:
    """A container, and what steps called handles, families and scopes."""

    def __init__(self, prefix: str) -> None:
        self.container = dynamometer.Container(prefix)
        self.handles: dict[str, Any] = {}
        self.families: dict[str, Any] = {}
        self.kinds: dict[str, str] = {}
        self.scopes: dict[str, dynamometer.Container] = {}
        self.counted_before = counted()

    def local(self) -> World:
        """Return a view for one thread, whose handles are its own."""
        view = object.__new__(World)
        view.__dict__.update(self.__dict__)
        view.handles = dict(self.handles)
        return view

    def scope_of(self, step: dict[str, Any]) -> dynamometer.Container:
        return self.scopes[step["in"]] if "in" in step else self.container

    def create(self, step: dict[str, Any]) -> None:
        refuse_unknown(step, CREATE)
        kind, name = step["create"], step.get("as")
        if kind == "state_set":
            made = self.scope_of(step).state_set
            args = [step["name"], step["states"]]
        else:
            made = getattr(self.scope_of(step), kind)
            args = [step["name"]]
        options: dict[str, Any] = dict(step.get("layout", {}))
        options["constant_labels"] = [tuple(label) for label in step.get("labels", [])]
        options |= {key: step[key] for key in ("help", "unit", "aliases", "limit") if key in step}
        if "buckets" in step:
            options["buckets"] = [number(bound) for bound in step["buckets"]]
        if "label_names" in step:
            options["labels"] = step["label_names"]
        if "error" in step:
            with self.refused(step):
                made(*args, **options)
            if name is not None:
                self.detach(kind, name, "label_names" in step)
            return
        result = made(*args, **options)
        if name is not None:
            result = made(*args, **options)
            into = self.families if "label_names" in step else self.handles
            into[name] = result
            self.kinds[name] = kind

    def detach(self, kind: str, name: str, is_family: bool) -> None:
        """Go on as a user would whose metric was refused: with one in no container."""
        if is_family or kind not in CLASSES:
            pytest.skip(f"Python raises where a {kind} is refused, and has none in no container")
        self.handles[name] = CLASSES[kind].detached()

    def look_up(self, step: dict[str, Any]) -> None:
        refuse_unknown(step, {"look_up", "values", "as", "error", "message"})
        family, kind = self.families[step["look_up"]], self.kinds[step["look_up"]]
        if "error" in step:
            with self.refused(step):
                family.labels(*step["values"])
            if "as" in step:
                self.detach(kind, step["as"], is_family=False)
            return
        handle = family.labels(*step["values"])
        if "as" in step:
            assert family.labels(*step["values"]) is handle or "overflow" in handle.labels
            self.handles[step["as"]] = handle

    def remove(self, step: dict[str, Any]) -> None:
        refuse_unknown(step, {"remove", "values", "removed"})
        assert self.families[step["remove"]].remove(*step["values"]) is step["removed"]

    def scope(self, step: dict[str, Any]) -> None:
        refuse_unknown(step, {"scope", "as", "in", "labels", "error", "message"})
        labels = [tuple(label) for label in step.get("labels", [])]
        if "error" in step:
            with self.refused(step):
                self.scope_of(step).scope(step["scope"], labels)
            if "as" in step:
                pytest.skip("Python raises where a scope is refused")
            return
        self.scopes[step["as"]] = self.scope_of(step).scope(step["scope"], labels)

    def drop(self, step: dict[str, Any]) -> None:
        refuse_unknown(step, {"drop"})
        del self.handles[step["drop"]]

    def record(self, name: str, step: dict[str, Any]) -> None:
        refuse_unknown(step, {name})
        handle, *args = [step[name]] if isinstance(step[name], str) else step[name]
        RECORD[name](self.handles[handle], *args)

    def on_threads(
        self, step: dict[str, Any], run: Callable[[World, dict[str, Any]], None]
    ) -> None:
        refuse_unknown(step, {"on_threads", "repeat", "steps"})
        start = threading.Barrier(step["on_threads"])
        errors: list[BaseException] = []

        def work() -> None:
            local = self.local()
            start.wait()
            try:
                for _ in range(step.get("repeat", 1)):
                    for one in step["steps"]:
                        run(local, one)
            except BaseException as error:
                errors.append(error)

        threads = [threading.Thread(target=work) for _ in range(step["on_threads"])]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert not errors, errors

    @contextmanager
    def refused(self, step: dict[str, Any]) -> Iterator[None]:
        before = len(self.container)
        with pytest.raises(dynamometer.DynamometerError) as caught:
            yield
        assert caught.value.kind == step["error"]
        if "message" in step:
            assert str(caught.value) == step["message"]
        if step.get("existing"):
            assert caught.value.existing is not None
        assert len(self.container) == before


def refuse_unknown(step: dict[str, Any], known: set[str]) -> None:
    unknown = set(step) - known
    assert not unknown, f"{step} has {unknown}, which no runner knows"


def counted() -> dict[tuple[str, str], int]:
    """Return the library's own counters that have a reason."""
    found = {}
    for name, family in dynamometer.self_metrics().snapshot().items():
        for series in family["series"]:
            if "reason" in series["labels"]:
                found[name, series["labels"]["reason"]] = series["value"]
    return found
