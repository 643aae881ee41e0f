"""The scenario files, which every language runs."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parents[4] / "tests" / "conformance"

CAPABILITIES = {
    "float_counter",
    "up_down_counter",
    "unit",
    "alias",
    "family",
    "info",
    "state_set",
    "exponential_histogram",
    "scope",
    "whole_page",
    "self_metrics",
}
"""What scenarios may need: all of it is there."""


def scenarios() -> list[tuple[str, dict[str, Any]]]:
    """Return the scenarios of all files, each with its file's name."""
    found = []
    for path in sorted(FOLDER.glob("*.json")):
        for scenario in json.loads(path.read_text()).get("scenarios", []):
            unknown = set(scenario) - {"name", "requires", "prefix", "steps"}
            unknown |= set(scenario.get("requires", [])) - CAPABILITIES
            if unknown:
                message = f"{path.name}: {scenario['name']}: {unknown} is not known"
                raise ValueError(message)
            found.append((path.stem, scenario))
    return found


def vectors() -> list[dict[str, Any]]:
    """Return the vectors of the sanitisers."""
    read: list[dict[str, Any]] = json.loads((FOLDER / "sanitisers.json").read_text())["vectors"]
    return read
