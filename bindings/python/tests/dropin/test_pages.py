"""Pages, byte for byte those of prometheus_client."""

from __future__ import annotations

import math
import struct
import threading
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

if TYPE_CHECKING:
    from .beside import Both

ESCAPINGS = ["underscores", "values", "dots", "allow-utf-8"]

TEXT = st.text(st.sampled_from('ab:._-"\\\n é{}=,'), max_size=6)
NAMES = st.one_of(
    st.from_regex(r"[a-zA-Z_:][a-zA-Z0-9_:]{0,6}", fullmatch=True),
    # Upstream takes a line break at the end for part of a valid name.
    TEXT.filter(lambda text: text and not text.endswith("\n")),
)
LABELS = NAMES.filter(lambda name: not name.startswith("__") and name not in ("le", "quantile"))
AMOUNTS = st.floats(allow_nan=True, width=64)


@st.composite
def plans(draw: Any, trace: str = '"\\\n') -> list[dict[str, Any]]:
    """Return what metrics to make, and what to record into them."""
    return [
        {
            "kind": draw(st.sampled_from(["Counter", "Gauge", "Summary", "Histogram"])),
            "name": f"m{index}{draw(NAMES)}",
            "help": draw(TEXT),
            "unit": draw(st.sampled_from(["", "seconds"])),
            "labels": draw(st.lists(LABELS, max_size=3, unique=True)),
            "series": draw(st.lists(st.tuples(TEXT, TEXT, TEXT), max_size=3)),
            "amounts": draw(st.lists(AMOUNTS, max_size=3)),
            "buckets": sorted(draw(st.lists(st.floats(-1e3, 1e20), min_size=1, max_size=4))),
            "exemplar": draw(st.sampled_from([None, {}, {"trace": trace}])),
        }
        for index in range(draw(st.integers(0, 4)))
    ]


def filled(package: Any, plan: list[dict[str, Any]]) -> Any:
    """Return a registry with what the plan says."""
    registry = package.CollectorRegistry(target_info={"env": 'te"st'})
    for step in plan:
        kwargs: dict[str, Any] = {"unit": step["unit"], "registry": registry}
        if step["kind"] == "Histogram":
            kwargs["buckets"] = step["buckets"]
        labels = step["labels"]
        family = getattr(package, step["kind"])(step["name"], step["help"], labels, **kwargs)
        series = [values[: len(labels)] for values in step["series"]]
        for metric in [family.labels(*values) for values in series] if labels else [family]:
            for amount in step["amounts"]:
                record(metric, step, amount)
    return registry


def record(metric: Any, step: dict[str, Any], amount: float) -> None:
    exemplar = step["exemplar"]
    if step["kind"] == "Counter":
        metric.inc(abs(amount), exemplar)
    elif step["kind"] == "Gauge":
        metric.set(amount)
    elif step["kind"] == "Summary":
        metric.observe(amount)
    else:
        metric.observe(amount, exemplar)


@pytest.fixture(autouse=True)
def fixed_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("time.time", lambda: 1234567.891)


@pytest.mark.parametrize("escaping", ESCAPINGS)
@pytest.mark.parametrize("module", ["exposition", "openmetrics.exposition"])
@given(plan=plans())
@settings(max_examples=60)
def test_pages_are_those_of_prometheus_client(
    both: Both, module: str, escaping: str, plan: list[dict[str, Any]]
) -> None:
    pages = []
    for package, exposition in zip(both.each(), both.each(module), strict=True):
        pages.append(exposition.generate_latest(filled(package, plan), escaping))
    assert pages[0] == pages[1]


@given(st.floats(), st.integers(-(2**70), 2**70))
def test_numbers_are_written_as_upstream_writes_them(both: Both, number: float, whole: int) -> None:
    theirs, ours = both.each()
    for value in (number, float(whole), whole / 1000, round(number, 3)):
        lines = []
        for package in (theirs, ours):
            registry = package.CollectorRegistry()
            package.Gauge("g", "", registry=registry).set(value)
            lines.append(package.generate_latest(registry))
        assert lines[0] == lines[1]


def test_numbers_of_all_sizes_are_written_as_upstream_writes_them(both: Both) -> None:
    values = [
        float(f"{digits}e{exponent}")
        for digits in (1, 1.5, 123456789, -7.25)
        for exponent in range(-30, 31)
    ]
    # Halfway between two numbers of 16 or 17 digits, which is rounded to the even one.
    values += [2.0**49 + quarter / 4 for quarter in range(1, 32)]
    values += [odd * 2.0**-power for power in range(20, 40) for odd in range(1, 32, 2)]
    values += [0.0, -0.0, math.inf, -math.inf, math.nan, 5e-324, 999999.0, 1e6, 1e15, 1e16, 1e17]
    values += [
        struct.unpack("d", struct.pack("Q", 0x3FF0000000000000 + bits))[0]
        for bits in (0, 1, 2, 0xFFFFF)
    ]
    pages = []
    for package in both.each():
        registry = package.CollectorRegistry()
        gauge = package.Gauge("g", "", ["i"], registry=registry)
        for index, value in enumerate(values):
            gauge.labels(str(index)).set(value)
        pages.append(package.generate_latest(registry))
    assert pages[0] == pages[1]


def test_created_can_be_left_out(both: Both) -> None:
    pages = []
    for package in both.each():
        registry = package.CollectorRegistry()
        package.Counter("c", "help", registry=registry).inc()
        package.disable_created_metrics()
        try:
            pages.append(package.generate_latest(registry))
        finally:
            package.enable_created_metrics()
    assert pages[0] == pages[1]
    assert b"_created" not in pages[0]


def test_what_draws_itself_is_drawn_so(both: Both) -> None:
    package = both.ours()

    class Loud(package.Counter):  # type: ignore[name-defined, misc]
        def _child_samples(self) -> Any:
            return [sample._replace(value=99.0) for sample in super()._child_samples()]

    registry = package.CollectorRegistry()
    Loud("loud", "help", registry=registry)
    gauge = package.Gauge("computed", "help", ["l"], registry=registry)
    gauge.labels("x").set(1)
    gauge.labels("y").set_function(lambda: 42)
    info = package.Info("info", "help", registry=registry)
    info.info({"a": "b"})
    package.Enum("enum", "help", states=["on", "off"], registry=registry)
    page = package.generate_latest(registry).decode()
    for line in [
        "loud_total 99.0",
        'computed{l="x"} 1.0',
        'computed{l="y"} 42.0',
        'info_info{a="b"} 1.0',
        'enum{enum="on"} 1.0',
    ]:
        assert line in page.splitlines()


def test_text_that_is_no_utf8_fails_as_upstream(both: Both) -> None:
    for package in both.each():
        registry = package.CollectorRegistry()
        package.Gauge("g", "help", ["l"], registry=registry).labels("\ud800").set(1)
        with pytest.raises(UnicodeEncodeError):
            package.generate_latest(registry)


def test_a_family_that_fails_is_named(both: Both) -> None:
    for package in both.each():
        metric = package.Metric("m", "help", "gauge")
        metric.add_sample("m", {}, "no number")

        class Collector:
            def collect(self, metric: Any = metric) -> Any:
                return [metric]

        registry = package.CollectorRegistry()
        registry.register(Collector())
        with pytest.raises(ValueError, match="could not convert") as caught:
            package.generate_latest(registry)
        assert caught.value.args[-1] is metric


def test_a_page_is_written_while_series_come_and_go(both: Both) -> None:
    package = both.ours()
    registry = package.CollectorRegistry()
    counter = package.Counter("c", "help", ["l"], registry=registry)
    done = threading.Event()

    def churn() -> None:
        number = 0
        while not done.is_set():
            counter.labels(str(number)).inc()
            if number >= 50:
                counter.remove(str(number - 50))
            number += 1

    thread = threading.Thread(target=churn)
    thread.start()
    try:
        for _ in range(200):
            page = package.generate_latest(registry).decode()
            assert page.startswith("# HELP c_total help\n# TYPE c_total counter\n")
    finally:
        done.set()
        thread.join()


def test_the_two_packages_are_two(both: Both) -> None:
    theirs, ours = both.each("metrics")
    assert theirs.Counter is not ours.Counter
