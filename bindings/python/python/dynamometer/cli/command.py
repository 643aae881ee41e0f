"""The commands, and how their outcomes become exit statuses."""

from __future__ import annotations

import argparse
import os
import sys
from typing import TYPE_CHECKING

from dynamometer import __version__
from dynamometer.cli import bench, completions, doctor, dump, serve
from dynamometer.cli.terminal import Terminal
from dynamometer.errors import DynamometerError

if TYPE_CHECKING:
    from collections.abc import Sequence

COMMANDS = (serve, dump, doctor, bench, completions)

EXAMPLES = """\
examples:
  python -m dynamometer serve my_app --port 9400      what a module declares, on /metrics
  python -m dynamometer dump localhost:8081           a page as a table
  python -m dynamometer doctor                        what this process has and lacks
  python -m dynamometer bench                         what a record costs here
  eval "$(python -m dynamometer completions bash)"    names of commands and options by Tab

Exit status: 0 done; 1 it failed; 2 the command line was wrong; 130 stopped by Ctrl-C.
"""


def parser() -> argparse.ArgumentParser:
    """Return what reads the command line."""
    parser = argparse.ArgumentParser(
        prog="python -m dynamometer",
        description="Look at metrics, serve them, and see what is wrong.",
        epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"dynamometer {__version__}")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)
    for command in COMMANDS:
        description = (command.__doc__ or "").partition("\n")[0]
        added = commands.add_parser(
            command.NAME,
            help=description,
            description=description,
            epilog=command.EXAMPLES,
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )
        command.add_arguments(added)
        added.set_defaults(run=command.run)
    return parser


def run(arguments: Sequence[str] | None = None) -> int:
    """Do what the arguments ask for; returns the exit status."""
    options = parser().parse_args(arguments)
    try:
        status: int = options.run(options)
        sys.stdout.flush()
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        # Whoever read has seen enough, as `head` has; what is left goes nowhere.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except (DynamometerError, OSError, ImportError, ValueError) as error:
        Terminal(sys.stderr).error(str(error))
        return 1
    return status
