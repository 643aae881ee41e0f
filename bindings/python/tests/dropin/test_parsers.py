"""Both parsers read what prometheus_client's read, and refuse what those refuse."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ..upstream.sdist import sources
from .test_pages import filled, plans

if TYPE_CHECKING:
    from .beside import Both


def families(parser: Any, text: str) -> Any:
    """Return what a parser reads, or the class of what it raises."""
    try:
        return [
            (metric.name, metric.documentation, metric.type, metric.unit, repr(metric.samples))
            for metric in parser.text_string_to_metric_families(text)
        ]
    except (ValueError, KeyError, AttributeError, IndexError, TypeError):
        # Upstream stumbles over some pages in other ways: refused is refused.
        return ValueError


def texts(file: str) -> list[str]:
    """Return the texts of one of upstream's test files."""
    tree = ast.parse(Path(sources(), "tests", file).read_text())
    constants = (node.value for node in ast.walk(tree) if isinstance(node, ast.Constant))
    return [text for text in constants if isinstance(text, str) and len(text) > 5]


@pytest.mark.parametrize(("module", "least"), [("parser", 60), ("openmetrics.parser", 5)])
def test_the_texts_of_upstreams_tests_are_read_the_same(
    both: Both, module: str, least: int
) -> None:
    theirs, ours = both.each(module)
    read = 0
    for text in texts("test_parser.py"):
        for page in (text, text + "# EOF\n", text + "\n# EOF\n"):
            expected = families(theirs, page)
            assert families(ours, page) == expected, page
            read += expected is not ValueError
    assert read >= least


@pytest.mark.parametrize("escaping", ["underscores", "allow-utf-8"])
@pytest.mark.parametrize("module", ["", "openmetrics."])
# Quotes in exemplars are written by upstream and not read by it.
@given(plan=plans(trace="\\ }"))
@settings(max_examples=50)
def test_pages_are_read_the_same(
    both: Both, module: str, escaping: str, plan: list[dict[str, Any]]
) -> None:
    exposition = both.theirs(module + "exposition")
    page = exposition.generate_latest(filled(both.theirs(), plan), escaping).decode()
    theirs, ours = both.each(module + "parser")
    assert families(ours, page) == families(theirs, page)


LINES = [
    "# HELP a help \\n \\\\ text",
    "# TYPE a counter",
    "# TYPE a_total counter",
    "# TYPE a histogram",
    "# TYPE a summary",
    "# TYPE a gauge",
    "# TYPE a gaugehistogram",
    "# TYPE a info",
    "# TYPE a stateset",
    "# TYPE a unknown",
    "# TYPE a",
    "# HELP a",
    "# HELP",
    "# UNIT a_seconds seconds",
    "# a comment",
    "#",
    '# TYPE "a.b" gauge',
    '{"a.b"} 1',
    '{"a.b",x="y"} 1',
    "a 1",
    "a_total 1",
    "a_total 1 123",
    "a_total 1 123.456",
    'a_total{x="y"} 1 # {trace="1"} 0.5',
    'a_total{x="y"} 1 # {trace="1"} 0.5 123.4',
    "a_total 1 # {} 0.5",
    'a{x="y"} 1',
    'a{x="y",} 1',
    'a{x="y",z="\\"\\n"} 1.5e3',
    "a{} NaN",
    'a_bucket{le="1.0"} 1',
    'a_bucket{le="+Inf"} 2',
    "a_count 2",
    "a_sum 3",
    "a_gcount 2",
    "a_gsum -3",
    'a_info{x="y"} 1',
    'a{a="on"} 1',
    'a{a="off"} 0',
    'a{quantile="0.5"} 4',
    "a {count:4,sum:1,schema:0,zero_threshold:0,zero_count:4,positive_spans:[0:1]}",
    'a{x="y"} {count:24,sum:100,schema:0,zero_threshold:0.001,zero_count:4}',
    "a_created 1234.5",
    "",
    "# EOF",
]


@pytest.mark.parametrize("module", ["parser", "openmetrics.parser"])
@given(lines=st.lists(st.sampled_from(LINES), max_size=6), ends=st.booleans())
@settings(max_examples=300)
def test_lines_in_any_order_are_read_the_same(
    both: Both, module: str, lines: list[str], ends: bool
) -> None:
    page = "\n".join([*lines, "# EOF"] if ends else lines) + "\n"
    theirs, ours = both.each(module)
    assert families(ours, page) == families(theirs, page)


@pytest.mark.parametrize(
    "line",
    ['a{x="y"}1', 'a{x="y" 1', 'a{x="y"}x1', 'a 1 # {x="y"}0.5'],
)
def test_what_upstream_overlooks_is_refused(both: Both, line: str) -> None:
    assert families(both.ours("openmetrics.parser"), line + "\n# EOF\n") is ValueError


@given(trace=st.text(st.sampled_from('ab"\\\n {}=,#'), max_size=8))
def test_exemplars_are_read_as_they_were_written(both: Both, trace: str) -> None:
    registry = both.ours().CollectorRegistry()
    both.ours().Counter("c", "help", registry=registry).inc(1, {"trace": trace})
    page = both.ours("openmetrics.exposition").generate_latest(registry).decode()
    parser = both.ours("openmetrics.parser")
    (family,) = parser.text_string_to_metric_families(page)
    assert family.samples[0].exemplar.labels == {"trace": trace}
