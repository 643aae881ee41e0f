"""What is recorded, natively and in Python, and by many threads."""

from __future__ import annotations

import math
import threading
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dynamometer.prometheus import CollectorRegistry, Counter, Gauge, Histogram, Summary, values

AMOUNTS = st.one_of(
    st.floats(),
    st.integers(),
    st.booleans(),
    st.fractions(),
    st.decimals(),
    st.none(),
    st.text(max_size=3),
)

METHODS = [
    (Counter, "inc"),
    (Gauge, "inc"),
    (Gauge, "dec"),
    (Gauge, "set"),
    (Summary, "observe"),
    (Histogram, "observe"),
]


def outcome(metric: Any, method: str, *args: Any, **kwargs: Any) -> tuple[Any, Any]:
    """Return what a call raised, and what the metric holds behind it."""
    try:
        raised = getattr(metric, method)(*args, **kwargs)
    except Exception as error:
        raised = type(error), str(error)
    samples = [
        (sample.name, tuple(sample.labels.items()), repr(float(sample.value)))
        for sample in metric._child_samples()
        if not sample.name.endswith("_created")
    ]
    return raised, samples


@pytest.mark.parametrize(("kind", "method"), METHODS)
@given(amounts=st.lists(AMOUNTS, max_size=5))
def test_native_methods_do_what_those_in_python_do(
    kind: Any, method: str, amounts: list[Any]
) -> None:
    native = kind("m", "help", registry=None)
    slow = kind("m", "help", registry=None)
    for amount in amounts:
        fast = outcome(native, method, amount)
        assert fast == outcome(slow, f"_slow_{method}", amount)


@pytest.mark.parametrize(("kind", "method"), METHODS)
def test_wrong_arguments_raise_as_in_python(kind: Any, method: str) -> None:
    metric = kind("m", "help", registry=None)
    for args, kwargs in [((1, 2, 3), {}), ((), {"amuont": 1}), ((1,), {"amount": 1})]:
        with pytest.raises(TypeError):
            getattr(metric, method)(*args, **kwargs)


@pytest.mark.parametrize(("kind", "method"), METHODS)
def test_amounts_pass_by_name(kind: Any, method: str) -> None:
    metric = kind("m", "help", registry=None)
    getattr(metric, method)(**{"value" if method == "set" else "amount": 2})
    assert outcome(metric, "collect")[1][0][2] in ("2.0", "-2.0", "1.0", "0.0")
    (total,) = [
        sample.value for sample in metric._child_samples() if sample.name in ("_total", "", "_sum")
    ]
    assert abs(total) == 2


def test_what_numbers_of_other_kinds_add_is_theirs_to_say() -> None:
    counter = Counter("c", "help", registry=None)
    counter.inc(Fraction(1, 2))
    assert counter._value.get() == 0.5
    with pytest.raises(TypeError):
        counter.inc(Decimal("0.5"))
    with pytest.raises(OverflowError):
        counter.inc(10**400)
    assert counter._value.get() == 0.5


def test_numpy_scalars_are_numbers() -> None:
    numpy = pytest.importorskip("numpy")
    gauge = Gauge("g", "help", registry=None)
    gauge.inc(numpy.float64(1.5))
    gauge.inc(numpy.int32(2))
    gauge.dec(numpy.float32(0.5))
    assert gauge._value.get() == 3


def test_a_negative_increment_is_refused_and_nan_is_not() -> None:
    counter = Counter("c", "help", registry=None)
    for amount in (-1, -0.5, -math.inf):
        with pytest.raises(ValueError, match="non-negative"):
            counter.inc(amount)
    assert counter._value.get() == 0
    counter.inc(math.nan)
    assert math.isnan(counter._value.get())


def test_a_value_goes_to_the_first_bucket_that_holds_it() -> None:
    for bounds in ([1, 2, 3], [1, 1, 2], [-1, 0, 1], [float(i) for i in range(100)]):
        histogram = Histogram("h", "help", buckets=bounds, registry=None)
        slow = Histogram("h", "help", buckets=bounds, registry=None)
        for bound in bounds:
            for value in (bound, math.nextafter(bound, -math.inf), math.nextafter(bound, math.inf)):
                histogram.observe(value)
                slow._slow_observe(value)
        assert [c.get() for c in histogram._buckets] == [c.get() for c in slow._buckets]
        assert histogram._sum.get() == slow._sum.get()


def test_nan_is_summed_and_in_no_bucket() -> None:
    histogram = Histogram("h", "help", registry=None)
    histogram.observe(math.nan)
    assert math.isnan(histogram._sum.get())
    assert sum(bucket.get() for bucket in histogram._buckets) == 0


def test_many_threads_lose_nothing() -> None:
    registry = CollectorRegistry()
    counter = Counter("c", "help", ["thread"], registry=registry)
    shared = Counter("shared", "help", registry=registry)
    histogram = Histogram("h", "help", registry=registry)
    start = threading.Barrier(8)

    def work(name: str) -> None:
        start.wait()
        for _ in range(20_000):
            counter.labels(name).inc()
            shared.inc(2)
            histogram.observe(0.3)

    threads = [threading.Thread(target=work, args=(str(i % 4),)) for i in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for name in "0123":
        assert registry.get_sample_value("c_total", {"thread": name}) == 40_000
    assert registry.get_sample_value("shared_total") == 320_000
    assert registry.get_sample_value("h_count") == 160_000


def test_a_value_class_that_is_swapped_in_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    class Doubled(values.MutexValue):
        def inc(self, amount: float) -> None:
            super().inc(2 * amount)

    monkeypatch.setattr(values, "ValueClass", Doubled)
    counter = Counter("c", "help", registry=None)
    histogram = Histogram("h", "help", registry=None)
    counter.inc(3)
    histogram.observe(3)
    assert counter._value.get() == 6
    assert histogram._sum.get() == 6


def test_a_value_that_is_replaced_is_the_one_that_is_recorded_into() -> None:
    counter = Counter("c", "help", registry=None)
    histogram = Histogram("h", "help", registry=None)
    counter._value = values.MutexValue("counter", "c", "c_total", (), (), "help")
    histogram.observe(0.3)
    histogram._sum = values.MutexValue("histogram", "h", "h_sum", (), (), "help")
    counter.inc(4)
    histogram.observe(0.3)
    assert counter._value.get() == 4
    assert histogram._sum.get() == 0.3
    assert sum(bucket.get() for bucket in histogram._buckets) == 2


def test_created_and_exemplars_take_the_time_of_the_time_module(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("time.time", lambda: 123.456)
    registry = CollectorRegistry()
    counter = Counter("c", "help", registry=registry)
    counter.inc(2, {"trace": "1"})
    gauge = Gauge("g", "help", registry=registry)
    gauge.set_to_current_time()
    assert registry.get_sample_value("c_created") == 123.456
    assert counter._value.get_exemplar().timestamp == 123.456
    assert registry.get_sample_value("g") == 123.456
    monkeypatch.setattr("time.time", lambda: 200.0)
    counter.reset()
    assert registry.get_sample_value("c_created") == 200.0
    assert registry.get_sample_value("c_total") == 0
