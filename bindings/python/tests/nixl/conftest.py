"""Real NIXL, and our plug-in in it."""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from types import ModuleType

REPOSITORY = Path(__file__).parents[4]
SCENARIOS = REPOSITORY / "tests" / "nixl"
VERSION = "1.5.1"


def load(name: str) -> ModuleType:
    """Loads a module of the tests that C++ and NIXL have."""
    spec = importlib.util.spec_from_file_location(f"nixl_{name}", SCENARIOS / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


packages = load("packages")


def give_up(reason: str) -> None:
    """Skips, or fails where NIXL must be had."""
    if packages.is_required():
        pytest.fail(reason, pytrace=False)
    pytest.skip(reason)


@pytest.fixture(scope="session")
def nixl() -> Path:
    """The folder of a NIXL for this Python, with our plug-in in it."""
    if shutil.which("cmake") is None:
        give_up("there is no cmake to build the plug-in with")
    build = REPOSITORY / "target" / "cpp" / "nixl-python"
    configure = ["cmake", "-S", REPOSITORY / "cpp", "-B", build, "-DLIBNV_TESTS=OFF"]
    targets = ["--target", "libnv_nixl_exporter", "libnv-nixl"]
    subprocess.run([*configure, "-DCMAKE_BUILD_TYPE=Release"], check=True, stdout=sys.stderr)
    subprocess.run(["cmake", "--build", build, *targets], check=True, stdout=sys.stderr)
    # Its wheels are for one version of Python each.
    folder = REPOSITORY / "target" / "nixl" / f"{sys.version_info[0]}.{sys.version_info[1]}"
    try:
        place = packages.fetch(folder, VERSION)
    except (OSError, subprocess.CalledProcessError) as error:
        give_up(f"there is no NIXL {VERSION} for this Python: {error}")
    environment = {**os.environ, "PYTHONPATH": str(place)}
    environment.pop("NIXL_PLUGIN_DIR", None)
    command = [build / "nixl-exporter" / "libnv-nixl", "--install", "--python", sys.executable]
    subprocess.run(command, env=environment, check=True, stdout=sys.stderr)
    return Path(place)
