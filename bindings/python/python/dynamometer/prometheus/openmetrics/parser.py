"""Reads OpenMetrics, and holds pages to most of what it asks for."""

from __future__ import annotations

import io
import math
import re
from typing import TYPE_CHECKING, Any, TextIO

from ..metrics_core import Metric
from ..quoting import (
    ESCAPE_SEQUENCES,
    ESCAPING_RE,
    _split_quoted,
    _unquote_unescape,
    parse_labels,
)
from ..validation import _is_valid_legacy_metric_name, _validate_metric_name
from .group import Groups, labels_of_group
from .histogram import check_histogram
from .line import parse_native_histogram, parse_sample

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ..samples import Sample

__all__ = (
    "ESCAPE_SEQUENCES",
    "ESCAPING_RE",
    "parse_labels",
    "text_fd_to_metric_families",
    "text_string_to_metric_families",
)

_SUFFIXES = {
    "counter": ("_total", "_created"),
    "summary": ("", "_count", "_sum", "_created"),
    "histogram": ("_count", "_sum", "_bucket", "_created"),
    "gaugehistogram": ("_gcount", "_gsum", "_bucket"),
    "info": ("_info",),
}
_NOT_NAN = ("_total", "_sum", "_count", "_bucket", "_gcount", "_gsum")
_NOT_NEGATIVE = ("_total", "_sum", "_count", "_bucket", "_gcount")

_HELP_ESCAPE = re.compile(r'\\([\\"n])')


def text_string_to_metric_families(text: str) -> Iterable[Metric]:
    """Yield the families of a page; as `text_fd_to_metric_families`."""
    yield from text_fd_to_metric_families(io.StringIO(text))


def text_fd_to_metric_families(fd: TextIO) -> Iterable[Metric]:
    """Yield the families of a page, line by line as it is read.

    Raises `ValueError` at the first line that OpenMetrics forbids, and where the
    end of the page is missing. A page that passes may still be one that
    Prometheus refuses.
    """
    seen: set[str] = set()
    family: _Family | None = None
    for line in _lines(fd):
        if line.startswith("#"):
            keyword, name, text = _metadata(line)
            if family is None or family.name != name:
                if family:
                    yield family.built(seen)
                family = _Family(name)
            family.describe(keyword, text, line)
        else:
            sample, is_native = _sample(line, family)
            if family is None or not (is_native or sample.name in family.allowed_names):
                if family:
                    yield family.built(seen)
                family = _Family.unknown(sample.name)
            family.add(sample, is_native, line)
    if family:
        yield family.built(seen)


def _lines(fd: TextIO) -> Iterator[str]:
    """Yield the lines of a page, which has none behind its end, and no empty ones."""
    ended = False
    for raw in fd:
        line = raw.removesuffix("\n")
        if ended:
            raise ValueError("Received line after # EOF: " + line)
        if not line:
            raise ValueError("Received blank line")
        ended = line == "# EOF"
        if not ended:
            yield line
    if not ended:
        raise ValueError("Missing # EOF at end")


def _metadata(line: str) -> tuple[str, str, str]:
    parts = _split_quoted(line, " ", 3)
    try:
        _, keyword, token, text = parts
    except ValueError:
        raise ValueError("Invalid line: " + line) from None
    name, quoted = _unquote_unescape(token)
    if not quoted and not _is_valid_legacy_metric_name(name):
        raise ValueError("Invalid line: " + line)
    return keyword, name, text


def _sample(line: str, family: _Family | None) -> tuple[Sample, bool]:
    """Return the sample of a line, and whether it is a native histogram."""
    if family and family.type == "histogram":
        native = parse_native_histogram(line, _SUFFIXES["histogram"])
        if native:
            return native, True
    return parse_sample(line), False


def _unescape_help(text: str) -> str:
    return _HELP_ESCAPE.sub(lambda match: "\n" if match[1] == "n" else match[1], text)


def _is_uncanonical(text: str) -> bool:
    """Says whether infinity is written in another way than as `+Inf`."""
    return math.isinf(float(text)) and float(text) > 0 and text != "+Inf"


def _is_whole(value: float) -> bool:
    return isinstance(value, int) or value.is_integer()


class _Family:
    """What was read of a family so far."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.documentation: str | None = None
        self.type: str | None = None
        self.unit: str | None = None
        self.samples: list[Sample] = []
        self.allowed_names = [name]
        self._groups = Groups()

    @staticmethod
    def unknown(name: str) -> _Family:
        """Begins the family of a sample that belongs to none."""
        if not _is_valid_legacy_metric_name(name):
            raise ValueError("Invalid line, a UTF-8 name without its TYPE: " + name)
        family = _Family(name)
        family.type = "unknown"
        return family

    def describe(self, keyword: str, text: str, line: str) -> None:
        """Take a line of metadata."""
        if self.samples:
            raise ValueError("Received metadata after samples: " + line)
        if keyword == "HELP":
            self._refuse_second(self.documentation, keyword, line)
            self.documentation = _unescape_help(text)
        elif keyword == "TYPE":
            self._refuse_second(self.type, keyword, line)
            if text == "untyped":
                raise ValueError("Invalid TYPE for metric: " + line)
            self.type = text
            self.allowed_names = [self.name + suffix for suffix in _SUFFIXES.get(text, ("",))]
        elif keyword == "UNIT":
            self._refuse_second(self.unit, keyword, line)
            self.unit = text
        else:
            raise ValueError("Invalid line: " + line)

    @staticmethod
    def _refuse_second(first: str | None, keyword: str, line: str) -> None:
        if first is not None:
            raise ValueError(f"More than one {keyword} for metric: {line}")

    def add(self, sample: Sample, is_native: bool, line: str) -> None:
        """Take a sample, unless it repeats one of the same time."""
        if is_native:
            self.samples.append(sample)
            return
        self._check_labels(sample, line)
        group = labels_of_group(sample, self.name, self.type)
        if self._groups.is_new(sample, group, self.type == "info", line):
            self.samples.append(sample)
        self._check_value(sample, line)

    def _check_labels(self, sample: Sample, line: str) -> None:
        labels = sample.labels
        if self.type == "stateset" and self.name not in labels:
            raise ValueError("Stateset missing label: " + line)
        if sample.name == self.name + "_bucket":
            bound = labels.get("le", "NaN")
            if bound == "NaN" or _is_uncanonical(bound):
                raise ValueError("Invalid le label: " + line)
            if not _is_whole(sample.value):
                raise ValueError("Bucket value must be an integer: " + line)
        if sample.name in (self.name + "_count", self.name + "_gcount") and not _is_whole(
            sample.value
        ):
            raise ValueError("Count value must be an integer: " + line)
        if self.type == "summary" and sample.name == self.name:
            quantile = labels.get("quantile", "-1")
            if not 0 <= float(quantile) <= 1 or _is_uncanonical(quantile):
                raise ValueError("Invalid quantile label: " + line)

    def _check_value(self, sample: Sample, line: str) -> None:
        value = sample.value
        suffix = sample.name[len(self.name) :]
        if self.type == "stateset" and value not in (0, 1):
            raise ValueError("Stateset samples can only have values zero and one: " + line)
        if self.type == "info" and value != 1:
            raise ValueError("Info samples can only have value one: " + line)
        if self.type == "summary" and sample.name == self.name and value < 0:
            raise ValueError("Quantile values cannot be negative: " + line)
        if suffix in _NOT_NAN and math.isnan(value):
            raise ValueError("Counter-like samples cannot be NaN: " + line)
        if suffix in _NOT_NEGATIVE and value < 0:
            raise ValueError("Counter-like samples cannot be negative: " + line)
        if sample.exemplar and not self._takes_exemplars(sample.name):
            raise ValueError(
                "Invalid line only histogram/gaugehistogram buckets and counters "
                "can have exemplars: " + line
            )

    def _takes_exemplars(self, name: str) -> bool:
        if self.type == "counter":
            return name.endswith("_total")
        return self.type in ("histogram", "gaugehistogram") and name.endswith("_bucket")

    def built(self, seen: set[str]) -> Metric:
        """Return the family, and note the names that no other may have."""
        typ = self.type or "unknown"
        for suffix in {*_SUFFIXES.get(typ, ()), ""}:
            if self.name + suffix in seen:
                raise ValueError("Clashing name: " + self.name + suffix)
            seen.add(self.name + suffix)
        unit = self.unit or ""
        if unit and not self.name.endswith("_" + unit):
            raise ValueError("Unit does not match metric name: " + self.name)
        if unit and typ in ("info", "stateset"):
            raise ValueError("Units not allowed for this metric type: " + self.name)
        if typ in ("histogram", "gaugehistogram"):
            check_histogram(self.samples, self.name)
        _validate_metric_name(self.name)
        metric: Any = Metric(self.name, self.documentation or "", typ, unit)
        metric.samples = self.samples
        return metric  # type: ignore[no-any-return]
