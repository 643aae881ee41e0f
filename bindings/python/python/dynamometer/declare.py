"""Metrics declared as annotated attributes of a class.

class Http(Metrics):
requests: Family[Counter] = counter("requests_total", "Requests.", labels=["route"])
latency: Histogram = histogram("latency_seconds", "Time to answer.")

http = Http(container, prefix="http")
http.requests.labels("/chat").inc()
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar, cast, overload

from dynamometer._native import container as process_container

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from typing_extensions import Unpack

    from dynamometer._native import (
        Container,
        Counter,
        ExponentialHistogram,
        Family,
        FloatCounter,
        Gauge,
        Histogram,
        Info,
        StateSet,
        UpDownCounter,
    )
    from dynamometer.options import (
        AmountOptions,
        ExponentialOptions,
        GaugeOptions,
        HistogramOptions,
        Options,
        PlainOptions,
    )

M = TypeVar("M", bound="Metrics")

__all__ = [
    "Metrics",
    "counter",
    "exponential_histogram",
    "float_counter",
    "gauge",
    "histogram",
    "info",
    "nested",
    "state_set",
    "up_down_counter",
]


class Declared:
    """What an attribute will be, once there is a container."""

    def __init__(self, make: Callable[[Container], object]) -> None:
        """Remember how it is made."""
        self.make = make


class Metrics:
    """A base for classes whose attributes are metrics.

    Each instance registers all of them in a container, the process's where none is given, behind
    a prefix and with constant labels. The first that is refused is raised, and those before it
    stay registered.
    """

    _declared: Mapping[str, Declared] = {}

    def __init_subclass__(cls, **options: object) -> None:
        """Collect what the class declares, on top of what its bases do."""
        super().__init_subclass__(**options)
        own = {name: value for name, value in vars(cls).items() if isinstance(value, Declared)}
        for name in own:
            delattr(cls, name)
        inherited: dict[str, Declared] = {}
        for base in reversed(cls.__mro__[1:]):
            inherited.update(vars(base).get("_declared", {}))
        cls._declared = {**inherited, **own}

    def __init__(
        self,
        container: Container | None = None,
        *,
        prefix: str = "",
        labels: Mapping[str, str | int] | None = None,
    ) -> None:
        """Register every metric of the class."""
        if container is None:
            container = process_container()
        scope = container.scope(prefix, labels) if prefix or labels else container
        for name, declared in self._declared.items():
            setattr(self, name, declared.make(scope))

    def __repr__(self) -> str:
        """Name the class and its metrics."""
        return f"<{type(self).__name__} {', '.join(self._declared)}>"


def _metric(kind: str, *args: object, **options: object) -> Any:
    """Declare a metric of a kind, by the container's method of that name."""
    return Declared(lambda container: getattr(container, kind)(*args, **options))


@overload
def counter(name: str, help: str = "", **options: Unpack[Options]) -> Counter: ...
@overload
def counter(
    name: str, help: str = "", *, labels: Iterable[str], **options: Unpack[Options]
) -> Family[Counter]: ...
def counter(name: str, help: str = "", **options: Any) -> Any:
    """Declare a counter of whole things; see Container.counter."""
    return _metric("counter", name, help, **options)


@overload
def float_counter(name: str, help: str = "", **options: Unpack[AmountOptions]) -> FloatCounter: ...
@overload
def float_counter(
    name: str, help: str = "", *, labels: Iterable[str], **options: Unpack[AmountOptions]
) -> Family[FloatCounter]: ...
def float_counter(name: str, help: str = "", **options: Any) -> Any:
    """Declare a counter of amounts; see Container.float_counter."""
    return _metric("float_counter", name, help, **options)


@overload
def up_down_counter(
    name: str, help: str = "", **options: Unpack[AmountOptions]
) -> UpDownCounter: ...
@overload
def up_down_counter(
    name: str, help: str = "", *, labels: Iterable[str], **options: Unpack[AmountOptions]
) -> Family[UpDownCounter]: ...
def up_down_counter(name: str, help: str = "", **options: Any) -> Any:
    """Declare a count of things that come and go; see Container.up_down_counter."""
    return _metric("up_down_counter", name, help, **options)


@overload
def gauge(name: str, help: str = "", **options: Unpack[GaugeOptions]) -> Gauge: ...
@overload
def gauge(
    name: str, help: str = "", *, labels: Iterable[str], **options: Unpack[GaugeOptions]
) -> Family[Gauge]: ...
def gauge(name: str, help: str = "", **options: Any) -> Any:
    """Declare a value that is set; see Container.gauge."""
    return _metric("gauge", name, help, **options)


@overload
def histogram(name: str, help: str = "", **options: Unpack[HistogramOptions]) -> Histogram: ...
@overload
def histogram(
    name: str, help: str = "", *, labels: Iterable[str], **options: Unpack[HistogramOptions]
) -> Family[Histogram]: ...
def histogram(name: str, help: str = "", **options: Any) -> Any:
    """Declare a distribution over fixed buckets; see Container.histogram."""
    return _metric("histogram", name, help, **options)


@overload
def exponential_histogram(
    name: str, help: str = "", **options: Unpack[ExponentialOptions]
) -> ExponentialHistogram: ...
@overload
def exponential_histogram(
    name: str, help: str = "", *, labels: Iterable[str], **options: Unpack[ExponentialOptions]
) -> Family[ExponentialHistogram]: ...
def exponential_histogram(name: str, help: str = "", **options: Any) -> Any:
    """Declare a distribution whose buckets need not be chosen.

    See Container.exponential_histogram.
    """
    return _metric("exponential_histogram", name, help, **options)


@overload
def info(name: str, help: str = "", **options: Unpack[PlainOptions]) -> Info: ...
@overload
def info(
    name: str, help: str = "", *, labels: Iterable[str], **options: Unpack[PlainOptions]
) -> Family[Info]: ...
def info(name: str, help: str = "", **options: Any) -> Any:
    """Declare facts that are told in labels; see Container.info."""
    return _metric("info", name, help, **options)


@overload
def state_set(
    name: str, states: Iterable[str], help: str = "", **options: Unpack[PlainOptions]
) -> StateSet: ...
@overload
def state_set(
    name: str,
    states: Iterable[str],
    help: str = "",
    *,
    labels: Iterable[str],
    **options: Unpack[PlainOptions],
) -> Family[StateSet]: ...
def state_set(name: str, states: Iterable[str], help: str = "", **options: Any) -> Any:
    """Declare states of which each is on or off; see Container.state_set."""
    return _metric("state_set", name, list(states), help, **options)


def nested(
    metrics: type[M], *, prefix: str = "", labels: Mapping[str, str | int] | None = None
) -> M:
    """Declare a struct of metrics with a prefix and labels of its own."""
    declared = Declared(lambda container: metrics(container, prefix=prefix, labels=labels))
    return cast("M", declared)
