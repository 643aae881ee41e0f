"""Log records, counted."""

from __future__ import annotations

import logging

import pytest

import dynamometer
import dynamometer.logging


@pytest.fixture
def logger() -> logging.Logger:
    logger = logging.Logger("app.db")  # noqa: LOG001
    logger.propagate = False
    return logger


def test_records_are_counted_by_level_and_logger(logger: logging.Logger) -> None:
    container = dynamometer.Container("app")
    logger.addHandler(dynamometer.logging.CountingHandler(container))
    logger.info("one")
    logger.warning("two")
    logger.warning("%d is wrong", "not a number")
    page = container.export_prometheus()
    assert 'app_log_records_total{level="info",logger="app.db"} 1\n' in page
    assert 'app_log_records_total{level="warning",logger="app.db"} 2\n' in page


def test_records_below_the_level_or_filtered_are_not_counted(logger: logging.Logger) -> None:
    container = dynamometer.Container("app")
    handler = dynamometer.logging.CountingHandler(container, level="WARNING")
    handler.addFilter(lambda record: "secret" not in record.getMessage())
    logger.addHandler(handler)
    logger.info("below")
    logger.error("secret")
    assert "log_records_total{" not in container.export_prometheus()


def test_loggers_beyond_the_limit_are_counted_together() -> None:
    container = dynamometer.Container("app")
    handler = dynamometer.logging.CountingHandler(container, limit=2)
    for number in range(5):
        logger = logging.Logger(f"logger-{number}")  # noqa: LOG001
        logger.addHandler(handler)
        logger.info("hello")
    page = container.export_prometheus()
    assert page.count('level="info"') == 2
    assert 'overflow="true"} 3\n' in page


def test_a_level_without_a_name_is_counted_too(logger: logging.Logger) -> None:
    container = dynamometer.Container("app")
    logger.addHandler(dynamometer.logging.CountingHandler(container))
    logger.log(35, "between")
    assert '{level="level 35",logger="app.db"} 1\n' in container.export_prometheus()
