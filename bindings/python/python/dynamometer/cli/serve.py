"""Serve what modules declare, until Ctrl-C."""

from __future__ import annotations

import importlib
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import dynamometer
from dynamometer.cli.terminal import BOLD, Terminal

if TYPE_CHECKING:
    import argparse

NAME = "serve"

EXAMPLES = """\
examples:
  python -m dynamometer serve my_app.metrics            import a module, serve its metrics
  python -m dynamometer serve my_app --port 0           on any free port
  python -m dynamometer serve my_app --seconds 60       for a minute

Without --host and --port, DYN_SYSTEM_HOST and DYN_SYSTEM_PORT count, then 0.0.0.0 and 8081.
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    parser.add_argument(
        "modules", nargs="*", metavar="MODULE", help="modules to import, from this folder too"
    )
    parser.add_argument("--host", help="host or address to listen on")
    parser.add_argument("--port", type=int, help="port to listen on, 0 for any free one")
    parser.add_argument("--seconds", type=float, help="how long to serve [default: until Ctrl-C]")


def run(options: argparse.Namespace) -> int:
    """Import the modules and serve the process's container."""
    sys.path.insert(0, str(Path.cwd()))
    for module in options.modules:
        importlib.import_module(module)
    with dynamometer.serve(options.host, options.port) as server:
        terminal = Terminal(sys.stdout)
        url = server.url()
        if url is None:
            raise ValueError(
                f"DYN_SYSTEM_ENABLED is {os.environ.get('DYN_SYSTEM_ENABLED')}: nothing is served"
            )
        terminal.line(f"metrics at {terminal.styled(url, BOLD)}   Ctrl-C to stop")
        server.wait(options.seconds)
    return 0
