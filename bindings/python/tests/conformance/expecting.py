"""The steps that expect."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dynamometer import ExponentialValue, HistogramValue

from .number import number, same
from .world import counted, refuse_unknown

if TYPE_CHECKING:
    from collections.abc import Callable

    from .world import World

REGISTRATION_ERRORS = "dynamometer_registration_errors_total"


def value(world: World, name: str, expected: Any) -> None:
    read = world.handles[name].value
    assert same(read, number(expected)), f"{read!r} is not {expected!r}"


def shape(read: HistogramValue, expected: dict[str, Any]) -> None:
    buckets = [(number(bound), count) for bound, count in expected["buckets"]]
    assert list(read.buckets) == buckets
    assert same(read.sum, number(expected["sum"]))
    assert read.count == expected["count"]


def exponential_shape(read: ExponentialValue, expected: dict[str, Any]) -> None:
    assert read.schema == expected["schema"]
    assert read.zero_count == expected["zero_count"]
    assert sorted(read.positive.items()) == [tuple(b) for b in expected.get("positive", [])]
    assert sorted(read.negative.items()) == [tuple(b) for b in expected.get("negative", [])]
    assert same(read.sum, number(expected["sum"]))
    assert read.count == expected["count"]


def histogram(world: World, name: str, expected: dict[str, Any]) -> None:
    shape(world.handles[name].value, expected)


def exponential(world: World, name: str, expected: dict[str, Any]) -> None:
    exponential_shape(world.handles[name].value, expected)


def states(world: World, name: str, expected: list[str]) -> None:
    handle = world.handles[name]
    assert handle.enabled == expected
    assert all(handle.is_enabled(state) for state in expected)


def series(world: World, **expected: Any) -> None:
    found = find_series(world, expected)
    assert found is not None, f"no such series: {expected}"
    match found["value"]:
        case HistogramValue() as read:
            shape(read, expected["histogram"])
        case ExponentialValue() as read:
            exponential_shape(read, expected["exponential"])
        case read:
            assert same(read, number(expected["value"])), f"{read!r}, not {expected}"


def absent(world: World, **expected: Any) -> None:
    if "labels" in expected:
        assert find_series(world, expected) is None
    else:
        assert expected["name"] not in world.container.snapshot()


def family(world: World, **expected: Any) -> None:
    found = world.container.snapshot()[expected["name"]]
    assert found["kind"] == expected["kind"]
    if "help" in expected:
        assert found["help"] == expected["help"]
    if "unit" in expected:
        assert found["unit"] == expected["unit"]
    if "series" in expected:
        assert len(found["series"]) == expected["series"]


def lines(world: World, *expected: str) -> None:
    page = read_twice(world)
    for line in expected:
        assert page.count(line) == 1, f"{line!r} is {page.count(line)} times on {page}"


def text(world: World, *expected: str) -> None:
    assert read_twice(world) == list(expected)


def self_counted(world: World, **expected: Any) -> None:
    if expected["name"] == REGISTRATION_ERRORS:
        # What Python raises is not counted as well.
        return
    key = (expected["name"], expected["reason"])
    assert counted()[key] - world.counted_before.get(key, 0) >= expected["at_least"]


def find_series(world: World, expected: dict[str, Any]) -> Any:
    found = world.container.snapshot().get(expected["name"])
    labels = dict(expected.get("labels", []))
    for one in found["series"] if found else []:
        if one["labels"] == labels:
            return one
    return None


def read_twice(world: World) -> list[str]:
    page = world.container.export_prometheus()
    assert page == world.container.export_prometheus()
    assert page == "" or page.endswith("\n")
    return page.split("\n")[:-1]


EXPECT: dict[str, Callable[..., None]] = {
    "expect_value": value,
    "expect_histogram": histogram,
    "expect_exponential": exponential,
    "expect_states": states,
    "expect_series": series,
    "expect_family": family,
    "expect_absent": absent,
    "expect_lines": lines,
    "expect_text": text,
    "expect_counted": self_counted,
}


def expect(world: World, name: str, step: dict[str, Any]) -> None:
    refuse_unknown(step, {name})
    given = step[name]
    if isinstance(given, dict):
        EXPECT[name](world, **given)
    else:
        EXPECT[name](world, *given)
