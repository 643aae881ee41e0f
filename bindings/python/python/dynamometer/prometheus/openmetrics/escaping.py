"""How names outside the character set of old are written for a reader."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeAlias

from ..validation import _is_valid_legacy_labelname, _is_valid_legacy_metric_name

ALLOWUTF8 = "allow-utf-8"
"""Names as they are, in quotes where the character set of old lacks a character."""
UNDERSCORES = "underscores"
"""An underscore for each character that the set of old lacks."""
DOTS = "dots"
"""As underscores, with dots and underscores kept apart."""
VALUES = "values"
"""The code point of each such character, so that the name can be read back."""

_IsValidAt: TypeAlias = Callable[[str, int], bool]

_SURROGATES = range(0xD800, 0xE000)


def escape_metric_name(s: str, escaping: str = UNDERSCORES) -> str:
    """Return the name of a metric as the scheme writes it."""
    return _escape_name(s, escaping, _is_valid_legacy_metric_name, _is_legacy_metric_rune)


def escape_label_name(s: str, escaping: str = UNDERSCORES) -> str:
    """Return the name of a label as the scheme writes it."""
    return _escape_name(s, escaping, _is_valid_legacy_labelname, _is_legacy_labelname_rune)


def _escape_name(
    name: str, escaping: str, is_legacy: Callable[[str], bool], is_valid_at: _IsValidAt
) -> str:
    if not name or (escaping != DOTS and is_legacy(name)):
        return name
    escaped = _escape(name, escaping, is_valid_at)
    return f'"{escaped}"' if escaping == ALLOWUTF8 else escaped


def _escape(s: str, escaping: str, valid_rune_fn: _IsValidAt) -> str:
    """Return the text as the scheme writes it; an unknown scheme leaves it."""
    if escaping == ALLOWUTF8:
        return s.replace("\\", r"\\").replace("\n", r"\n").replace('"', r"\"")
    if escaping == UNDERSCORES:
        return _by_character(s, valid_rune_fn, {}, lambda _: "_")
    if escaping == DOTS:
        return _by_character(s, valid_rune_fn, {"_": "__", ".": "_dot_"}, lambda _: "__")
    if escaping == VALUES:
        return "U__" + _by_character(s, valid_rune_fn, {"_": "__"}, _code_point)
    return s


def _by_character(
    text: str, is_valid_at: _IsValidAt, always: dict[str, str], otherwise: Callable[[str], str]
) -> str:
    def escaped() -> Iterable[str]:
        for index, character in enumerate(text):
            if character in always:
                yield always[character]
            elif is_valid_at(character, index):
                yield character
            else:
                yield otherwise(character)

    return "".join(escaped())


def _code_point(character: str) -> str:
    return f"_{ord(character):x}_" if _is_valid_utf8(character) else "_FFFD_"


def _is_legacy_metric_rune(b: str, i: int) -> bool:
    return _is_legacy_labelname_rune(b, i) or b == ":"


def _is_legacy_labelname_rune(b: str, i: int) -> bool:
    if len(b) != 1:
        raise ValueError("Input 'b' must be a single character.")
    return b.isascii() and (b.isalpha() or b == "_" or (b.isdigit() and i > 0))


def _is_valid_utf8(s: str) -> bool:
    return ord(s) not in _SURROGATES
