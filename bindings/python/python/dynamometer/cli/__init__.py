"""The command line of `python -m dynamometer`."""

from dynamometer.cli.command import run

__all__ = ["run"]
