"""A real client: requests over a socket."""

from __future__ import annotations

import urllib.error
import urllib.request
from dataclasses import dataclass


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        """The body as text."""
        return self.body.decode()


def get(url: str | None, method: str = "GET", **headers: str) -> Answer:
    """Ask for a URL; header names have _ for -."""
    assert url is not None
    fields = {name.replace("_", "-"): value for name, value in headers.items()}
    request = urllib.request.Request(url, headers=fields, method=method)
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:
            return _read(answer.status, answer)
    except urllib.error.HTTPError as error:
        with error:
            return _read(error.code, error)


def _read(status: int, answer: object) -> Answer:
    headers = {name.lower(): value for name, value in answer.headers.items()}  # type: ignore[attr-defined]
    return Answer(status, headers, answer.read())  # type: ignore[attr-defined]
