"""Our stand-in for prometheus_client, used in the same way."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dynamometer import prometheus
from library import of_prometheus

if TYPE_CHECKING:
    from collections.abc import Mapping

    from stopwatch import Statement


def statements() -> Mapping[str, Statement]:
    """Return the statement of each row."""
    return of_prometheus.statements(prometheus)
