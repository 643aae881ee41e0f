"""The NIXL packages that the test runs, fetched by pip into a folder of their own."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

# What it needs of the packages that it asks for; torch is not.
NUMPY = "numpy==2.4.6"


def fetch(folder, version):
    """Returns the folder of one NIXL version below `folder`, filled if it was not."""
    place = Path(folder) / version
    if place.is_dir():
        return place
    # It appears by one rename, so what is there is whole.
    new = place.with_name(f"{version}.{os.getpid()}.new")
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--no-input", "--no-deps"]
    pip += ["--disable-pip-version-check", "--root-user-action", "ignore", "--target", str(new)]
    packages = [f"nixl_cu12=={version}", NUMPY]
    try:
        subprocess.run(pip + packages, check=True)
        if not place.is_dir():
            new.rename(place)
    finally:
        shutil.rmtree(new, ignore_errors=True)
    return place


def is_required():
    """True where a test that cannot run must fail."""
    return os.environ.get("DYN_TEST_NIXL") == "require" or os.environ.get("CI") in ("true", "1")
