"""Log records counted by level and logger.

logging.getLogger().addHandler(dynamometer.logging.CountingHandler())
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from dynamometer._native import container as process_container

if TYPE_CHECKING:
    from dynamometer._native import Container

__all__ = ["CountingHandler"]


class CountingHandler(logging.Handler):
    """A handler that counts records in `log_records_total{level, logger}`.

    It formats nothing, writes nothing and takes no lock. Beyond `limit` series, records of
    further loggers are counted together, in the series with overflow="true".
    """

    def __init__(
        self,
        container: Container | None = None,
        *,
        level: int | str = logging.NOTSET,
        limit: int = 1000,
    ) -> None:
        """Count in a container, or in the process's, from a level on."""
        super().__init__(level)
        container = process_container() if container is None else container
        self._records = container.counter(
            "log_records_total",
            "Log records, by level and logger.",
            ["level", "logger"],
            limit=limit,
        )

    def createLock(self) -> None:  # noqa: N802
        """Take no lock: counting needs none."""
        self.lock = None

    def handle(self, record: logging.LogRecord) -> bool:
        """Count a record that the filters let through; never raises."""
        is_let_through = bool(self.filter(record))
        if is_let_through:
            self.emit(record)
        return is_let_through

    def emit(self, record: logging.LogRecord) -> None:
        """Count a record."""
        try:
            self._records.labels(record.levelname.lower(), record.name).inc()
        except Exception:
            self.handleError(record)
