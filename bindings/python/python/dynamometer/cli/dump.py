"""Read a page of metrics and print it as a table, as JSON or as it is."""

from __future__ import annotations

import json
import re
import sys
from typing import TYPE_CHECKING, Any
from urllib.request import Request, urlopen

from dynamometer.cli.terminal import CYAN, DIM, GREEN, YELLOW, Terminal

if TYPE_CHECKING:
    import argparse

NAME = "dump"

EXAMPLES = """\
examples:
  python -m dynamometer dump http://localhost:8081/metrics
  python -m dynamometer dump localhost:8081                  the same
  python -m dynamometer dump localhost:8081 --filter http_   only names with this in them
  python -m dynamometer dump localhost:8081 --json | jq .    for a program
  python -m dynamometer dump localhost:8081 --raw            as the server sends it
"""

STYLES = {"counter": (GREEN,), "gauge": (YELLOW,)}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    parser.add_argument("url", metavar="URL", help="a page; HOST:PORT stands for its /metrics")
    parser.add_argument(
        "--filter", default="", metavar="REGEX", help="only families whose name has it"
    )
    parser.add_argument("--timeout", type=float, default=10.0, help="seconds to wait [default: 10]")
    form = parser.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="print JSON")
    form.add_argument("--raw", action="store_true", help="print the page as it is")


def run(options: argparse.Namespace) -> int:
    """Fetch the page and print it."""
    try:
        wanted = re.compile(options.filter)
    except re.error as error:
        raise ValueError(f"{options.filter!r} is no regular expression: {error}") from None
    page = fetch(complete(options.url), options.timeout)
    if options.raw:
        sys.stdout.write(page)
        return 0
    families = [family for family in parse(page) if wanted.search(family["name"])]
    if options.json:
        json.dump(families, sys.stdout, indent=2)
        sys.stdout.write("\n")
    elif families:
        show(families, Terminal(sys.stdout))
    return 0


def complete(url: str) -> str:
    """Return the URL that a host and port stand for, or the URL itself."""
    if not url.startswith(("http://", "https://")):
        url = f"http://{url}"
    return url if "/" in url.partition("://")[2] else f"{url}/metrics"


def fetch(url: str, timeout: float) -> str:
    """Return the page as Prometheus text."""
    request = Request(url, headers={"accept": "text/plain; version=0.0.4"})
    try:
        with urlopen(request, timeout=timeout) as answer:
            body: bytes = answer.read()
    except OSError as error:
        raise OSError(f"cannot read {url}: {error}") from None
    return body.decode("utf-8", errors="replace")


def parse(page: str) -> list[dict[str, Any]]:
    """Return the page's families."""
    from dynamometer.prometheus.parser import text_string_to_metric_families  # noqa: PLC0415

    return [
        {
            "name": family.name,
            "kind": family.type,
            "help": family.documentation,
            "samples": [
                {"name": sample.name, "labels": dict(sample.labels), "value": _value(sample.value)}
                for sample in family.samples
            ],
        }
        for family in text_string_to_metric_families(page)
    ]


def show(families: list[dict[str, Any]], terminal: Terminal) -> None:
    """Print each family as a heading and its samples."""
    for family in families:
        name = terminal.styled(family["name"], *STYLES.get(family["kind"], (CYAN,)))
        terminal.line(f"{name} {terminal.styled(family['kind'] + '  ' + family['help'], DIM)}")
        rows = [
            (f"  {sample['name']}{_labels(sample['labels'])}", f"{sample['value']}")
            for sample in family["samples"]
        ]
        if rows:
            terminal.table(rows, [(), ()], numbers=[1])


def _labels(labels: dict[str, str]) -> str:
    if not labels:
        return ""
    return "{" + ", ".join(f"{name}={json.dumps(value)}" for name, value in labels.items()) + "}"


def _value(value: float) -> float | str:
    """Return a value as JSON has it: whole ones without a point, what JSON lacks as text."""
    if value != value or value in {float("inf"), float("-inf")}:  # noqa: PLR0124
        return str(value)
    return int(value) if value == int(value) else value
