"""Reads one line of OpenMetrics: a sample, its exemplar, a native histogram."""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING

from ..parser import _parse_value, name_among
from ..quoting import _next_unquoted_char, parse_labels
from ..samples import BucketSpan, Exemplar, NativeHistogram, Sample, Timestamp
from ..validation import _is_valid_legacy_metric_name

if TYPE_CHECKING:
    from collections.abc import Iterable

_EXEMPLAR_CHARACTERS = 128

_FIELD = re.compile(r"(\w+):\s*([^,}]+)")
_SPANS = re.compile(r"(positive_spans|negative_spans):\[(\d+:\d+(?:,\d+:\d+)*)\]")
_DELTAS = re.compile(r"(positive_deltas|negative_deltas):\[(-?\d+(?:,-?\d+)*)\]")


def parse_sample(text: str) -> Sample:
    """Return the sample of a line; raises `ValueError` where it is none."""
    start = _next_unquoted_char(text, "{")
    if start == -1 or " # " in text[:start]:
        # Without labels of its own; an exemplar may have some.
        name, _, rest = text.partition(" ")
        if not _is_valid_legacy_metric_name(name):
            raise ValueError("invalid metric name:" + text)
        value, timestamp, exemplar = parse_remaining_text(rest)
        return Sample(name, {}, value, timestamp, exemplar)
    labels, end = _labels_from(text, start)
    name = name_among(labels, text[:start])
    if text[end + 1 : end + 2] != " ":
        raise ValueError("Invalid line: " + text)
    value, timestamp, exemplar = parse_remaining_text(text[end + 2 :])
    return Sample(name, labels, value, timestamp, exemplar)


def _labels_from(text: str, start: int) -> tuple[dict[str, str], int]:
    """Return the labels that begin at a brace, and where theirs closes."""
    end = _next_unquoted_char(text, "}", start)
    if end == -1:
        raise ValueError("Invalid line: " + text)
    return parse_labels(text[start + 1 : end], True), end


def parse_remaining_text(
    text: str,
) -> tuple[float, Timestamp | float | None, Exemplar | None]:
    """Return value, time and exemplar: what comes behind the name of a sample."""
    first, space, rest = text.partition(" ")
    value = _parse_value(first)
    if not space:
        return value, None, None
    timestamp = ""
    if not rest.startswith("#"):
        timestamp, space, rest = rest.partition(" ")
        if not space:
            if not timestamp:
                raise ValueError("Invalid line: " + text)
            return value, parse_timestamp(timestamp), None
    return value, parse_timestamp(timestamp), _exemplar(rest)


def _exemplar(text: str) -> Exemplar:
    if not text.startswith("# {"):
        raise ValueError("Invalid line: " + text)
    labels, end = _labels_from(text, 2)
    characters = sum(len(name) + len(value) for name, value in labels.items())
    if characters > _EXEMPLAR_CHARACTERS:
        raise ValueError("Exemplar labels are too long: " + text)
    if text[end + 1 : end + 2] != " ":
        raise ValueError("Invalid line: " + text)
    value, space, timestamp = text[end + 2 :].partition(" ")
    if space and not timestamp:
        raise ValueError("Invalid line: " + text)
    return Exemplar(labels, _parse_value(value), parse_timestamp(timestamp))


def parse_timestamp(text: Iterable[str]) -> Timestamp | float | None:
    """Return a time to the nanosecond where the text is a decimal, else a float."""
    text = "".join(text)
    if not text:
        return None
    if text != text.strip() or "_" in text:
        raise ValueError(f"Invalid timestamp: {text!r}")
    try:
        return Timestamp(int(text), 0)
    except ValueError:
        pass
    whole, point, fraction = text.partition(".")
    try:
        if point:
            return Timestamp(int(whole), int(fraction[:9].ljust(9, "0")))
    except ValueError:
        pass
    seconds = float(text)
    if not math.isfinite(seconds):
        raise ValueError(f"Invalid timestamp: {text!r}")
    return seconds


def parse_native_histogram(text: str, suffixes: tuple[str, ...]) -> Sample | None:
    """Return the native histogram of a line, or None where it has none.

    `suffixes` are those of the samples of a histogram with buckets: a native one
    has the name of its family.
    """
    labels_start = _next_unquoted_char(text, " {")
    if labels_start == -1:
        return None
    labels: dict[str, str] | None = None
    behind_name = labels_start
    if text[labels_start] == "{":
        behind_name = _next_unquoted_char(text, "}", labels_start)
        if behind_name == -1:
            raise ValueError("Invalid line: " + text)
    start = _next_unquoted_char(text, "{", behind_name + 1)
    if start == -1:
        return None
    hash_mark = _next_unquoted_char(text, "#", behind_name + 1)
    if -1 < hash_mark < start:
        # The braces are those of an exemplar.
        return None
    if _next_unquoted_char(text, "}", start) == -1:
        raise ValueError("Invalid line: " + text)
    name = text[: start - 1]
    if text[labels_start] == "{":
        name = text[:labels_start]
        labels = parse_labels(text[labels_start + 1 : behind_name], True)
        if not name:
            name = name_among(labels, name)
            labels = labels or None
    if name.endswith(suffixes):
        raise ValueError(f"the sample name of a native histogram should have no suffixes: {name}")
    # Upstream says with None that there are no labels, and no value but the histogram.
    return Sample(name, labels, None, None, None, _native_histogram(text[start:]))  # type: ignore[arg-type]


def _native_histogram(text: str) -> NativeHistogram:
    fields = dict(_FIELD.findall(text))
    spans = dict(_SPANS.findall(text))
    deltas = dict(_DELTAS.findall(text))
    try:
        return NativeHistogram(
            count_value=int(fields["count"]),
            sum_value=float(fields["sum"]),
            schema=int(fields["schema"]),
            zero_threshold=float(fields["zero_threshold"]),
            zero_count=int(fields["zero_count"]),
            pos_spans=_spans(spans.get("positive_spans")),
            neg_spans=_spans(spans.get("negative_spans")),
            pos_deltas=_numbers(deltas.get("positive_deltas")),
            neg_deltas=_numbers(deltas.get("negative_deltas")),
        )
    except KeyError as missing:
        raise ValueError(f"a native histogram lacks {missing}: {text}") from missing


def _spans(text: str | None) -> tuple[BucketSpan, ...] | None:
    if text is None:
        return None
    pairs = (span.split(":") for span in text.split(","))
    return tuple(BucketSpan(int(offset), int(length)) for offset, length in pairs)


def _numbers(text: str | None) -> tuple[int, ...] | None:
    return None if text is None else tuple(int(number) for number in text.split(","))
