"""Which names a metric and its labels may have."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

METRIC_NAME_RE = re.compile(r"^[a-zA-Z_:][a-zA-Z0-9_:]*$")
METRIC_LABEL_NAME_RE = re.compile(r"^[a-zA-Z_][a-zA-Z0-9_]*$")
RESERVED_METRIC_LABEL_NAME_RE = re.compile(r"^__.*$")

_EXEMPLAR_CHARACTERS = 128


def _init_legacy_validation() -> bool:
    chosen = os.environ.get("PROMETHEUS_LEGACY_NAME_VALIDATION", "False")
    return chosen.lower() in ("true", "1", "t")


_legacy_validation = _init_legacy_validation()


def get_legacy_validation() -> bool:
    """Says whether names are held to the character set of old."""
    return _legacy_validation


def disable_legacy_validation() -> None:
    """Allow all of UTF-8 in names from now on."""
    global _legacy_validation
    _legacy_validation = False


def enable_legacy_validation() -> None:
    """Hold names to the character set of old from now on."""
    global _legacy_validation
    _legacy_validation = True


def _is_utf8(text: str) -> bool:
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


def _is_valid_legacy_metric_name(name: str) -> bool:
    return METRIC_NAME_RE.fullmatch(name) is not None


def _is_valid_legacy_labelname(name: str) -> bool:
    return (
        METRIC_LABEL_NAME_RE.fullmatch(name) is not None
        and RESERVED_METRIC_LABEL_NAME_RE.match(name) is None
    )


def _validate_metric_name(name: str) -> None:
    if not name:
        raise ValueError("metric name cannot be empty")
    is_valid = _is_valid_legacy_metric_name if _legacy_validation else _is_utf8
    if not is_valid(name):
        raise ValueError(f"invalid metric name {name!r}")


def _validate_metric_label_name_token(tok: str) -> None:
    """Raise `ValueError` where a label name of a page is none; UTF-8 is quoted."""
    quoted = len(tok) > 1 and tok[0] == '"' and tok[-1] == '"'
    if quoted and not _legacy_validation:
        is_valid = _is_utf8(tok)
    else:
        is_valid = METRIC_LABEL_NAME_RE.fullmatch(tok) is not None
    if not is_valid:
        raise ValueError(f"invalid label name token {tok!r}")


def _validate_labelname(name: str) -> None:
    if _legacy_validation:
        is_valid = METRIC_LABEL_NAME_RE.fullmatch(name) is not None
    else:
        is_valid = _is_utf8(name)
    if not is_valid:
        raise ValueError(f"Invalid label metric name: {name!r}")
    if RESERVED_METRIC_LABEL_NAME_RE.match(name):
        raise ValueError(f"Reserved label metric name: {name}")


class _HasReservedNames(Protocol):
    @property
    def _reserved_labelnames(self) -> Iterable[str]: ...


def _validate_labelnames(cls: _HasReservedNames, labelnames: Iterable[str]) -> tuple[str, ...]:
    names = tuple(labelnames)
    for name in names:
        _validate_labelname(name)
        if name in cls._reserved_labelnames:
            raise ValueError(f"Reserved label metric name: {name}")
    return names


def _validate_exemplar(exemplar: Mapping[str, str]) -> None:
    characters = 0
    for name, value in exemplar.items():
        _validate_labelname(name)
        characters += len(name) + len(value)
    if characters > _EXEMPLAR_CHARACTERS:
        raise ValueError(
            f"Exemplar labels have {characters} UTF-8 characters, "
            f"exceeding the limit of {_EXEMPLAR_CHARACTERS}"
        )
