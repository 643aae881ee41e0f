"""Instruments: what they record, and what they refuse."""

from __future__ import annotations

import array
import copy
import math
import pickle
from typing import Any

import pytest

import dynamometer
from dynamometer.errors import InvalidTypeError, InvalidValueError


@pytest.fixture
def container() -> dynamometer.Container:
    return dynamometer.Container("app")


def dropped(reason: str) -> int:
    family = dynamometer.self_metrics().snapshot()["dynamometer_dropped_samples_total"]
    values = [s["value"] for s in family["series"] if s["labels"]["reason"] == reason]
    return int(values[0])


def test_a_counter_counts_ints_bools_and_floats_without_a_fraction(container):
    counter = container.counter("c_total")
    counter.inc()
    counter.inc(2)
    counter.inc(3.0)
    counter.inc(True)
    counter.inc(n=4)
    counter.inc(2**63)
    assert counter.value == 11 + 2**63


@pytest.mark.parametrize("n", [0.5, -1, -1.0, math.nan, math.inf, 2**64, 1e30, -(2**70)])
def test_a_counter_refuses_what_is_no_number_of_things(container, n):
    counter = container.counter("c_total")
    with pytest.raises(ValueError, match="float_counter") as caught:
        counter.inc(n)
    assert isinstance(caught.value, InvalidValueError)
    assert counter.value == 0


@pytest.mark.parametrize("value", ["1", b"1", None, [1], object(), 1j])
@pytest.mark.parametrize(
    ("kind", "method"),
    [
        ("counter", "inc"),
        ("float_counter", "inc"),
        ("up_down_counter", "add"),
        ("gauge", "set"),
        ("histogram", "observe"),
        ("exponential_histogram", "observe"),
    ],
)
def test_what_is_no_number_is_a_type_error(container, kind, method, value):
    instrument = getattr(container, kind)("m")
    if value is None and kind in ("counter", "float_counter"):
        pytest.skip("None is left out")
    with pytest.raises(TypeError) as caught:
        getattr(instrument, method)(value)
    assert isinstance(caught.value, InvalidTypeError)
    assert "app_m" in str(caught.value)


def test_an_exception_of_a_number_passes(container):
    class Broken:
        def __float__(self) -> float:
            raise KeyError("broken")

    for record in (container.gauge("g").set, container.counter("c_total").inc):
        with pytest.raises(KeyError, match="broken"):
            record(Broken())


def test_float_counters_drop_and_count_what_does_not_grow(container):
    amount = container.float_counter("busy_seconds_total")
    before = dropped("negative"), dropped("nan")
    amount.inc(0.5)
    amount.inc()
    amount.inc(-1)
    amount.inc(math.nan)
    assert amount.value == 1.5
    assert (dropped("negative") - before[0], dropped("nan") - before[1]) == (1, 1)


def test_up_down_counters_go_both_ways(container):
    count = container.up_down_counter("u")
    count.inc()
    count.inc(5)
    count.dec(2)
    count.dec(-1)
    count.add(-10)
    assert count.value == -5
    for n in (1.5, 2**63, -(2**63) - 1):
        with pytest.raises(InvalidValueError, match="gauge"):
            count.add(n)
    with pytest.raises(InvalidValueError):
        count.dec(-(2**63))
    assert count.value == -5


def test_gauges_keep_whatever_they_are_set_to(container):
    gauge = container.gauge("g")
    for value in (1.5, -3, True, math.inf):
        gauge.set(value)
        assert gauge.value == value
    gauge.set(math.nan)
    assert math.isnan(gauge.value)
    gauge.set(1)
    gauge.inc(2)
    gauge.dec(0.5)
    gauge.inc()
    gauge.dec()
    assert gauge.value == 2.5
    with pytest.raises(InvalidValueError, match="so large"):
        gauge.set(10**400)


def test_a_histogram_drops_and_counts_nan(container):
    histogram = container.histogram("h", buckets=[1, 2])
    before = dropped("nan")
    histogram.observe(math.nan)
    histogram.observe_many([0.5, math.nan, 1.5])
    histogram.observe_n(3, 2)
    histogram.observe_n(3, 0)
    assert histogram.value.buckets == ((1.0, 1), (2.0, 2), (math.inf, 4))
    assert histogram.value.sum == 8.0
    assert dropped("nan") - before == 2


class Numbers:
    def __init__(self, *values: float) -> None:
        self.values = values

    def __iter__(self):
        return (value for value in self.values)


@pytest.mark.parametrize(
    "values",
    [
        [0.5, 1, 1.5],
        (0.5, 1, 1.5),
        array.array("d", [0.5, 1, 1.5]),
        memoryview(array.array("d", [0.5, 9, 1, 9, 1.5]))[::2],
        array.array("f", [0.5, 1, 1.5]),
        {0.5: 0, 1: 0, 1.5: 0},
        Numbers(0.5, 1, 1.5),
    ],
    ids=lambda values: type(values).__name__,
)
@pytest.mark.parametrize("kind", ["histogram", "exponential_histogram"])
def test_many_observations_are_the_same_as_each(container, kind, values):
    many = getattr(container, kind)("many")
    each = getattr(container, kind)("each")
    for value in (0.5, 1, 1.5):
        each.observe(value)
    many.observe_many(values)
    assert many.value == each.value


def test_many_observations_are_made_together_or_not_at_all(container):
    histogram = container.histogram("h")
    for values in ([1.0, "x"], (1.0, "x"), iter([1.0, None])):
        with pytest.raises(InvalidTypeError):
            histogram.observe_many(values)
    for values in (1.0, None):
        with pytest.raises(InvalidTypeError):
            histogram.observe_many(values)
    assert histogram.value.count == 0


def test_a_list_that_shrinks_while_it_is_observed_is_read_as_far_as_it_goes(container):
    histogram = container.histogram("h")
    values: list[Any] = []

    class Shrinking:
        def __float__(self) -> float:
            values.clear()
            return 1.0

    values.extend([Shrinking(), 2.0, 3.0])
    histogram.observe_many(values)
    assert histogram.value.count == 1


def test_numpy_scalars_and_arrays_are_numbers(container):
    numpy = pytest.importorskip("numpy")
    counter, gauge = container.counter("c_total"), container.gauge("g")
    histogram = container.histogram("h", buckets=[1, 10])
    counter.inc(numpy.int64(3))
    counter.inc(numpy.uint8(1))
    counter.inc(numpy.float64(2.0))
    assert counter.value == 6
    for value in (numpy.float32(0.5), numpy.float64(0.5), numpy.int16(2)):
        gauge.set(value)
        assert gauge.value == value
    histogram.observe_many(numpy.array([0.5, 5.0]))
    histogram.observe_many(numpy.arange(4))
    histogram.observe_many(numpy.array([[0.5], [50.0]]).ravel())
    assert histogram.value.count == 8
    assert container.counter("f_total", labels=["a"]).labels(numpy.int64(7)).labels == {"a": "7"}


def test_exemplars_are_kept_where_they_are_asked_for(container):
    counter = container.counter("c_total", exemplars=True)
    histogram = container.histogram("h", buckets=[1], exemplars=True)
    counter.inc(2, {"trace_id": "a"})
    histogram.observe(0.5, exemplar={"trace_id": "b"})
    histogram.observe(5, {"trace_id": "c"})
    page = container.export("openmetrics").decode()
    assert 'app_c_total 2 # {trace_id="a"} 2' in page
    families = container.snapshot()
    [series] = families["app_h"]["series"]
    assert [e["labels"]["trace_id"] for e in series["exemplars"]] == ["b", "c"]
    for exemplar in ("a", {"a": 1}, {1: "a"}, [("a", "b")]):
        with pytest.raises(InvalidTypeError, match="trace_id"):
            counter.inc(1, exemplar)


def test_an_exemplar_that_is_not_wanted_is_dropped_and_its_value_counts(container):
    counter = container.counter("c_total")
    counter.inc(2, exemplar={"trace_id": "a"})
    assert counter.value == 2


def test_a_state_set_is_changed_as_a_whole_or_state_by_state(container):
    state = container.state_set("s", ["a", "b", "c"])
    state.set_only("a")
    state.enable("c")
    assert state.enabled == ["a", "c"]
    state.disable("a")
    before = dropped("unknown_state")
    state.set_only("d")
    assert state.enabled == ["c"]
    assert not state.is_enabled("d")
    assert dropped("unknown_state") - before == 1
    with pytest.raises(InvalidTypeError):
        state.set_only(None)


def test_totals_that_are_kept_elsewhere_are_mirrored(container):
    counter, amount = container.counter("c_total"), container.float_counter("f_total")
    counter.set_total(7)
    amount.set_total(7.5)
    counter.set_total(3)
    assert (counter.value, amount.value) == (3, 7.5)


def test_what_an_instrument_is_can_be_read(container):
    counter = container.counter("c_total", constant_labels={"a": 1, "b": True})
    assert (counter.name, counter.labels) == ("app_c_total", {"a": "1", "b": "true"})
    assert repr(counter) == '<Counter app_c_total{a="1",b="true"} 0>'
    assert repr(container.gauge("g")) == "<Gauge app_g 0>"
    assert repr(container.info("build")) == "<Info app_build_info 1>"


def test_instruments_in_no_container_work():
    for kind, record in (
        (dynamometer.Counter, "inc"),
        (dynamometer.FloatCounter, "inc"),
        (dynamometer.UpDownCounter, "inc"),
        (dynamometer.Gauge, "inc"),
    ):
        instrument = kind.detached()
        getattr(instrument, record)()
        assert instrument.value == 1
    histogram = dynamometer.Histogram.detached()
    histogram.observe(1)
    assert histogram.value.count == 1


def test_classes_are_made_by_containers_alone():
    for kind in (dynamometer.Counter, dynamometer.Family, dynamometer.Timer):
        with pytest.raises(TypeError):
            kind()
        with pytest.raises(TypeError):
            type("Mine", (kind,), {})


@pytest.mark.parametrize("how", [copy.copy, copy.deepcopy, pickle.dumps])
def test_nothing_can_be_copied_or_pickled(container, how):
    things = [
        container,
        container.counter("c_total"),
        container.histogram("h"),
        container.gauge("g", labels=["a"]),
        container.histogram("h").time(),
    ]
    for thing in things:
        with pytest.raises(TypeError, match="belong to this process") as caught:
            how(thing)
        assert isinstance(caught.value, dynamometer.DynamometerError)
