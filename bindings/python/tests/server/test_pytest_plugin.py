"""The plug-in that pytest finds by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from dynamometer.pytest_plugin import assert_increments

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager

    import dynamometer

pytest_plugins = ["pytester"]


@pytest.mark.parametrize("_", range(2))
def test_a_container_is_of_one_test(metrics_container: dynamometer.Container, _: int) -> None:
    counter = metrics_container.counter("seen_total")
    assert counter.value == 0
    counter.inc()


def test_what_grew_as_said_passes(
    metrics_container: dynamometer.Container,
    assert_increments: Callable[..., AbstractContextManager[None]],
) -> None:
    counter = metrics_container.counter("seen_total")
    histogram = metrics_container.histogram("seconds")
    with assert_increments(counter, by=2), assert_increments(histogram):
        counter.inc(2)
        histogram.observe(0.1)
    with assert_increments(lambda: counter.value, by=0):
        pass


def test_what_grew_otherwise_fails_the_test(metrics_container: dynamometer.Container) -> None:
    counter = metrics_container.counter("seen_total")
    with (
        pytest.raises(pytest.fail.Exception, match=r"test_seen_total.* grew by 1, not by 2"),
        assert_increments(counter, by=2),
    ):
        counter.inc()


def test_an_error_in_the_block_is_told_instead(metrics_container: dynamometer.Container) -> None:
    counter = metrics_container.counter("seen_total")
    with pytest.raises(OSError, match="broken"), assert_increments(counter, by=2):
        raise OSError("broken")


def test_something_without_a_number_is_refused(metrics_container: dynamometer.Container) -> None:
    info = metrics_container.info("build_info", labels=["version"]).labels("1")
    with pytest.raises((AttributeError, TypeError)), assert_increments(info):
        pass


def test_a_project_needs_no_line_to_have_the_plug_in(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(
        """
        def test_counted(metrics_container, assert_increments):
            counter = metrics_container.counter("seen_total")
            with assert_increments(counter):
                counter.inc()
        """
    )
    pytester.runpytest_subprocess().assert_outcomes(passed=1)
