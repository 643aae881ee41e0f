"""What a metric may be declared with, beside its name, help and labels."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, TypedDict

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import timedelta


class PlainOptions(TypedDict, total=False):
    """What every kind of metric may have."""

    constant_labels: Mapping[str, str | int] | Iterable[tuple[str, str | int]] | None
    """Labels with fixed values."""

    aliases: Iterable[str]
    """Further names that the family is exposed under, with the same values."""

    limit: int | None
    """How many series the family may have; a million where nobody says."""

    expire_after: float | timedelta | None
    """Seconds after which a series that stands still leaves."""


class GaugeOptions(PlainOptions, total=False):
    """What kinds with a unit may have."""

    unit: (
        Literal[
            "seconds", "bytes", "ratio", "celsius", "joules", "volts", "amperes", "meters", "grams"
        ]
        | None
    )
    """The base unit, in which the name is made to end."""


class AmountOptions(GaugeOptions, total=False):
    """What kinds that add up over threads may have."""

    shared_cells: bool
    """One set of cells for all threads, for families of very many series."""


class Options(AmountOptions, total=False):
    """What kinds that keep exemplars may have."""

    exemplars: bool
    """Let series keep exemplars; each takes 184 bytes."""


class HistogramOptions(Options, total=False):
    """What a histogram with fixed buckets may have."""

    buckets: Iterable[float] | None
    """Upper bounds, finite and increasing, without +Inf."""


class ExponentialOptions(Options, total=False):
    """What a histogram with exponential buckets may have."""

    schema: int | None
    """There are 2**schema buckets for each doubling; 3 where nobody says."""

    min_exponent: int | None
    """Magnitudes up to two to this power count as zero; -30 where nobody says."""

    max_exponent: int | None
    """Magnitudes beyond two to this power share a bucket; 34 where nobody says."""

    signed: bool
    """Negative values have buckets too, mirrored."""
