"""The demo's component in Python, beside the one in Rust: it counts tokens.

`python tokenizer.py [REQUESTS]` handles so many requests at once, or else goes on as long as it
lives. It prints the address of its page, and ends with its standard input.
"""

from __future__ import annotations

import signal
import sys
import threading

import dynamometer
from dynamometer import Counter, Family, Histogram, UpDownCounter, counter, histogram

MODELS = ("small", "large")


class Metrics(dynamometer.Metrics):
    """What the component says of itself, declared once."""

    requests: Counter = counter("requests_total", "Requests tokenized.")
    tokens: Family[Counter] = counter("tokens_total", "Tokens made.", labels=["model"])
    text_bytes: Histogram = histogram(
        "text_bytes", "Length of a text.", buckets=[64, 256, 1024, 4096]
    )
    inflight: UpDownCounter = dynamometer.up_down_counter("inflight_requests", "Requests now.")


def handle(metrics: Metrics, number: int) -> None:
    """Tokenize a text: the same ones in every run."""
    length = 16 + number * 37 % 4000
    with metrics.inflight.in_flight():
        metrics.tokens.labels(MODELS[number % 2]).inc(length // 4)
        metrics.text_bytes.observe(length)
    metrics.requests.inc()


def main(requests: int | None) -> None:
    """Make traffic and serve the page."""
    container = dynamometer.Container("demo_tokenizer")
    metrics = Metrics(container)
    ended = threading.Event()

    def traffic() -> None:
        number = 0
        while not ended.wait(0.02):
            handle(metrics, number)
            number += 1

    with dynamometer.serve("127.0.0.1", 0, containers=container) as server:
        if requests is None:
            threading.Thread(target=traffic, daemon=True).start()
        else:
            for number in range(requests):
                handle(metrics, number)
        print(server.url("/metrics"), flush=True)
        sys.stdin.read()
    ended.set()


if __name__ == "__main__":
    # Ctrl-C is for the demo, which then closes our input.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    main(int(sys.argv[1]) if len(sys.argv) > 1 else None)
