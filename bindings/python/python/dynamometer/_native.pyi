import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from types import GenericAlias, TracebackType
from typing import Any, Generic, Literal, ParamSpec, Protocol, TypeVar, final, overload

from typing_extensions import Self, Unpack, disjoint_base

from dynamometer.options import (
    AmountOptions,
    GaugeOptions,
    Options,
    PlainOptions,
)
from dynamometer.snapshots import FamilySnapshot
from dynamometer.values import ExponentialValue, HistogramValue

__all__ = [
    "ERROR_KINDS",
    "AttachedSource",
    "Container",
    "Counter",
    "DropinBuckets",
    "DropinMetric",
    "DropinPage",
    "ExceptionCount",
    "ExponentialHistogram",
    "Family",
    "FloatCounter",
    "Gauge",
    "Handler",
    "Histogram",
    "InFlight",
    "Info",
    "MutexValue",
    "OwnedScope",
    "Server",
    "StateSet",
    "Timer",
    "UpDownCounter",
    "__version__",
    "_pyo3_methods",
    "attach_dropin",
    "attach_prometheus_client",
    "build_component_metric_name",
    "container",
    "doctor",
    "sanitize_prometheus_label",
    "sanitize_prometheus_name",
    "self_metrics",
]

__version__: str
ERROR_KINDS: tuple[str, ...]
_pyo3_methods: dict[str, Any]

_T_co = TypeVar("_T_co", covariant=True)
_P = ParamSpec("_P")
_R = TypeVar("_R")
_Labels = Mapping[str, str | int] | Iterable[tuple[str, str | int]] | None
_Format = Literal["text", "openmetrics", "protobuf", "json"]
_NameFilter = str | re.Pattern[str] | Sequence[str] | Callable[[str], object] | None

@final
class Container:
    def __new__(
        cls, service: str = "", *, prefix: str | None = None, labels: _Labels = None
    ) -> Self: ...
    @overload
    def counter(
        self,
        name: str,
        help: str = "",
        labels: None = None,
        **options: Unpack[Options],
    ) -> Counter: ...
    @overload
    def counter(
        self,
        name: str,
        help: str = "",
        *,
        labels: Iterable[str],
        **options: Unpack[Options],
    ) -> Family[Counter]: ...
    @overload
    def counter(
        self,
        name: str,
        help: str,
        labels: Iterable[str],
        **options: Unpack[Options],
    ) -> Family[Counter]: ...
    @overload
    def float_counter(
        self,
        name: str,
        help: str = "",
        labels: None = None,
        **options: Unpack[AmountOptions],
    ) -> FloatCounter: ...
    @overload
    def float_counter(
        self,
        name: str,
        help: str = "",
        *,
        labels: Iterable[str],
        **options: Unpack[AmountOptions],
    ) -> Family[FloatCounter]: ...
    @overload
    def float_counter(
        self,
        name: str,
        help: str,
        labels: Iterable[str],
        **options: Unpack[AmountOptions],
    ) -> Family[FloatCounter]: ...
    @overload
    def up_down_counter(
        self,
        name: str,
        help: str = "",
        labels: None = None,
        **options: Unpack[AmountOptions],
    ) -> UpDownCounter: ...
    @overload
    def up_down_counter(
        self,
        name: str,
        help: str = "",
        *,
        labels: Iterable[str],
        **options: Unpack[AmountOptions],
    ) -> Family[UpDownCounter]: ...
    @overload
    def up_down_counter(
        self,
        name: str,
        help: str,
        labels: Iterable[str],
        **options: Unpack[AmountOptions],
    ) -> Family[UpDownCounter]: ...
    @overload
    def gauge(
        self,
        name: str,
        help: str = "",
        labels: None = None,
        **options: Unpack[GaugeOptions],
    ) -> Gauge: ...
    @overload
    def gauge(
        self,
        name: str,
        help: str = "",
        *,
        labels: Iterable[str],
        **options: Unpack[GaugeOptions],
    ) -> Family[Gauge]: ...
    @overload
    def gauge(
        self,
        name: str,
        help: str,
        labels: Iterable[str],
        **options: Unpack[GaugeOptions],
    ) -> Family[Gauge]: ...
    @overload
    def histogram(
        self,
        name: str,
        help: str = "",
        labels: None = None,
        *,
        buckets: Iterable[float] | None = None,
        **options: Unpack[Options],
    ) -> Histogram: ...
    @overload
    def histogram(
        self,
        name: str,
        help: str = "",
        *,
        labels: Iterable[str],
        buckets: Iterable[float] | None = None,
        **options: Unpack[Options],
    ) -> Family[Histogram]: ...
    @overload
    def histogram(
        self,
        name: str,
        help: str,
        labels: Iterable[str],
        *,
        buckets: Iterable[float] | None = None,
        **options: Unpack[Options],
    ) -> Family[Histogram]: ...
    @overload
    def exponential_histogram(
        self,
        name: str,
        help: str = "",
        labels: None = None,
        *,
        schema: int = 3,
        min_exponent: int = -30,
        max_exponent: int = 34,
        signed: bool = False,
        **options: Unpack[Options],
    ) -> ExponentialHistogram: ...
    @overload
    def exponential_histogram(
        self,
        name: str,
        help: str = "",
        *,
        labels: Iterable[str],
        schema: int = 3,
        min_exponent: int = -30,
        max_exponent: int = 34,
        signed: bool = False,
        **options: Unpack[Options],
    ) -> Family[ExponentialHistogram]: ...
    @overload
    def exponential_histogram(
        self,
        name: str,
        help: str,
        labels: Iterable[str],
        *,
        schema: int = 3,
        min_exponent: int = -30,
        max_exponent: int = 34,
        signed: bool = False,
        **options: Unpack[Options],
    ) -> Family[ExponentialHistogram]: ...
    @overload
    def info(
        self,
        name: str,
        help: str = "",
        labels: None = None,
        **options: Unpack[PlainOptions],
    ) -> Info: ...
    @overload
    def info(
        self,
        name: str,
        help: str = "",
        *,
        labels: Iterable[str],
        **options: Unpack[PlainOptions],
    ) -> Family[Info]: ...
    @overload
    def info(
        self,
        name: str,
        help: str,
        labels: Iterable[str],
        **options: Unpack[PlainOptions],
    ) -> Family[Info]: ...
    @overload
    def state_set(
        self,
        name: str,
        states: Iterable[str],
        help: str = "",
        labels: None = None,
        **options: Unpack[PlainOptions],
    ) -> StateSet: ...
    @overload
    def state_set(
        self,
        name: str,
        states: Iterable[str],
        help: str = "",
        *,
        labels: Iterable[str],
        **options: Unpack[PlainOptions],
    ) -> Family[StateSet]: ...
    @overload
    def state_set(
        self,
        name: str,
        states: Iterable[str],
        help: str,
        labels: Iterable[str],
        **options: Unpack[PlainOptions],
    ) -> Family[StateSet]: ...
    def scope(self, prefix: str = "", labels: _Labels = None) -> Container: ...
    def owned_scope(self, prefix: str = "", labels: _Labels = None) -> OwnedScope: ...
    def attach_multiprocess(
        self,
        path: str | os.PathLike[str] | None = None,
        *,
        name_filter: _NameFilter = None,
        labels: _Labels = None,
        timeout: float = 1.0,
        name: str | None = None,
    ) -> AttachedSource: ...
    def add_process_metrics(self) -> None: ...
    def export_prometheus(self) -> str: ...
    def export(self, format: _Format = "text") -> bytes: ...
    def snapshot(self) -> dict[str, FamilySnapshot]: ...
    @property
    def service(self) -> str: ...
    @property
    def prefix(self) -> str: ...
    def __len__(self) -> int: ...
    def __bool__(self) -> bool: ...
    def __iter__(self) -> Iterator[str]: ...
    def _repr_html_(self) -> str: ...

@final
class OwnedScope:
    def __enter__(self) -> Container: ...
    def __exit__(
        self,
        _class: type[BaseException] | None,
        _exception: BaseException | None,
        _traceback: TracebackType | None,
    ) -> None: ...
    def close(self) -> None: ...

@final
class Family(Generic[_T_co]):
    def labels(self, *values: str | int, **labels: str | int) -> _T_co: ...
    def remove(self, *values: str | int, **labels: str | int) -> bool: ...
    def clear(self) -> None: ...
    @property
    def name(self) -> str: ...
    @property
    def label_names(self) -> tuple[str, ...]: ...
    def __len__(self) -> int: ...
    def __bool__(self) -> bool: ...
    def __iter__(self) -> Iterator[_T_co]: ...
    def _repr_html_(self) -> str: ...
    @classmethod
    def __class_getitem__(cls, of: Any) -> GenericAlias: ...

@final
class Counter:
    def inc(self, n: float = 1, exemplar: Mapping[str, str] | None = None) -> None: ...
    def set_total(self, total: float) -> None: ...
    def count_exceptions(
        self, exceptions: type[BaseException] | tuple[type[BaseException], ...] = ...
    ) -> ExceptionCount: ...
    @property
    def value(self) -> int: ...
    @property
    def name(self) -> str: ...
    @property
    def labels(self) -> dict[str, str]: ...
    @staticmethod
    def detached() -> Counter: ...

@final
class FloatCounter:
    def inc(self, amount: float = 1.0) -> None: ...
    def set_total(self, total: float) -> None: ...
    @property
    def value(self) -> float: ...
    @property
    def name(self) -> str: ...
    @property
    def labels(self) -> dict[str, str]: ...
    @staticmethod
    def detached() -> FloatCounter: ...

@final
class UpDownCounter:
    def inc(self, n: float = 1) -> None: ...
    def dec(self, n: float = 1) -> None: ...
    def add(self, n: float) -> None: ...
    def in_flight(self) -> InFlight: ...
    @property
    def value(self) -> int: ...
    @property
    def name(self) -> str: ...
    @property
    def labels(self) -> dict[str, str]: ...
    @staticmethod
    def detached() -> UpDownCounter: ...

@final
class Gauge:
    def set(self, value: float) -> None: ...
    def inc(self, amount: float = 1.0) -> None: ...
    def dec(self, amount: float = 1.0) -> None: ...
    def set_to_current_time(self) -> None: ...
    @property
    def value(self) -> float: ...
    @property
    def name(self) -> str: ...
    @property
    def labels(self) -> dict[str, str]: ...
    @staticmethod
    def detached() -> Gauge: ...

@final
class Histogram:
    def observe(self, value: float, exemplar: Mapping[str, str] | None = None) -> None: ...
    def observe_n(self, value: float, n: float) -> None: ...
    def observe_many(self, values: Iterable[float]) -> None: ...
    def time(self) -> Timer: ...
    @property
    def value(self) -> HistogramValue: ...
    @property
    def name(self) -> str: ...
    @property
    def labels(self) -> dict[str, str]: ...
    @staticmethod
    def detached() -> Histogram: ...

@final
class ExponentialHistogram:
    def observe(self, value: float, exemplar: Mapping[str, str] | None = None) -> None: ...
    def observe_n(self, value: float, n: float) -> None: ...
    def observe_many(self, values: Iterable[float]) -> None: ...
    def time(self) -> Timer: ...
    @property
    def value(self) -> ExponentialValue: ...
    @property
    def name(self) -> str: ...
    @property
    def labels(self) -> dict[str, str]: ...

@final
class Info:
    @property
    def name(self) -> str: ...
    @property
    def labels(self) -> dict[str, str]: ...

@final
class StateSet:
    def set_only(self, state: str) -> None: ...
    def enable(self, state: str) -> None: ...
    def disable(self, state: str) -> None: ...
    def is_enabled(self, state: str) -> bool: ...
    @property
    def enabled(self) -> list[str]: ...
    @property
    def name(self) -> str: ...
    @property
    def labels(self) -> dict[str, str]: ...

@final
class Timer:
    def __enter__(self) -> Self: ...
    def __exit__(
        self,
        _class: type[BaseException] | None,
        _exception: BaseException | None,
        _traceback: TracebackType | None,
    ) -> None: ...
    def __call__(self, function: Callable[_P, _R]) -> Callable[_P, _R]: ...
    def anew(self) -> Timer: ...
    @property
    def duration(self) -> float: ...

@final
class InFlight:
    def __enter__(self) -> Self: ...
    def __exit__(
        self,
        _class: type[BaseException] | None,
        _exception: BaseException | None,
        _traceback: TracebackType | None,
    ) -> None: ...
    def __call__(self, function: Callable[_P, _R]) -> Callable[_P, _R]: ...
    def anew(self) -> InFlight: ...

@final
class ExceptionCount:
    def __enter__(self) -> Self: ...
    def __exit__(
        self,
        _class: type[BaseException] | None,
        _exception: BaseException | None,
        _traceback: TracebackType | None,
    ) -> None: ...
    def __call__(self, function: Callable[_P, _R]) -> Callable[_P, _R]: ...
    def anew(self) -> ExceptionCount: ...

@final
class Server:
    def __new__(
        cls,
        containers: Sequence[Container],
        *,
        host: str | None = None,
        port: int | None = None,
        compression: bool | None = None,
        created: bool | None = None,
    ) -> Self: ...
    @property
    def address(self) -> tuple[str, int] | None: ...
    def url(self, path: str = "/metrics") -> str | None: ...
    def close(self) -> None: ...
    def abandon(self) -> int | None: ...

@final
class Handler:
    def __new__(
        cls,
        containers: Sequence[Container],
        *,
        compression: bool | None = None,
        created: bool | None = None,
    ) -> Self: ...
    def answer(
        self, query: str = "", accept: str = "", accept_encoding: str = ""
    ) -> tuple[int, list[tuple[str, str]], bytes]: ...

def container() -> Container: ...
def self_metrics() -> Container: ...

@final
class AttachedSource:
    @property
    def name(self) -> str: ...
    def detach(self) -> None: ...
    def __enter__(self) -> Self: ...
    def __exit__(
        self,
        _class: type[BaseException] | None,
        _exception: BaseException | None,
        _traceback: TracebackType | None,
    ) -> None: ...

class _Registry(Protocol):
    def collect(self) -> Iterable[Any]: ...

def attach_prometheus_client(
    registry: _Registry,
    *,
    name_filter: _NameFilter = None,
    labels: _Labels = None,
    prefix: str = "",
    timeout: float = 1.0,
    name: str | None = None,
    container: Container | None = None,
) -> AttachedSource: ...
def doctor() -> str: ...
def sanitize_prometheus_name(name: str) -> str: ...
def sanitize_prometheus_label(name: str) -> str: ...
def build_component_metric_name(name: str) -> str: ...

@disjoint_base
class MutexValue:
    _multiprocess: bool
    def __new__(cls, *_args: Any, **_kwargs: Any) -> MutexValue: ...
    def inc(self, amount: Any) -> None: ...
    def set(self, value: float, timestamp: Any = None) -> None: ...
    def get(self) -> float: ...
    def set_exemplar(self, exemplar: Any) -> None: ...
    def get_exemplar(self) -> Any: ...
    @property
    def _value(self) -> float: ...
    @property
    def _exemplar(self) -> Any: ...

@final
class DropinBuckets:
    def __new__(cls, bounds: Sequence[float]) -> DropinBuckets: ...
    @property
    def sum(self) -> MutexValue: ...
    @property
    def counts(self) -> list[MutexValue]: ...

@disjoint_base
class DropinMetric:
    _value: Any
    _cells: DropinBuckets | None
    _sum: Any
    _count: Any
    _buckets: Any
    _metrics: dict[tuple[str, ...], Any]
    _labelnames: tuple[str, ...]
    _created: float
    _is_most_recent: bool
    _is_computed: bool
    def __new__(cls, *_args: Any, **_kwargs: Any) -> DropinMetric: ...

@final
class DropinPage:
    def __new__(cls) -> DropinPage: ...
    def text(self, text: bytes) -> None: ...
    def family(self, metric: DropinMetric, layout: Any) -> bool: ...
    def finish(self) -> bytes: ...

def attach_dropin(class_: type[Any], kind: str) -> None: ...
