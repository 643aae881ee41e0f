"""Text that is partly in quotes, as both text formats write names and labels."""

from __future__ import annotations

import re
import string

from .validation import _is_valid_legacy_metric_name, _validate_labelname, _validate_metric_name

ESCAPE_SEQUENCES = {
    "\\\\": "\\",
    "\\n": "\n",
    '\\"': '"',
}

HELP_ESCAPING_RE = re.compile(r"\\[\\n]")
ESCAPING_RE = re.compile(r'\\[\\n"]')


def replace_escape_sequence(match: re.Match[str]) -> str:
    """Return the character that an escape stands for."""
    return ESCAPE_SEQUENCES[match.group(0)]


def _replace_help_escaping(s: str) -> str:
    return HELP_ESCAPING_RE.sub(replace_escape_sequence, s)


def _replace_escaping(s: str) -> str:
    return ESCAPING_RE.sub(replace_escape_sequence, s)


def _is_character_escaped(s: str, charpos: int) -> bool:
    """Says whether an odd number of backslashes is in front of a character."""
    first = charpos
    while first > 0 and s[first - 1] == "\\":
        first -= 1
    return (charpos - first) % 2 == 1


def _next_unquoted_char(text: str, chs: str | None, startidx: int = 0) -> int:
    """Return where the next of these characters outside of quotes is, or -1.

    None stands for white space. `startidx` is taken to be outside of quotes.
    """
    wanted = string.whitespace if chs is None else chs
    in_quotes = False
    for index in range(startidx, len(text)):
        character = text[index]
        if character == '"' and not _is_character_escaped(text, index):
            in_quotes = not in_quotes
        if not in_quotes and character in wanted:
            return index
    return -1


def _last_unquoted_char(text: str, chs: str | None) -> int:
    """Return where the last of these characters outside of quotes is, or -1.

    The first character of the text is not looked at.
    """
    wanted = string.whitespace if chs is None else chs
    in_quotes = False
    for index in range(len(text) - 1, 0, -1):
        character = text[index]
        if character == '"' and not _is_character_escaped(text, index):
            in_quotes = not in_quotes
        if not in_quotes and character in wanted:
            return index
    return -1


def _split_quoted(text: str, separator: str | None, maxsplit: int = 0) -> list[str]:
    """Split at separators outside of quotes; several in a row are one.

    What is left after `maxsplit` splits is the last part, as it is. Behind a
    trailing separator comes an empty part.
    """
    parts = [""]
    at = 0
    while at < len(text):
        end = _next_unquoted_char(text, separator, at)
        if end == -1:
            parts[-1] = text[at:]
            break
        if end == at:
            at += 1
            continue
        if 0 < maxsplit < len(parts):
            parts[-1] = text[at:]
            break
        parts[-1] = text[at:end]
        parts.append("")
        at = end + 1
    return parts


def _unquote_unescape(text: str) -> tuple[str, bool]:
    """Return the text without quotes and escapes, and whether it was quoted."""
    if not text:
        return text, False
    text = text.strip()
    quoted = text[0] == '"'
    if quoted:
        if len(text) == 1 or text[-1] != '"':
            raise ValueError("missing close quote")
        text = text[1:-1]
    return _replace_escaping(text), quoted


def parse_labels(labels_string: str, openmetrics: bool = False) -> dict[str, str]:
    """Return the labels of a text without its braces.

    A name of a metric among them is the label `__name__`. Raises `ValueError` for
    what is none; OpenMetrics allows no empty terms.
    """
    rest = labels_string.strip()
    if openmetrics and rest.startswith(","):
        raise ValueError("leading comma: " + labels_string)
    try:
        return _labels(rest, openmetrics)
    except ValueError as error:
        raise ValueError(f"Invalid labels: {labels_string}") from error


def _labels(rest: str, openmetrics: bool) -> dict[str, str]:
    labels: dict[str, str] = {}
    while rest:
        name_term, value_term, rest = _next_term(rest, openmetrics)
        if not value_term:
            if openmetrics:
                raise ValueError("empty term")
            continue
        name, value = _label(name_term, value_term)
        if name in labels:
            raise ValueError("duplicate label name")
        labels[name] = value
    return labels


def _label(name_term: str, value_term: str) -> tuple[str, str]:
    name, quoted = _unquote_unescape(name_term)
    if not quoted and not _is_valid_legacy_metric_name(name):
        raise ValueError("unquoted UTF-8 name")
    if value_term[0] != '"':
        raise ValueError("value is not quoted")
    end = 1
    while end < len(value_term):
        end = value_term.index('"', end)
        if not _is_character_escaped(value_term, end):
            break
        end += 1
    if end + 1 != len(value_term):
        raise ValueError("unexpected text after quote")
    value, _ = _unquote_unescape(value_term)
    if name == "__name__":
        _validate_metric_name(name)
    else:
        _validate_labelname(name)
    return name, value


def _next_term(text: str, openmetrics: bool) -> tuple[str, str, str]:
    """Return the name and the value of the first label, and what follows.

    A term without an equals sign is the name of the metric.
    """
    if text[0] == ",":
        text = text[1:]
        if not text:
            return "", "", ""
        if text[0] == ",":
            raise ValueError("multiple commas")
    name = "__name__"
    end = _next_unquoted_char(text, "=,}")
    if end >= 0 and text[end] == "=":
        name, text = text[:end], text[end + 1 :]
        end = _next_unquoted_char(text, ",}")
    if end == -1:
        end = len(text)
    term = text[:end]
    if openmetrics and not term:
        raise ValueError("empty term")
    return name, term.strip(), text[end:].strip()
