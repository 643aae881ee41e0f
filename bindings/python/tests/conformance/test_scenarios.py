"""Every scenario of tests/conformance, through Python."""

from __future__ import annotations

from typing import Any

import pytest

import dynamometer

from .expecting import EXPECT, expect
from .scenarios import scenarios, vectors
from .world import RECORD, World


def run(world: World, step: dict[str, Any]) -> None:
    """Do one step, which must be one that is known."""
    names = [name for name in step if name in RECORD or name in EXPECT]
    if names and names[0] in RECORD:
        world.record(names[0], step)
    elif names:
        expect(world, names[0], step)
    elif "create" in step:
        world.create(step)
    elif "look_up" in step:
        world.look_up(step)
    elif "remove" in step:
        world.remove(step)
    elif "scope" in step:
        world.scope(step)
    elif "drop" in step:
        world.drop(step)
    elif "on_threads" in step:
        world.on_threads(step, run)
    else:
        pytest.fail(f"no runner knows the step {step}")


@pytest.mark.parametrize(
    "scenario", [pytest.param(one, id=f"{file}: {one['name']}") for file, one in scenarios()]
)
def test_python_does_what_every_language_does(scenario: dict[str, Any]) -> None:
    world = World(scenario["prefix"])
    for step in scenario["steps"]:
        run(world, step)


@pytest.mark.parametrize("vector", vectors(), ids=lambda vector: vector["function"])
def test_names_are_sanitised_as_in_every_language(vector: dict[str, Any]) -> None:
    sanitise = getattr(dynamometer, vector["function"])
    for given, expected in vector["outputs"]:
        assert sanitise(given) == expected
    for given in vector["refused"]:
        with pytest.raises(dynamometer.DynamometerError) as caught:
            sanitise(given)
        assert caught.value.kind == vector["error"]
