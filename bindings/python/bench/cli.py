"""The command line."""

from __future__ import annotations

import argparse
import sys

import report
from contest import Contest
from library import LIBRARIES
from row import ROWS
from stopwatch import QUICK, USUAL

EXAMPLES = """\
examples:
  cargo xtask bench python                     everything, about a minute
  cargo xtask bench python --quick             a first look
  cargo xtask bench python --filter labels     the rows with this in their name
  cargo xtask bench python --strict --json -   for a script

Exit status: 0 done; 1 a goal was missed and --strict was given; 2 the command line was wrong.
"""


def run(arguments: list[str]) -> int:
    """Measure what the arguments ask for, print it, and return the exit status."""
    options = parser().parse_args(arguments)
    rows = [row for row in ROWS if options.filter in row.statement]
    if not rows:
        parser().error(f"no row has {options.filter!r} in it")
    contest = Contest(LIBRARIES, QUICK if options.quick else USUAL)
    results = []
    for row in rows:
        report.progress(row.statement)
        results.append(contest.measure(row))
    report.progress("")
    # A script that reads JSON from standard output must not find a table in it.
    report.table(results, sys.stderr if options.json == "-" else sys.stdout)
    if options.json is not None:
        report.json(results, options.json)
    is_met = all(verdict.is_met for result in results for verdict in result.verdicts)
    return 1 if options.strict and not is_met else 0


def parser() -> argparse.ArgumentParser:
    """Return what reads the command line."""
    parser = argparse.ArgumentParser(
        prog="cargo xtask bench python",
        description="Measure what a record costs in Python, beside other libraries.",
        epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument(
        "--filter", metavar="TEXT", default="", help="only rows whose statement has this in it"
    )
    parser.add_argument("--quick", action="store_true", help="measure shortly")
    parser.add_argument("--strict", action="store_true", help="exit with 1 when a goal is missed")
    parser.add_argument("--json", metavar="FILE", help="write JSON too; - is standard output")
    return parser
