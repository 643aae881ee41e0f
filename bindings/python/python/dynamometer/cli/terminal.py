"""Colours where a person looks, none where a program does."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Final, TextIO

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

BOLD: Final = "1"
DIM: Final = "2"
RED: Final = "31"
GREEN: Final = "32"
YELLOW: Final = "33"
CYAN: Final = "36"


class Terminal:
    """A stream, coloured where it is a terminal and `NO_COLOR` is not set."""

    def __init__(self, stream: TextIO) -> None:
        """Write to a stream."""
        self._stream = stream
        self._has_colours = stream.isatty() and not os.environ.get("NO_COLOR")

    def line(self, text: str = "") -> None:
        """Write a line."""
        self._stream.write(text + "\n")
        self._stream.flush()

    def error(self, text: str) -> None:
        """Write an error."""
        self.line(f"{self.styled('error:', RED, BOLD)} {text}")

    def styled(self, text: str, *codes: str) -> str:
        """Return text in a style, or as it is."""
        return f"\x1b[{';'.join(codes)}m{text}\x1b[0m" if self._has_colours and codes else text

    def table(
        self,
        rows: Sequence[Sequence[str]],
        styles: Sequence[Sequence[str]],
        numbers: Sequence[int] = (),
    ) -> None:
        """Write rows in columns, each column in its style; `numbers` are to the right."""
        widths = [max(len(row[column]) for row in rows) for column in range(len(styles))]
        for row in rows:
            cells = []
            for column, (text, width) in enumerate(zip(row, widths, strict=True)):
                pad: Callable[[str, int], str] = str.rjust if column in numbers else str.ljust
                cells.append(self.styled(pad(text, width), *styles[column]))
            self.line("  ".join(cells).rstrip())
