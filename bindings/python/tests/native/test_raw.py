"""Hot methods, each against PyO3's method of the same name."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import dynamometer
from dynamometer import _native

METHODS = _native._pyo3_methods


class Float(float):
    """A float that is not exact."""


class Index:
    def __init__(self, at: int) -> None:
        self.at = at

    def __index__(self) -> int:
        return self.at

    def __repr__(self) -> str:
        return f"Index({self.at})"


ODD = [None, True, False, "1", "", b"1", [], {}, 1j, {"a": "b"}, ()]
values = st.one_of(
    st.floats(),
    st.integers(),
    st.integers(min_value=2**53 - 2, max_value=2**65),
    st.integers(min_value=-(2**65), max_value=-(2**62)),
    st.integers(min_value=2**1020, max_value=2**1030),
    st.floats().map(Float),
    st.integers(min_value=-5, max_value=2**65).map(Index),
    st.sampled_from(ODD),
)
names = st.sampled_from(["n", "amount", "value", "exemplar", "other"])
arguments = st.tuples(st.lists(values, max_size=3), st.dictionaries(names, values, max_size=2))
label = st.one_of(
    st.text(max_size=3),
    st.sampled_from(["a", "b", "\ud800", 1, -5, 2**70, True, None, 1.5, b"a", Index(3)]),
)
label_names = st.sampled_from(["x", "y", "z"])
look_ups = st.tuples(st.lists(label, max_size=3), st.dictionaries(label_names, label, max_size=3))


def outcome(call: Any, *args: Any, **kwargs: Any) -> Any:
    """Return what a call returns, or the class and text of what it raises."""
    try:
        return call(*args, **kwargs)
    except Exception as error:
        return type(error), str(error)


def state(instrument: Any) -> str:
    """Return an instrument's value as text, in which NaN is equal to itself."""
    return repr(getattr(instrument, "value", instrument))


RECORDS = [
    ("Counter", "inc"),
    ("FloatCounter", "inc"),
    ("UpDownCounter", "inc"),
    ("UpDownCounter", "dec"),
    ("UpDownCounter", "add"),
    ("Gauge", "set"),
    ("Gauge", "inc"),
    ("Gauge", "dec"),
    ("Histogram", "observe"),
    ("ExponentialHistogram", "observe"),
]
KINDS = {
    "Counter": "counter",
    "FloatCounter": "float_counter",
    "UpDownCounter": "up_down_counter",
    "Gauge": "gauge",
    "Histogram": "histogram",
    "ExponentialHistogram": "exponential_histogram",
}


@pytest.mark.parametrize(("kind", "method"), RECORDS)
@settings(max_examples=300, deadline=None)
@given(calls=st.lists(arguments, max_size=4))
def test_records_are_those_of_pyo3(kind, method, calls):
    ones, others = (
        getattr(dynamometer.Container("app"), KINDS[kind])("m", **options) for options in ({}, {})
    )
    fast, slow = getattr(dynamometer, kind).__dict__[method], METHODS[f"{kind}.{method}"]
    for args, kwargs in calls:
        assert outcome(fast, ones, *args, **kwargs) == outcome(slow, others, *args, **kwargs)
        assert state(ones) == state(others)


@settings(max_examples=500, deadline=None)
@given(calls=st.lists(look_ups, max_size=8))
def test_look_ups_are_those_of_pyo3(calls):
    family = dynamometer.Container("app").counter("m", labels=["x", "y"])
    fast, slow = dynamometer.Family.__dict__["labels"], METHODS["Family.labels"]
    for args, kwargs in calls:
        for _ in range(2):
            one = outcome(fast, family, *args, **kwargs)
            other = outcome(slow, family, *args, **kwargs)
            assert one is other or one == other


@pytest.mark.parametrize("name", sorted(METHODS))
def test_docstrings_and_signatures_are_those_of_pyo3(name):
    kind, method = name.split(".")
    fast, slow = getattr(dynamometer, kind).__dict__[method], METHODS[name]
    assert fast.__doc__ == slow.__doc__
    assert fast.__text_signature__ == slow.__text_signature__
    assert fast.__name__ == slow.__name__
    assert fast.__qualname__ == slow.__qualname__


@pytest.mark.parametrize("name", sorted(METHODS))
def test_methods_refuse_objects_of_other_classes(name):
    kind, method = name.split(".")
    fast = getattr(dynamometer, kind).__dict__[method]
    with pytest.raises(TypeError):
        fast(object())
    with pytest.raises(TypeError):
        fast()
