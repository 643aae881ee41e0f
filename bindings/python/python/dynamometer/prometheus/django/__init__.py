"""Serves pages from Django."""

from .exposition import PrometheusDjangoView

__all__ = ["PrometheusDjangoView"]
