"""Writes the OpenMetrics text format, 1.0 and 2.0."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..pages import Style, write_page
from ..utils import floatToGoString, parse_version
from ..validation import _is_valid_legacy_labelname, _is_valid_legacy_metric_name
from .escaping import (
    ALLOWUTF8,
    DOTS,
    UNDERSCORES,
    VALUES,
    _escape,
    _is_legacy_labelname_rune,
    _is_legacy_metric_rune,
    _is_valid_utf8,
    escape_label_name,
    escape_metric_name,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..metrics_core import Metric
    from ..registry import Collector
    from ..samples import Exemplar, NativeHistogram, Sample

__all__ = (
    "ALLOWUTF8",
    "CONTENT_TYPE_LATEST",
    "CONTENT_TYPE_LATEST_2_0",
    "DOTS",
    "ESCAPING_HEADER_TAG",
    "UNDERSCORES",
    "VALUES",
    "_escape",
    "_is_legacy_labelname_rune",
    "_is_legacy_metric_rune",
    "_is_valid_legacy_labelname",
    "_is_valid_legacy_metric_name",
    "_is_valid_utf8",
    "escape_label_name",
    "escape_metric_name",
    "generate_latest",
)

CONTENT_TYPE_LATEST = "application/openmetrics-text; version=1.0.0; charset=utf-8"
"""The content type of OpenMetrics 1.0."""
CONTENT_TYPE_LATEST_2_0 = "application/openmetrics-text; version=2.0.0; charset=utf-8"
"""The content type of OpenMetrics 2.0."""
ESCAPING_HEADER_TAG = "escaping"
"""The parameter of a content type that names the escaping scheme."""

_FIRST_WITH_NATIVE_HISTOGRAMS = (2, 0, 0)


def generate_latest(
    registry: Collector, escaping: str = UNDERSCORES, version: str = "1.0.0"
) -> bytes:
    """Return the page of a registry in OpenMetrics.

    Native histograms are left out below version 2.0.0. An exception that a family
    raises carries the family as its last argument.
    """
    has_native = parse_version(version) >= _FIRST_WITH_NATIVE_HISTOGRAMS

    def family_lines(metric: Metric) -> Iterator[str]:
        yield _STYLE.head(metric, escaping)
        for sample in metric.samples:
            if has_native or not sample.native_histogram:
                yield _sample_line(metric, sample, escaping)

    return write_page(registry, escaping, _STYLE, family_lines) + b"# EOF\n"


class _OpenMetricsStyle(Style):
    created_apart = False
    shows_exemplars = True

    def head(self, metric: Metric, escaping: str) -> str:
        name = escape_metric_name(metric.name, escaping)
        help_text = _escape(metric.documentation, ALLOWUTF8, _is_legacy_labelname_rune)
        unit = f"# UNIT {name} {metric.unit}\n" if metric.unit else ""
        return f"# HELP {name} {help_text}\n# TYPE {name} {metric.type}\n{unit}"

    def sample_name(self, name: str, escaping: str) -> str:
        # Upstream holds the names of samples to the characters of labels: no colons.
        return _escape(name, escaping, _is_legacy_labelname_rune)


_STYLE = _OpenMetricsStyle()


def _sample_line(metric: Metric, sample: Sample, escaping: str) -> str:
    exemplars = _compose_exemplar_string(metric, sample, sample.exemplar) if sample.exemplar else ""
    if sample.native_histogram:
        value = _native_histogram_text(sample.native_histogram)
        for exemplar in sample.native_histogram.nh_exemplars or ():
            exemplars += _compose_exemplar_string(metric, sample, exemplar)
    else:
        value = "" if sample.value is None else floatToGoString(sample.value)
    timestamp = "" if sample.timestamp is None else f" {sample.timestamp}"
    return f"{_series_text(sample, escaping)} {value}{timestamp}{exemplars}\n"


def _series_text(sample: Sample, escaping: str) -> str:
    labels = [
        f'{escape_label_name(name, escaping)}="'
        f'{_escape(value, ALLOWUTF8, _is_legacy_labelname_rune)}"'
        for name, value in sorted((sample.labels or {}).items())
    ]
    if escaping == ALLOWUTF8 and not _is_valid_legacy_metric_name(sample.name):
        return "{" + ",".join([escape_metric_name(sample.name, escaping), *labels]) + "}"
    name = _STYLE.sample_name(sample.name, escaping)
    return f"{name}{{{','.join(labels)}}}" if labels else name


def _native_histogram_text(histogram: NativeHistogram) -> str:
    fields = [
        f"count:{histogram.count_value}",
        f"sum:{histogram.sum_value}",
        f"schema:{histogram.schema}",
        f"zero_threshold:{histogram.zero_threshold}",
        f"zero_count:{histogram.zero_count}",
    ]
    sides = (
        ("negative", histogram.neg_spans, histogram.neg_deltas),
        ("positive", histogram.pos_spans, histogram.pos_deltas),
    )
    for side, spans, deltas in sides:
        if spans:
            runs = ",".join(f"{span[0]}:{span[1]}" for span in spans)
            steps = ",".join(str(delta) for delta in deltas or ())
            fields += [f"{side}_spans:[{runs}]", f"{side}_deltas:[{steps}]"]
    return "{" + ",".join(fields) + "}"


def _is_valid_exemplar_metric(metric: Metric, sample: Sample) -> bool:
    if metric.type == "counter":
        return sample.name.endswith("_total")
    if metric.type == "gaugehistogram":
        return sample.name.endswith("_bucket")
    if metric.type == "histogram":
        return sample.name.endswith("_bucket") or sample.name == metric.name
    return False


def _compose_exemplar_string(metric: Metric, sample: Sample, exemplar: Exemplar) -> str:
    if not _is_valid_exemplar_metric(metric, sample):
        raise ValueError(
            f"Metric {metric.name} has exemplars, but is not a histogram bucket or counter"
        )
    labels = ",".join(
        f'{name}="{_escape(value, ALLOWUTF8, _is_legacy_labelname_rune)}"'
        for name, value in sorted(exemplar.labels.items())
    )
    timestamp = "" if exemplar.timestamp is None else f" {exemplar.timestamp}"
    return f" # {{{labels}}} {floatToGoString(exemplar.value)}{timestamp}"
