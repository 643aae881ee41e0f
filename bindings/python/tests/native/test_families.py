"""Families: look-ups, removal, limits."""

from __future__ import annotations

import enum

import pytest

import dynamometer
from dynamometer.errors import (
    InvalidTypeError,
    InvalidValueError,
    LabelCountError,
    LabelsMismatchError,
)


@pytest.fixture
def container() -> dynamometer.Container:
    return dynamometer.Container("app")


@pytest.fixture
def family(container) -> dynamometer.Family[dynamometer.Counter]:
    return container.counter("requests_total", labels=["method", "status"])


def test_the_same_values_give_the_same_object_however_they_are_passed(family):
    one = family.labels("GET", "200")
    assert family.labels("GET", "200") is one
    assert family.labels(method="GET", status="200") is one
    assert family.labels(status="200", method="GET") is one
    assert family.labels(method="GET", status="200") is one
    assert family.labels("".join(["G", "ET"]), 200) is one
    assert family.labels("GET", "500") is not one
    one.inc()
    assert family.labels("GET", "200").value == 1


def test_values_in_another_order_are_another_series(family):
    assert family.labels("a", "b") is not family.labels("b", "a")
    assert family.labels(method="a", status="b").labels == {"method": "a", "status": "b"}


def test_more_series_than_are_remembered_stay_apart(family):
    values = [(f"m{at}", f"s{at % 7}") for at in range(300)]
    for at, pair in enumerate(values):
        family.labels(*pair).inc(at)
    for _ in range(2):
        assert [family.labels(*pair).value for pair in values] == list(range(300))


def test_families_with_any_number_of_labels_are_looked_up(container):
    for count in range(1, 9):
        names = [f"l{at}" for at in range(count)]
        values = [f"v{at}" for at in range(count)]
        family = container.counter(f"of_{count}_total", labels=names)
        for _ in range(3):
            family.labels(*values).inc()
            family.labels(**dict(zip(names, values, strict=True))).inc()
        assert family.labels(*values).value == 6
        assert family.labels(*values).labels == dict(zip(names, values, strict=True))


@pytest.mark.parametrize("values", [(), ("a",), ("a", "b", "c")])
def test_a_wrong_number_of_values_is_refused(family, values):
    family.labels("a", "b")
    with pytest.raises(LabelCountError, match="2 labels"):
        family.labels(*values) if values else family.labels()
    assert not family.remove(*values)


@pytest.mark.parametrize(
    "labels",
    [{"method": "a"}, {"method": "a", "code": "b"}, {"method": "a", "status": "b", "x": "c"}],
)
def test_wrong_label_names_are_refused(family, labels):
    with pytest.raises(LabelsMismatchError, match='"method", "status"'):
        family.labels(**labels)


def test_values_by_position_and_by_name_are_refused_together(family):
    with pytest.raises(InvalidTypeError, match="not both"):
        family.labels("a", status="b")


class Color(enum.Enum):
    RED = "red"


class Text(str, enum.Enum):
    RED = "red"


@pytest.mark.parametrize("value", [None, 1.5, b"x", [], Color.RED, object()])
def test_a_label_value_without_one_text_is_refused(family, value):
    with pytest.raises(InvalidTypeError, match='label "status"'):
        family.labels("a", value)


def test_label_values_may_be_texts_ints_and_bools(family):
    family.labels(True, 7)
    family.labels(Text.RED, -(10**30))
    assert sorted(tuple(one.labels.values()) for one in family) == [
        ("red", "-1" + "0" * 30),
        ("true", "7"),
    ]


def test_a_text_that_is_no_unicode_is_refused(family):
    with pytest.raises(InvalidValueError, match="Unicode"):
        family.labels("a", "\ud800")


def test_huge_and_odd_texts_are_values(family):
    for value in ("x" * 10_000_000, 'quote " backslash \\ line\nfeed', "\0", "", "日本語"):
        family.labels("a", value).inc()
        assert family.labels("a", value).value == 1
        assert family.labels("a", value).labels["status"] == value


def test_a_series_that_was_removed_is_made_anew(family):
    one = family.labels("GET", "200")
    one.inc(5)
    assert family.labels("GET", "200") is one
    assert family.remove("GET", "200")
    assert not family.remove("GET", "200")
    other = family.labels("GET", "200")
    assert other is not one
    assert other.value == 0
    one.inc()
    assert other.value == 0


def test_a_series_that_another_view_removed_is_not_handed_out(container, family):
    other = container.counter("requests_total", labels=["method", "status"])
    one = family.labels("GET", "200")
    assert family.labels("GET", "200") is one
    assert other.remove(method="GET", status="200")
    family.labels("GET", "200").inc()
    assert other.labels("GET", "200").value == 1
    other.clear()
    assert family.labels("GET", "200").value == 0
    assert len(family) == 1
    family.clear()
    assert len(family) == 0
    family.labels("GET", "200").inc()
    assert other.labels("GET", "200").value == 1


def test_objects_of_removed_series_are_let_go(family):
    for at in range(2000):
        family.labels("a", at)
        family.remove("a", at)
    assert len(family) == 0


def test_series_that_are_too_many_share_one(container):
    family = container.counter("sessions_total", labels=["id"], limit=2)
    for at in range(10):
        family.labels(at).inc()
    assert [family.labels(str(at)).value for at in range(2)] == [1, 1]
    assert family.labels("7").labels == {"overflow": "true"}
    assert family.labels("7").value == 8
    assert family.remove("0")
    family.labels("7").inc(5)
    assert family.labels("7").labels == {"id": "7"}
    assert family.labels("7").value == 5


def test_a_family_can_be_counted_and_gone_through(container, family):
    family.labels("a", "b").inc()
    family.labels("c", "d").inc(2)
    assert len(family) == 2
    assert {one.labels["method"]: one.value for one in family} == {"a": 1, "c": 2}
    assert all(one is family.labels(**one.labels) for one in family)
    assert bool(container.counter("none_total", labels=["a"]))


def test_families_that_expire_hold_no_series(container):
    family = container.gauge("g", labels=["a"], expire_after=3600)
    family.labels("x").set(5)
    assert family.labels("x").value == 5
    assert [one.value for one in family] == [5]


def test_a_family_says_what_it_is(family):
    assert family.name == "app_requests_total"
    assert family.label_names == ("method", "status")
    assert repr(family) == "<Family[Counter] app_requests_total(method, status)>"
    assert dynamometer.Family[dynamometer.Counter].__origin__ is dynamometer.Family
    family.labels("<a>", "b").inc()
    assert "<td>&lt;a&gt;</td><td>b</td><td>1</td>" in family._repr_html_()


def test_label_names_are_sanitised_and_asked_for_by_their_new_name(container):
    family = container.counter("x_total", labels=["my-label"])
    assert family.label_names == ("my_label",)
    assert family.labels(my_label="a") is family.labels("a")
