"""The OpenMetrics text format: written and parsed."""
