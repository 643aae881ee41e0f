"""Tests of the drop-in for prometheus_client."""
