"""A component that declares its metrics as a class, and shows its page."""

import random

from dynamometer import (
    Container,
    Counter,
    Family,
    Histogram,
    Metrics,
    UpDownCounter,
    counter,
    histogram,
    up_down_counter,
)


class RouterMetrics(Metrics):
    """What a router of requests counts."""

    routed: Family[Counter] = counter("routed_total", "Requests.", labels=["worker"])
    waiting: UpDownCounter = up_down_counter("waiting", "Requests that wait for a worker.")
    delay: Histogram = histogram(
        "delay", "Time until a worker was found.", unit="seconds", buckets=[0.001, 0.01, 0.1]
    )


def main() -> None:
    """Route a few requests, and print the page."""
    container = Container("router")
    metrics = RouterMetrics(container, labels={"model": "small"})
    choice = random.Random(1)
    for _ in range(100):
        with metrics.waiting.in_flight(), metrics.delay.time():
            worker = choice.choice(["w0", "w1"])
        metrics.routed.labels(worker).inc()
    routed = {series.labels["worker"]: series.value for series in metrics.routed}
    print(f"routed: {routed}, {metrics.delay.value.count} delays observed")
    print(container.export_prometheus())


if __name__ == "__main__":
    main()
