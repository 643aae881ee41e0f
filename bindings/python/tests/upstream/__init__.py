"""prometheus_client's own tests, run on the drop-in."""
