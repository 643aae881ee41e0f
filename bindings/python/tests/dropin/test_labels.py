"""Which series `labels` returns, and when it lets go of one."""

from __future__ import annotations

import gc
import weakref
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dynamometer.prometheus import CollectorRegistry, Counter, Enum, Gauge, Histogram


@pytest.fixture
def counter() -> Counter:
    return Counter("c", "help", ["model", "stage"], registry=None)


def test_the_same_labels_are_the_same_series(counter: Counter) -> None:
    series = counter.labels("a", "b")
    assert counter.labels("a", "b") is series
    assert counter.labels(model="a", stage="b") is series
    assert counter.labels(stage="b", model="a") is series
    assert counter.labels(stage="b", model="a") is series
    assert counter.labels("b", "a") is not series


def test_the_order_of_names_is_no_matter_however_often_it_changes(counter: Counter) -> None:
    a, b = "a", "b"
    for _ in range(3):
        assert counter.labels(model=a, stage=b)._labelvalues == ("a", "b")
        assert counter.labels(stage=a, model=b)._labelvalues == ("b", "a")
        assert counter.labels(a, b)._labelvalues == ("a", "b")


@given(st.lists(st.tuples(st.sampled_from("abcdefg"), st.sampled_from("xyz")), max_size=40))
def test_what_is_remembered_never_mixes_up_series(calls: list[tuple[str, str]]) -> None:
    counter = Counter("c", "help", ["model", "stage"], registry=None)
    for model, stage in calls:
        assert counter.labels(model, stage)._labelvalues == (model, stage)
        assert counter.labels(stage=stage, model=model)._labelvalues == (model, stage)


def test_any_object_passes_as_its_text(counter: Counter) -> None:
    assert counter.labels(1, None) is counter.labels("1", "None")
    assert counter.labels(1, None) is counter.labels(1, None)
    assert counter.labels(1.5, True) is counter.labels("1.5", "True")
    assert counter.labels(1, 0)._labelvalues == ("1", "0")
    assert counter.labels(True, False)._labelvalues == ("True", "False")


def test_an_object_whose_text_changes_is_asked_each_time(counter: Counter) -> None:
    class Changing:
        text = "1"

        def __str__(self) -> str:
            return self.text

    value = Changing()
    assert counter.labels(value, "b")._labelvalues == ("1", "b")
    value.text = "2"
    assert counter.labels(value, "b")._labelvalues == ("2", "b")


def test_a_series_that_was_removed_is_made_anew(counter: Counter) -> None:
    removals: list[Any] = [
        lambda: counter.remove("a", "b"),
        lambda: counter.remove_by_labels({"model": "a"}),
        counter.clear,
        lambda: counter._metrics.clear(),
        lambda: counter._metrics.pop(("a", "b")),
        lambda: setattr(counter, "_metrics", {}),
    ]
    for remove in removals:
        former = counter.labels("a", "b")
        former.inc()
        counter.labels("other", "b")
        assert counter.labels("a", "b") is former
        remove()
        series = counter.labels("a", "b")
        assert series is not former
        assert series._value.get() == 0
        assert counter.labels("a", "b") is series


def test_a_series_that_was_removed_while_others_came_is_made_anew(counter: Counter) -> None:
    former = counter.labels("a", "b")
    for index in range(5):
        counter.labels("x", str(index))
    counter.labels("a", "b")
    counter.remove("a", "b")
    counter.labels("x", "new")
    assert counter.labels("a", "b") is not former


def test_wrong_labels_are_refused(counter: Counter) -> None:
    bad: list[tuple[tuple[Any, ...], dict[str, Any]]] = [
        (("a",), {}),
        (("a", "b", "c"), {}),
        ((), {}),
        ((), {"model": "a"}),
        ((), {"model": "a", "stge": "b"}),
        ((), {"model": "a", "stage": "b", "more": "c"}),
        (("a",), {"stage": "b"}),
    ]
    counter.labels("a", "b")
    for args, kwargs in bad:
        with pytest.raises(ValueError, match=r"label|args"):
            counter.labels(*args, **kwargs)
    with pytest.raises(ValueError, match="can not chain"):
        counter.labels("a", "b").labels("a", "b")
    with pytest.raises(ValueError, match="No label names"):
        Counter("c", "help", registry=None).labels("a")


def test_more_labels_than_are_remembered_work() -> None:
    names = [f"label{index}" for index in range(20)]
    gauge = Gauge("g", "help", names, registry=None)
    values = [str(index) for index in range(20)]
    series = gauge.labels(*values)
    assert gauge.labels(*values) is series
    assert gauge.labels(**dict(zip(names, values, strict=True))) is series


def test_a_parent_can_not_be_recorded_into() -> None:
    for metric, record in [
        (Counter("c", "help", ["l"], registry=None), "inc"),
        (Gauge("g", "help", ["l"], registry=None), "set"),
        (Histogram("h", "help", ["l"], registry=None), "observe"),
    ]:
        with pytest.raises(ValueError, match="missing label values"):
            getattr(metric, record)(1)


def test_a_subclass_with_an_init_of_its_own_makes_series_of_its_own() -> None:
    class Tenants(Counter):
        def __init__(self, *args: Any, tenant: str = "none", **kwargs: Any) -> None:
            super().__init__(*args, **kwargs)
            self._kwargs["tenant"] = tenant
            self.tenant = tenant

        def inc(self, amount: float = 1, exemplar: Any = None) -> None:
            super().inc(amount * 2, exemplar)

    registry = CollectorRegistry()
    counter = Tenants("c", "help", ["l"], registry=registry, tenant="mine")
    series = counter.labels("x")
    series.inc(3)
    assert type(series) is Tenants
    assert series.tenant == "mine"
    assert registry.get_sample_value("c_total", {"l": "x"}) == 6


def test_a_subclass_that_only_adds_methods_records_natively() -> None:
    class More(Counter):
        def inc_twice(self) -> None:
            self.inc()
            self.inc()

    counter = More("c", "help", ["l"], registry=None)
    counter.labels("x").inc_twice()
    assert counter.labels("x")._value.get() == 2


def test_a_metric_that_is_let_go_of_is_gone() -> None:
    counter = Counter("c", "help", ["l"], registry=None)
    child = weakref.ref(counter.labels("x"))
    counter.labels("x")
    counter.labels(l="x")
    del counter
    gc.collect()
    assert child() is None


def test_states_and_infos_have_labels_too() -> None:
    enum = Enum("e", "help", ["l"], states=["on", "off"], registry=None)
    enum.labels("x").state("off")
    assert enum.labels("x") is enum.labels(l="x")
    assert enum.labels("x")._value == 1
