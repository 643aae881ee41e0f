"""The library prometheus_client."""

from __future__ import annotations

from typing import TYPE_CHECKING

import prometheus_client

from library import of_prometheus

if TYPE_CHECKING:
    from collections.abc import Mapping

    from stopwatch import Statement


def statements() -> Mapping[str, Statement]:
    """Return the statement of each row."""
    return of_prometheus.statements(prometheus_client)
