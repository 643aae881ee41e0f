"""Metrics in the cells that Rust and C++ of the same process record into."""

from dynamometer._native import (
    Container,
    Counter,
    ExceptionCount,
    ExponentialHistogram,
    Family,
    FloatCounter,
    Gauge,
    Histogram,
    InFlight,
    Info,
    OwnedScope,
    StateSet,
    Timer,
    UpDownCounter,
    __version__,
    container,
    self_metrics,
)
from dynamometer.errors import DynamometerError
from dynamometer.values import ExponentialValue, HistogramValue

__all__ = [
    "Container",
    "Counter",
    "DynamometerError",
    "ExceptionCount",
    "ExponentialHistogram",
    "ExponentialValue",
    "Family",
    "FloatCounter",
    "Gauge",
    "Histogram",
    "HistogramValue",
    "InFlight",
    "Info",
    "OwnedScope",
    "StateSet",
    "Timer",
    "UpDownCounter",
    "__version__",
    "container",
    "self_metrics",
]
