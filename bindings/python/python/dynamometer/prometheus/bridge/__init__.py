"""Pushes to systems that are no Prometheus."""
