"""Reads the text format of Prometheus, more leniently than Prometheus does."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, TextIO

from .metrics_core import Metric
from .quoting import (
    ESCAPE_SEQUENCES,
    ESCAPING_RE,
    HELP_ESCAPING_RE,
    _is_character_escaped,
    _last_unquoted_char,
    _next_term,
    _next_unquoted_char,
    _replace_escaping,
    _replace_help_escaping,
    _split_quoted,
    _unquote_unescape,
    parse_labels,
    replace_escape_sequence,
)
from .samples import Sample
from .validation import _is_valid_legacy_metric_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

__all__ = (
    "ESCAPE_SEQUENCES",
    "ESCAPING_RE",
    "HELP_ESCAPING_RE",
    "_is_character_escaped",
    "_last_unquoted_char",
    "_next_term",
    "_next_unquoted_char",
    "_parse_sample",
    "_parse_value",
    "_replace_escaping",
    "_replace_help_escaping",
    "_split_quoted",
    "_unquote_unescape",
    "parse_labels",
    "replace_escape_sequence",
    "text_fd_to_metric_families",
    "text_string_to_metric_families",
)

_SUFFIXES = {
    "summary": ("_count", "_sum", ""),
    "histogram": ("_count", "_sum", "_bucket"),
}


def text_string_to_metric_families(text: str) -> Iterable[Metric]:
    """Yield the families of a page; as `text_fd_to_metric_families`."""
    yield from text_fd_to_metric_families(io.StringIO(text))


def text_fd_to_metric_families(fd: TextIO) -> Iterable[Metric]:
    """Yield the families of a page, line by line as it is read.

    A sample that is none of the family before it is a family of its own, of
    unknown type. Raises `ValueError` for a line that is none; a page that passes
    may still be one that Prometheus refuses.
    """
    family = _Family()
    for raw in fd:
        line = raw.strip()
        if line.startswith("#"):
            _, *rest = _split_quoted(line, None, 3)
            keyword, token, text = (*rest, None, None, None)[:3]
            if keyword not in ("TYPE", "HELP"):
                continue
            name = _family_name(token) if token else ""
            if keyword == "TYPE" and text is None:
                raise ValueError(f"a type is missing: {line}")
            if name != family.name:
                yield from family.built()
                family = _Family(name)
            if keyword == "TYPE":
                family.set_type(text or "")
            else:
                family.documentation = _replace_help_escaping(text or "")
        elif line:
            sample = _parse_sample(line)
            if sample.name in family.allowed_names:
                family.samples.append(sample)
            else:
                yield from family.built()
                family = _Family()
                yield _build_metric(sample.name, "", "untyped", [sample])
    yield from family.built()


class _Family:
    """What was read of a family so far; of none where it has no name."""

    def __init__(self, name: str = "") -> None:
        self.name = name
        self.documentation = ""
        self.type = "untyped"
        self.samples: list[Sample] = []
        self.allowed_names: Sequence[str] = [name] if name else ()

    def set_type(self, typ: str) -> None:
        self.type = typ
        self.allowed_names = [self.name + suffix for suffix in _SUFFIXES.get(typ, ("",))]

    def built(self) -> Iterator[Metric]:
        if self.name:
            yield _build_metric(self.name, self.documentation, self.type, self.samples)


def _family_name(token: str) -> str:
    name, quoted = _unquote_unescape(token)
    if not quoted and not _is_valid_legacy_metric_name(name):
        raise ValueError(f"invalid metric name: {token}")
    return name


def _build_metric(name: str, documentation: str, typ: str, samples: list[Sample]) -> Metric:
    # OpenMetrics names counters without `_total`, and their samples with it.
    if typ == "counter":
        if name.endswith("_total"):
            name = name.removesuffix("_total")
        else:
            samples = [sample._replace(name=sample.name + "_total") for sample in samples]
    metric = Metric(name, documentation, typ)
    metric.samples = samples
    return metric


def _parse_sample(text: str) -> Sample:
    start = _next_unquoted_char(text, "{")
    if start == -1 or " # " in text[:start]:
        end = _next_unquoted_char(text, " \t")
        name = text[:end].strip()
        if not _is_valid_legacy_metric_name(name):
            raise ValueError("invalid metric name:" + text)
        value, timestamp = _parse_value_and_timestamp(text[end + 1 :])
        return Sample(name, {}, value, timestamp)
    end = _next_unquoted_char(text, "}", start)
    if end == -1:
        raise ValueError("labels without an end: " + text)
    labels = parse_labels(text[start + 1 : end], False)
    name = name_among(labels, text[:start].strip())
    value, timestamp = _parse_value_and_timestamp(text[end + 1 :])
    return Sample(name, labels, value, timestamp)


def name_among(labels: dict[str, str], name: str) -> str:
    """Return the name of a sample, which stands in front of its labels or among them."""
    if name and "__name__" in labels:
        raise ValueError("metric name specified more than once")
    if not name and "__name__" not in labels:
        raise ValueError("a metric name is missing")
    return name or labels.pop("__name__")


def _parse_value_and_timestamp(s: str) -> tuple[float, float | None]:
    """Return the first number, and the last in seconds where there are several."""
    s = s.lstrip()
    separator = " " if " " in s else "\t"
    numbers = [number for part in s.split(separator) if (number := part.strip())]
    if not numbers:
        return float(s), None
    value = _parse_value(numbers[0])
    timestamp = _parse_value(numbers[-1]) / 1000 if len(numbers) > 1 else None
    return value, timestamp


def _parse_value(value: Iterable[str]) -> float:
    """Return an int where the text is one, else a float; Python's `1_0` is none."""
    text = "".join(value)
    if text != text.strip() or "_" in text:
        raise ValueError(f"Invalid value: {text!r}")
    try:
        return int(text)
    except ValueError:
        return float(text)
