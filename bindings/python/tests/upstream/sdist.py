"""The source distribution of prometheus_client, whose tests we run.

It is downloaded once, into the folder that builds go to, and never committed.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tarfile
from pathlib import Path

VERSION = "0.26.0"

_REPOSITORY = Path(__file__).resolve().parents[4]


def sources() -> Path:
    """Return the folder of the unpacked sources; downloads them where they are missing."""
    target = Path(os.environ.get("CARGO_TARGET_DIR", _REPOSITORY / "target"))
    folder = target / "python" / "sdist"
    unpacked = folder / f"prometheus_client-{VERSION}"
    if unpacked.is_dir():
        return unpacked
    folder.mkdir(parents=True, exist_ok=True)
    archive = folder / f"prometheus_client-{VERSION}.tar.gz"
    if not archive.is_file():
        _download(folder)
    with tarfile.open(archive) as tar:
        tar.extractall(folder, filter="data")
    return unpacked


def _download(folder: Path) -> None:
    wanted = f"prometheus_client=={VERSION}"
    pip = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps"]
    subprocess.run([*pip, "--no-binary", ":all:", "--dest", str(folder), wanted], check=True)
