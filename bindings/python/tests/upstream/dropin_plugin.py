"""A pytest plugin: `prometheus_client` is the drop-in before any test is imported."""

import dynamometer

dynamometer.install_as_prometheus_client()
