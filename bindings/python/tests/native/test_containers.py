"""Containers: declarations, scopes, pages, errors."""

from __future__ import annotations

import datetime
import json
from concurrent.futures import ThreadPoolExecutor

import pytest

import dynamometer
from dynamometer import _native, errors


@pytest.fixture
def container() -> dynamometer.Container:
    return dynamometer.Container("app")


def test_every_kind_of_error_has_a_class_of_its_own():
    assert set(_native.ERROR_KINDS) <= set(errors.BY_KIND)
    own = {"invalid_value", "invalid_type", "config", "host", "port_taken", "system"}
    assert set(errors.BY_KIND) - set(_native.ERROR_KINDS) == own
    for error in errors.BY_KIND.values():
        assert error.__mro__[1] is errors.DynamometerError
        assert issubclass(error, (ValueError, TypeError, RuntimeError, MemoryError, OSError))


def test_an_error_says_what_the_name_stands_for(container):
    container.counter("x_total", "Help.")
    with pytest.raises(errors.KindMismatchError) as caught:
        container.gauge("x_total")
    assert caught.value.existing == 'a counter, "Help."'
    assert caught.value.kind == "kind_mismatch"


@pytest.mark.parametrize(
    ("error", "declare"),
    [
        (errors.InvalidNameError, lambda c: c.counter("")),
        (errors.InvalidNameError, lambda c: c.counter("@@")),
        (errors.InvalidNameError, lambda c: c.scope("@@")),
        (errors.InvalidTypeError, lambda c: c.counter(b"name")),
        (errors.InvalidTypeError, lambda c: c.counter(None)),
        (errors.InvalidLabelError, lambda c: c.counter("c", labels=["@@"])),
        (errors.ReservedLabelError, lambda c: c.counter("c", labels=["le"])),
        (errors.ReservedLabelError, lambda c: c.counter("c", constant_labels={"__x": 1})),
        (errors.DuplicateLabelError, lambda c: c.counter("c", labels=["a", "a"])),
        (errors.DuplicateLabelError, lambda c: c.counter("c", None or "", ["a"],
                                                         constant_labels={"a": 1})),
        (errors.InvalidTypeError, lambda c: c.counter("c", labels="method")),
        (errors.InvalidTypeError, lambda c: c.counter("c", labels=[1])),
        (errors.InvalidTypeError, lambda c: c.counter("c", labels=5)),
        (errors.InvalidTypeError, lambda c: c.counter("c", constant_labels="ab")),
        (errors.InvalidTypeError, lambda c: c.counter("c", constant_labels={"a": 1.5})),
        (errors.InvalidTypeError, lambda c: c.counter("c", constant_labels=[("a",)])),
        (errors.UnitMismatchError, lambda c: c.counter("c", unit="parsecs")),
        (errors.UnitMismatchError, lambda c: c.info("c", unit="seconds")),
        (errors.InvalidTypeError, lambda c: c.counter("c", unit=5)),
        (errors.InvalidBucketsError, lambda c: c.histogram("h", buckets=[])),
        (errors.InvalidBucketsError, lambda c: c.histogram("h", buckets=[2, 1])),
        (errors.InvalidBucketsError, lambda c: c.histogram("h", buckets=[1, float("nan")])),
        (errors.InvalidBucketsError, lambda c: c.histogram("h", buckets=[1, float("inf")])),
        (errors.InvalidTypeError, lambda c: c.histogram("h", buckets=["a"])),
        (errors.InvalidTypeError, lambda c: c.histogram("h", buckets=5)),
        (errors.InvalidBucketsError, lambda c: c.exponential_histogram("h", schema=99)),
        (errors.InvalidStatesError, lambda c: c.state_set("s", [])),
        (errors.InvalidStatesError, lambda c: c.state_set("s", ["a", "a"])),
        (errors.InvalidTypeError, lambda c: c.state_set("s", "ab")),
        (errors.InvalidValueError, lambda c: c.counter("c", labels=["a"], limit=-1)),
        (errors.InvalidValueError, lambda c: c.counter("c", labels=["a"], expire_after=-1)),
        (errors.InvalidValueError, lambda c: c.counter("c", labels=["a"], expire_after="x")),
        (errors.InvalidValueError, lambda c: c.export("xml")),
        (TypeError, lambda c: c.counter("c", lables=["a"])),
        (TypeError, lambda c: c.counter()),
    ],
)  # fmt: skip
def test_a_mistake_is_refused_and_registers_nothing(container, error, declare):
    with pytest.raises(error):
        declare(container)
    assert list(container) == []


def test_declaring_twice_gives_the_same_series(container):
    container.counter("c_total", "Help.").inc()
    assert container.counter("c_total").value == 1
    family = container.gauge("g", labels=["a", "b"])
    family.labels("1", "2").set(3)
    assert container.gauge("g", labels=["b", "a"]).labels("2", "1").value == 3
    with pytest.raises(errors.LabelsMismatchError):
        container.gauge("g", labels=["a"])


def test_all_options_are_taken(container):
    family = container.histogram(
        "h",
        "Help.",
        ["a"],
        buckets=(1, 2.5),
        constant_labels=[("b", 1)],
        unit="seconds",
        aliases=["old"],
        limit=5,
        expire_after=datetime.timedelta(minutes=5),
        shared_cells=True,
        exemplars=True,
    )
    family.labels("x").observe(2)
    page = container.export_prometheus()
    assert "# HELP app_h_seconds Help.\n" in page
    assert 'app_h_seconds_bucket{a="x",b="1",le="2.5"} 1\n' in page
    assert 'app_old_seconds_count{a="x",b="1"} 1\n' in page
    container.counter("c_total", unit=None, limit=None, expire_after=None, constant_labels=None)


def test_scopes_lengthen_prefix_and_labels(container):
    scope = container.scope("http", {"port": 8000})
    assert scope.prefix == "app_http"
    scope.counter("requests_total").inc()
    assert 'app_http_requests_total{port="8000"} 1\n' in container.export_prometheus()
    assert dynamometer.Container("svc", prefix="", labels={"a": 1}).prefix == ""
    assert dynamometer.Container("svc").service == "svc"


def test_an_owned_scope_takes_its_series_with_it(container):
    container.counter("kept_total").inc()
    with container.owned_scope("model", {"name": "small"}) as model:
        counter = model.counter("loads_total")
        counter.inc()
        assert len(container) == 2
    assert len(container) == 1
    counter.inc()
    assert "small" not in container.export_prometheus()


def test_pages_are_in_four_formats(container):
    container.counter("c_total").inc()
    assert container.export_prometheus() == container.export().decode()
    assert container.export("openmetrics").endswith(b"# EOF\n")
    assert json.loads(container.export("json"))
    assert b"app_c_total" in container.export("protobuf")


def test_a_snapshot_is_made_of_dictionaries(container):
    container.counter("c_total", "Help.", ["a"]).labels("x").inc(2)
    container.exponential_histogram("e", unit="seconds").observe(1.0)
    snapshot = container.snapshot()
    assert list(snapshot) == ["app_c_total", "app_e_seconds"] == list(container)
    assert snapshot["app_c_total"]["kind"] == "counter"
    assert snapshot["app_c_total"]["help"] == "Help."
    [series] = snapshot["app_c_total"]["series"]
    assert (series["labels"], series["value"]) == ({"a": "x"}, 2)
    assert snapshot["app_e_seconds"]["unit"] == "seconds"
    assert snapshot["app_e_seconds"]["series"][0]["value"].positive == {0: 1}


def test_a_container_is_a_table_in_a_notebook(container):
    container.counter("c_total", labels=["a"]).labels("<b>").inc()
    container.histogram("h").observe(2)
    html = container._repr_html_()
    assert "a=&lt;b&gt;" in html
    assert "1 observed, mean 2" in html
    assert "<b>" not in html
    for at in range(200):
        container.gauge("many", labels=["n"]).labels(at)
    assert "102 more" in container._repr_html_()
    assert repr(container) == '<Container "app">'


def test_an_empty_container_is_one_too(container):
    assert container
    assert len(container) == 0


def test_the_process_has_one_container():
    assert dynamometer.container().prefix == dynamometer.container().prefix
    name = "test_the_process_has_one_container_total"
    dynamometer.container().counter(name).inc()
    assert dynamometer.container().counter(name).value == 1


def test_threads_record_and_read_at_once_and_nothing_is_lost(container):
    counter = container.counter("c_total", labels=["a"])
    histogram = container.histogram("h")
    amount = container.float_counter("f_total")

    def work(_: int) -> None:
        for at in range(20_000):
            counter.labels("x").inc()
            histogram.observe(0.5)
            amount.inc(0.5)
            if at % 5000 == 0:
                container.export_prometheus()

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(work, range(8)))
    assert counter.labels("x").value == 160_000
    assert (histogram.value.count, histogram.value.sum) == (160_000, 80_000.0)
    assert amount.value == 80_000.0
