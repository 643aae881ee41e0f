"""What the tests of the drop-in share."""

from __future__ import annotations

import pytest

from .beside import Both


@pytest.fixture(scope="session")
def both() -> Both:
    """Return both packages."""
    return Both()
