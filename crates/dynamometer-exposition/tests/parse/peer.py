"""Reads pages with prometheus_client's parsers, for the test that compares ours.

One JSON object a line on standard input: {"format": "text" or "openmetrics",
"page": "..."}. One a line on standard output: {"error": "..."}, or {"samples":
[[name, [[label, value], ...], value, timestamp, exemplar], ...], "again": true
where a series comes more than once}. Floats are written by repr, so that they
are exact; bounds and ranks are too, whichever way the page has them. Names have
a "_" for each character that only fits in quotes.
"""

import json
import re
import sys

from prometheus_client import parser
from prometheus_client.openmetrics import parser as openmetrics_parser

PARSERS = {
    "text": parser.text_string_to_metric_families,
    "openmetrics": openmetrics_parser.text_string_to_metric_families,
}

NUMBERS = {
    "histogram": ("_bucket", "le"),
    "gaugehistogram": ("_bucket", "le"),
    "summary": ("", "quantile"),
}


def classic(name, also=""):
    name = re.sub(f"[^a-zA-Z0-9_{also}]", "_", name)
    return re.sub("^[0-9]", "_", name)


def labels_of(family, sample):
    suffix, number = NUMBERS.get(family.type, ("", None))
    is_part = sample.name == family.name + suffix
    for name, value in sample.labels.items():
        if is_part and name == number:
            value = repr(float(value))
        yield [classic(name), value]


def exemplar_of(exemplar):
    if exemplar is None:
        return None
    time = exemplar.timestamp
    labels = sorted([classic(name), value] for name, value in exemplar.labels.items())
    return [labels, repr(float(exemplar.value)), None if time is None else repr(float(time))]


def read(case):
    samples = {}
    again = False
    for family in PARSERS[case["format"]](case["page"]):
        for sample in family.samples:
            labels = sorted(labels_of(family, sample))
            time = None if sample.timestamp is None else repr(float(sample.timestamp))
            key = json.dumps([sample.name, labels])
            again = again or key in samples
            samples[key] = [
                classic(sample.name, ":"),
                labels,
                repr(float(sample.value)),
                time,
                exemplar_of(sample.exemplar),
            ]
    return {"samples": list(samples.values()), "again": again}


def main():
    for line in sys.stdin:
        try:
            answer = read(json.loads(line))
        except Exception as error:  # Whatever it raises, it did not take the page.
            answer = {"error": f"{type(error).__name__}: {error}"}
        print(json.dumps(answer), flush=True)


main()
