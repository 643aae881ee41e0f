"""A registry of prometheus_client on a container's page."""

from __future__ import annotations

import gc
import itertools
import re
import sys
import threading
from typing import TYPE_CHECKING, Any

import prometheus_client
import pytest
from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, Info, Summary
from prometheus_client.core import (
    CounterMetricFamily,
    Exemplar,
    GaugeHistogramMetricFamily,
    GaugeMetricFamily,
    HistogramMetricFamily,
    Sample,
    StateSetMetricFamily,
    SummaryMetricFamily,
    Timestamp,
    UnknownMetricFamily,
)
from prometheus_client.metrics_core import Metric

import dynamometer
import dynamometer.prometheus

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


NAMES = itertools.count()


class Collector:
    """Yields what it was made with; raises what is an exception."""

    def __init__(self, *metrics: Metric | Exception) -> None:
        self.metrics = metrics

    def describe(self) -> list[Metric]:
        return []

    def collect(self) -> Iterator[Metric]:
        for metric in self.metrics:
            if isinstance(metric, Exception):
                raise metric
            yield metric


class Silent(CollectorRegistry):
    """A registry of collectors that do not describe themselves."""

    def __init__(self, *collectors: Collector) -> None:
        super().__init__()
        for collector in collectors:
            self.register(collector)


@pytest.fixture
def unraisable(monkeypatch: pytest.MonkeyPatch) -> list[BaseException]:
    """What went to sys.unraisablehook."""
    raised: list[BaseException] = []
    monkeypatch.setattr(sys, "unraisablehook", lambda hooked: raised.append(hooked.exc_value))
    return raised


def attach(
    registry: object, container: dynamometer.Container, **options: Any
) -> dynamometer.AttachedSource:
    options = {"timeout": 30, "name": f"source{next(NAMES)}", **options}
    return dynamometer.attach_prometheus_client(registry, container=container, **options)


def everything() -> CollectorRegistry:
    registry = CollectorRegistry()
    jobs = Counter("vllm:jobs", "Jobs.", ["model"], registry=registry)
    jobs.labels("small").inc(3)
    jobs.labels('a"b\\\n').inc(0.5)
    Gauge("load", "Load.", registry=registry).set(2.5)
    wait = Histogram("wait_seconds", "Wait.", ["model"], registry=registry)
    for value in (0.001, 0.3, 70):
        wait.labels("small").observe(value)
    wait.labels("large")
    Summary("size", "Size.", registry=registry).observe(4)
    Info("engine", "Engine.", registry=registry).info({"version": "1"})
    prometheus_client.Enum("state", "State.", states=["up", "down"], registry=registry)
    return registry


def test_the_page_of_a_registry_is_that_of_prometheus_client(container, read, samples_of):
    registry = everything()
    attach(registry, container)
    expected = samples_of(prometheus_client.generate_latest(registry).decode())
    expected = {key: value for key, value in expected.items() if not key[0].endswith("_created")}
    assert read(container) == expected
    assert len(expected) > 40


def test_help_and_type_come_along(container):
    attach(everything(), container)
    page = container.export_prometheus()
    assert "# HELP vllm:jobs_total Jobs.\n# TYPE vllm:jobs_total counter\n" in page
    assert "# TYPE wait_seconds histogram\n" in page
    openmetrics = container.export("openmetrics").decode()
    assert "# TYPE engine info\n" in openmetrics
    assert "# TYPE state stateset\n" in openmetrics


def test_families_of_custom_collectors_are_on_the_page(container, read):
    counter = CounterMetricFamily("c", "C.", labels=["a"])
    counter.add_metric(["1"], 7)
    collector = Collector(
        counter,
        GaugeMetricFamily("g", "G.", value=1.5),
        UnknownMetricFamily("u", "U.", value=2),
        SummaryMetricFamily("s", "S.", count_value=2, sum_value=3),
        HistogramMetricFamily("h", "H.", buckets=[("1.0", 1), ("+Inf", 4)], sum_value=9),
        GaugeHistogramMetricFamily("gh", "GH.", buckets=[("1.0", 1), ("+Inf", 4)], gsum_value=9),
        StateSetMetricFamily("t", "T.", value={"on": True}),
    )
    attach(Silent(collector), container)
    assert read(container) == {
        ("c_total", (("a", "1"),)): 7,
        ("g", ()): 1.5,
        ("u", ()): 2,
        ("s_count", ()): 2,
        ("s_sum", ()): 3,
        ("h_bucket", (("le", "1.0"),)): 1,
        ("h_bucket", (("le", "+Inf"),)): 4,
        ("h_count", ()): 4,
        ("h_sum", ()): 9,
        ("gh_bucket", (("le", "1.0"),)): 1,
        ("gh_bucket", (("le", "+Inf"),)): 4,
        ("gh_gcount", ()): 4,
        ("gh_gsum", ()): 9,
        ("t", (("t", "on"),)): 1,
    }


def test_the_time_at_which_a_series_began_comes_along(container):
    def page(created: float | None) -> bytes:
        metric = CounterMetricFamily("c", "C.", value=1, created=created)
        with attach(Silent(Collector(metric)), container):
            return container.export("protobuf")

    assert len(page(1700000000.0)) > len(page(None))
    assert page(1700000000.0) != page(1600000000.0)


def test_a_summary_keeps_its_quantiles(container, read):
    metric = Metric("s", "S.", "summary")
    metric.add_sample("s", {"quantile": "0.5"}, 1.25)
    metric.add_sample("s_count", {}, 3)
    metric.add_sample("s_sum", {}, 4)
    attach(Silent(Collector(metric)), container)
    assert read(container)["s", (("quantile", "0.5"),)] == 1.25


def test_timestamps_and_exemplars_come_along(container):
    gauge = GaugeMetricFamily("g", "G.")
    gauge.add_metric([], 1, timestamp=Timestamp(1700000000, 500000000))
    counter = Metric("c", "C.", "counter")
    exemplar = Exemplar({"trace_id": "abc"}, 1.0, 1700000000.25)
    counter.samples.append(Sample("c_total", {}, 5.0, None, exemplar))
    attach(Silent(Collector(gauge, counter)), container)
    page = container.export("openmetrics").decode()
    assert "g 1.0 1700000000.5\n" in page or "g 1 1700000000.5\n" in page
    assert re.search(r'c_total 5(\.0)? # \{trace_id="abc"\} 1(\.0)? 1700000000\.25\n', page)


def test_labels_are_added_to_every_series(container, read):
    attach(everything(), container, labels={"engine": "0", "rank": 3})
    page = read(container)
    assert page["load", (("engine", "0"), ("rank", "3"))] == 2.5
    assert all(("engine", "0") in labels for _, labels in page)


def test_a_series_that_has_such_a_label_is_left_out(container, read):
    attach(everything(), container, labels={"model": "other"})
    names = {name for name, _ in read(container)}
    assert "load" in names
    assert "vllm:jobs_total" not in names


def test_a_prefix_goes_before_every_name(container, read):
    attach(everything(), container, prefix="engine")
    assert all(name.startswith("engine_") for name, _ in read(container))


@pytest.mark.parametrize(
    ("name_filter", "expected"),
    [
        ("vllm:", {"vllm:jobs_total"}),
        ("vllm:.*_total|load$", {"vllm:jobs_total", "load"}),
        (re.compile("lo"), {"load"}),
        (["load", "vllm"], {"vllm:jobs_total", "load"}),
        ((), set()),
        (lambda name: name.endswith("_info"), {"engine_info"}),
    ],
)
def test_a_filter_says_which_families_are_wanted(container, read, name_filter, expected):
    attach(everything(), container, name_filter=name_filter)
    assert {name for name, _ in read(container)} == expected


def test_a_filter_is_asked_once_for_each_name(container, read):
    asked = []
    attach(everything(), container, name_filter=asked.append)
    for _ in range(3):
        assert read(container) == {}
    assert len(asked) == len(set(asked)) == 6


def test_what_clashes_with_ours_is_left_out(container, read, self_metric):
    registry = CollectorRegistry()
    ours = container.counter("jobs_total")
    ours.inc(5)
    prefix = container.prefix
    Counter(f"{prefix}_jobs", "Theirs.", registry=registry).inc(1)
    Gauge(f"{prefix}_load", "Load.", registry=registry).set(1)
    reason = {"reason": "source_conflict"}
    before = self_metric("dynamometer_dropped_samples_total", **reason)
    attach(registry, container)
    assert read(container) == {(f"{prefix}_jobs_total", ()): 5, (f"{prefix}_load", ()): 1}
    assert self_metric("dynamometer_dropped_samples_total", **reason) == before + 1


def test_two_registries_are_attached_under_two_names(container, read):
    registries = CollectorRegistry(), CollectorRegistry()
    sources = []
    for number, registry in enumerate(registries):
        Gauge("load", "Load.", registry=registry).set(number)
        sources.append(attach(registry, container, labels={"engine": number}, name=None))
    assert sources[0].name != sources[1].name
    assert read(container) == {
        ("load", (("engine", "0"),)): 0,
        ("load", (("engine", "1"),)): 1,
    }


def test_a_detached_registry_is_gone(container, read, self_metric):
    with attach(everything(), container) as source:
        assert read(container)
        assert self_metric("dynamometer_source_up", source=source.name) == 1
    assert read(container) == {}
    assert self_metric("dynamometer_source_up", source=source.name) is None
    assert repr(source) == f'<AttachedSource "{source.name}", detached>'
    source.detach()


def test_an_old_handle_detaches_nothing_new(container, read):
    old = attach(everything(), container, name="engine")
    old.detach()
    attach(everything(), container, name="engine")
    old.detach()
    assert read(container)


def test_a_source_stays_where_its_object_is_not_kept(container, read):
    attach(everything(), container)
    gc.collect()
    assert read(container)


def test_a_name_that_is_taken_is_refused(container):
    attach(everything(), container, name="taken")
    with pytest.raises(dynamometer.DynamometerError, match='source "taken" can not be attached'):
        attach(everything(), container, name="taken")


@pytest.mark.parametrize(
    ("options", "error", "message"),
    [
        ({"registry": object()}, TypeError, "has a method collect"),
        ({"labels": {"le": "1"}}, ValueError, "le"),
        ({"labels": "engine"}, TypeError, "mapping"),
        ({"timeout": -1}, ValueError, "timeout of -1 seconds"),
        ({"timeout": float("nan")}, ValueError, "timeout of"),
        ({"name_filter": 3}, TypeError, "name_filter is"),
        ({"name_filter": "("}, re.error, "unterminated"),
        ({"name": ""}, ValueError, "without a name"),
    ],
)
def test_what_can_not_be_attached_is_refused(container, options, error, message):
    options = {"registry": everything(), **options}
    with pytest.raises(error, match=message):
        dynamometer.attach_prometheus_client(container=container, **options)


def test_a_collector_that_raises_is_left_out_alone(container, read, self_metric, unraisable):
    good = Collector(GaugeMetricFamily("good", "G.", value=1))
    bad = Collector(GaugeMetricFamily("half", "H.", value=1), ZeroDivisionError("no"))
    late = Collector(GaugeMetricFamily("late", "L.", value=2))
    source = attach(Silent(good, bad, late), container)
    page = read(container)
    assert page["good", ()] == 1
    assert page["late", ()] == 2
    assert [str(error) for error in unraisable] == ["no"]
    assert self_metric("dynamometer_source_errors_total", source=source.name) == 1
    assert self_metric("dynamometer_source_up", source=source.name) == 1


def test_a_registry_that_raises_is_down(container, read, self_metric, unraisable):
    class Broken:
        def collect(self) -> Iterable[Metric]:
            raise RuntimeError("broken")

    source = attach(Broken(), container)
    container.gauge("load").set(1)
    assert read(container) == {(f"{container.prefix}_load", ()): 1}
    assert self_metric("dynamometer_source_up", source=source.name) == 0
    assert self_metric("dynamometer_source_errors_total", source=source.name) == 1
    assert [str(error) for error in unraisable] == ["broken"]


def test_what_is_no_metric_is_left_out_alone(container, read, self_metric, unraisable):
    broken = Metric("broken", "B.", "gauge")
    broken.samples.append("no sample")
    collector = Collector(3, broken, GaugeMetricFamily("good", "G.", value=1))
    source = attach(Silent(collector), container)
    assert read(container) == {("good", ()): 1}
    assert self_metric("dynamometer_source_errors_total", source=source.name) == 2
    assert {type(error) for error in unraisable} <= {AttributeError, TypeError}


def test_samples_that_no_page_has_are_counted(container, read, self_metric):
    gauge = Metric("g", "G.", "gauge")
    gauge.add_sample("g", {}, 1)
    gauge.add_sample("g", {}, 2)
    gauge.add_sample("other", {}, 3)
    falling = HistogramMetricFamily("h", "H.", buckets=[("1.0", 5), ("+Inf", 4)], sum_value=9)
    reason = {"reason": "source_invalid"}
    before = self_metric("dynamometer_dropped_samples_total", **reason)
    attach(Silent(Collector(gauge, falling)), container)
    assert read(container) == {("g", ()): 1}
    assert self_metric("dynamometer_dropped_samples_total", **reason) == before + 3


def test_names_that_no_page_has_are_left_out(container, read):
    odd = Metric("good", "G.", "gauge")
    odd.name = "a name"
    odd.add_sample("a name", {}, 1)
    label = GaugeMetricFamily("g", "G.")
    label.samples.append(Sample("g", {"a-b": "1"}, 1))
    label.samples.append(Sample("g", {"ab": "1"}, 2))
    attach(Silent(Collector(odd, label)), container)
    assert read(container) == {("g", (("ab", "1"),)): 2}


def test_texts_that_are_no_unicode_do_not_break_the_page(container, read):
    gauge = GaugeMetricFamily("g", "G\ud800.")
    gauge.samples.append(Sample("g", {"a": "\udc00"}, 1))
    gauge.samples.append(Sample("g", {"a": "b"}, 2))
    attach(Silent(Collector(gauge)), container)
    assert read(container)["g", (("a", "b"),)] == 2


def test_a_page_does_not_wait_for_a_collector_that_hangs(container, read, self_metric, eventually):
    release, entered = threading.Event(), threading.Event()

    class Hanging(Collector):
        def collect(self) -> Iterator[Metric]:
            entered.set()
            release.wait()
            yield GaugeMetricFamily("late", "L.", value=1)

    source = attach(Silent(Hanging()), container, timeout=0.05)
    container.gauge("load").set(1)
    ours = {(f"{container.prefix}_load", ()): 1}
    assert read(container) == ours
    assert entered.is_set()
    assert self_metric("dynamometer_source_up", source=source.name) == 0
    # It is not asked again while it hangs.
    entered.clear()
    assert read(container) == ours
    assert not entered.is_set()
    release.set()
    eventually(lambda: read(container) != ours)
    assert read(container)["late", ()] == 1
    assert self_metric("dynamometer_source_up", source=source.name) == 1


def test_recorders_go_on_while_a_collector_hangs(container, read):
    release = threading.Event()

    class Hanging(Collector):
        def collect(self) -> Iterator[Metric]:
            release.wait()
            yield from ()

    attach(Silent(Hanging()), container, timeout=0.05)
    jobs = container.counter("jobs_total")
    threads = [threading.Thread(target=lambda: [jobs.inc() for _ in range(1000)]) for _ in range(4)]
    for thread in threads:
        thread.start()
    read(container)
    for thread in threads:
        thread.join()
    assert read(container) == {(f"{container.prefix}_jobs_total", ()): 4000}
    release.set()


def test_a_collector_may_declare_and_attach(container, read):
    class Busy(Collector):
        def collect(self) -> Iterator[Metric]:
            container.counter("inside_total").inc()
            registry.register(Collector())
            yield GaugeMetricFamily("g", "G.", value=1)

    registry = Silent(Busy())
    attach(registry, container)
    assert read(container)["g", ()] == 1
    assert read(container)[f"{container.prefix}_inside_total", ()] >= 1


def test_a_collector_that_asks_for_the_page_gets_one_without_sources(container, read, self_metric):
    pages = []

    class Nested(Collector):
        def collect(self) -> Iterator[Metric]:
            pages.append(container.export_prometheus())
            yield GaugeMetricFamily("g", "G.", value=1)

    source = attach(Silent(Nested()), container)
    assert read(container) == {}
    assert pages[0].strip() == ""
    assert self_metric("dynamometer_source_up", source=source.name) == 0


def test_the_registry_of_the_drop_in_is_one_too(container, read):
    registry = dynamometer.prometheus.CollectorRegistry()
    jobs = dynamometer.prometheus.Counter("jobs", "Jobs.", ["model"], registry=registry)
    jobs.labels("small").inc(3)
    wait = dynamometer.prometheus.Histogram("wait_seconds", "Wait.", registry=registry)
    wait.observe(0.3)
    attach(registry, container)
    page = read(container)
    assert page["jobs_total", (("model", "small"),)] == 3
    assert page["wait_seconds_bucket", (("le", "0.5"),)] == 1
    assert page["wait_seconds_sum", ()] == 0.3


def test_a_restricted_registry_is_one_too(container, read):
    attach(everything().restricted_registry(["load"]), container)
    assert read(container) == {("load", ()): 2.5}


def test_pages_are_made_by_many_threads_at_once(container, read):
    attach(everything(), container)
    expected = read(container)
    pages = []
    threads = [threading.Thread(target=lambda: pages.append(read(container))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert pages == [expected] * 8


def test_an_interpreter_that_ends_waits_for_a_read(run):
    done = run(
        """
        import threading
        import dynamometer

        inside, main = threading.Event(), threading.main_thread()

        class Slow:
            def collect(self):
                inside.set()
                main.join()
                for _ in range(100_000):
                    pass
                print("collected", flush=True)
                return []

        container = dynamometer.Container("app")
        dynamometer.attach_prometheus_client(Slow(), container=container, timeout=60)
        threading.Thread(target=container.export_prometheus, daemon=True).start()
        inside.wait()
        """
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "collected\n", "")


@pytest.mark.parametrize("forever", ["while True: pass", "threading.Event().wait()"])
def test_a_collector_that_never_ends_does_not_keep_the_interpreter(run, forever):
    done = run(
        f"""
        import threading
        import dynamometer

        inside = threading.Event()

        class Endless:
            def collect(self):
                inside.set()
                {forever}

        container = dynamometer.Container("app")
        dynamometer.attach_prometheus_client(Endless(), container=container, timeout=0.05)
        container.export_prometheus()
        inside.wait()
        print("ends", flush=True)
        """
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "ends\n", "")


def test_pages_that_are_made_while_the_interpreter_ends_do_no_harm(run):
    done = run(
        """
        import threading
        import dynamometer
        from prometheus_client import REGISTRY

        container = dynamometer.Container("app")
        dynamometer.attach_prometheus_client(REGISTRY, container=container)
        made = threading.Semaphore(0)

        def forever():
            while True:
                container.export_prometheus()
                made.release()

        for _ in range(4):
            threading.Thread(target=forever, daemon=True).start()
        for _ in range(20):
            made.acquire()
        """
    )
    assert (done.returncode, done.stderr) == (0, "")


def test_the_child_of_a_fork_reads_for_itself(run):
    done = run(
        """
        import os, sys
        import dynamometer
        from prometheus_client import CollectorRegistry, Gauge

        registry = CollectorRegistry()
        gauge = Gauge("g", "G.", registry=registry)
        container = dynamometer.Container("app")
        dynamometer.attach_prometheus_client(registry, container=container, timeout=30)
        gauge.set(1)
        assert "g 1\\n" in container.export_prometheus()
        child = os.fork()
        if child == 0:
            gauge.set(2)
            assert "g 2\\n" in container.export_prometheus()
            sys.exit(7)
        assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 7
        assert "g 1\\n" in container.export_prometheus()
        """,
        # There is a thread of a source, which that is about.
        PYTHONWARNINGS="ignore::DeprecationWarning",
    )
    assert (done.returncode, done.stderr) == (0, "")
