"""An engine that counts with prometheus_client, on the page of its host."""

from prometheus_client import CollectorRegistry, Counter, Histogram

import dynamometer


class Engine:
    """What vLLM, SGLang and others look like from outside: a registry."""

    def __init__(self) -> None:
        """Declare metrics in a registry of the engine's own."""
        self.registry = CollectorRegistry()
        self.tokens = Counter("vllm:tokens", "Tokens.", ["kind"], registry=self.registry)
        self.step = Histogram("vllm:step_seconds", "Time of a step.", registry=self.registry)
        self.internal = Counter("engine_internal", "Not for others.", registry=self.registry)

    def run(self) -> None:
        """Make some tokens."""
        for _ in range(10):
            self.tokens.labels("generation").inc(4)
            self.step.observe(0.02)


def main() -> None:
    """Attach the registry, and print the one page of both."""
    container = dynamometer.Container("host")
    requests = container.counter("requests_total", "Requests.")
    engine = Engine()
    with dynamometer.attach_prometheus_client(
        engine.registry, name_filter=["vllm:"], labels={"rank": 0}, container=container
    ) as source:
        requests.inc()
        engine.run()
        page = container.export_prometheus()
        print(f"{source!r} is on the page:")
        print(page)
    assert "vllm:" not in container.export_prometheus()
    print("detached: the engine's metrics are gone")


if __name__ == "__main__":
    main()
