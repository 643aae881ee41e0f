"""What is raised: one base class, and a class for each kind of mistake."""

from __future__ import annotations

from typing import ClassVar


class DynamometerError(Exception):
    """The base of everything that this package raises by itself.

    Messages say what was attempted and with what; kinds are stable, messages are not.
    """

    kind: ClassVar[str] = ""
    """The kind, as in Rust, C++ and the label `reason` of the library's own metrics."""

    existing: str | None
    """What the name stands for already, where that is the mistake."""

    def __init__(self, message: str = "", existing: str | None = None) -> None:
        """Make an error that says `message`."""
        super().__init__(message)
        self.existing = existing


class InvalidNameError(DynamometerError, ValueError):
    """A metric name or prefix is empty or has no usable character."""

    kind = "invalid_name"


class InvalidLabelError(DynamometerError, ValueError):
    """A label name is empty or has no usable character."""

    kind = "invalid_label"


class ReservedLabelError(DynamometerError, ValueError):
    """A label name is taken by the exposition formats: le, quantile, __*."""

    kind = "reserved_label"


class DuplicateLabelError(DynamometerError, ValueError):
    """Two labels of one series have the same name."""

    kind = "duplicate_label"


class InvalidBucketsError(DynamometerError, ValueError):
    """Bucket bounds are missing, not finite or out of order."""

    kind = "invalid_buckets"


class NameCollisionError(DynamometerError, ValueError):
    """Two different names become the same one when they are sanitised."""

    kind = "name_collision"


class KindMismatchError(DynamometerError, ValueError):
    """The name is in use by a metric of another kind."""

    kind = "kind_mismatch"


class UnitMismatchError(DynamometerError, ValueError):
    """The name is in use by a metric of another unit, or the kind has none."""

    kind = "unit_mismatch"


class BucketsMismatchError(DynamometerError, ValueError):
    """The name is in use by a histogram with other buckets."""

    kind = "buckets_mismatch"


class LabelCountError(DynamometerError, ValueError):
    """A family was given more or fewer label values than it has labels."""

    kind = "label_count"


class LabelsMismatchError(DynamometerError, ValueError):
    """The family is looked up by other labels."""

    kind = "labels_mismatch"


class InvalidStatesError(DynamometerError, ValueError):
    """States are missing, too many, or given twice."""

    kind = "invalid_states"


class StatesMismatchError(DynamometerError, ValueError):
    """The name is in use by a state set with other states."""

    kind = "states_mismatch"


class ExhaustedError(DynamometerError, MemoryError):
    """The process has no cells left for another series."""

    kind = "exhausted"


class BackendError(DynamometerError, RuntimeError):
    """A backend is unknown, or not built into this program."""

    kind = "backend"


class SourceInUseError(DynamometerError, ValueError):
    """Another source of the process has that name."""

    kind = "source_in_use"


class InvalidValueError(DynamometerError, ValueError):
    """A value is of the right type, and of no use; only Python has this kind."""

    kind = "invalid_value"


class InvalidTypeError(DynamometerError, TypeError):
    """A value is of the wrong type; only Python has this kind."""

    kind = "invalid_type"


class ConfigError(DynamometerError, ValueError):
    """A setting of the server has a value that can not be used."""

    kind = "config"


class HostError(DynamometerError, OSError):
    """The host can not be resolved, or is not an address of this machine."""

    kind = "host"


class PortTakenError(DynamometerError, OSError):
    """The port that was asked for is taken."""

    kind = "port_taken"


class ServerError(DynamometerError, OSError):
    """The system refused the server its socket, its thread or its event loop."""

    kind = "system"


BY_KIND: dict[str, type[DynamometerError]] = {
    error.kind: error for error in DynamometerError.__subclasses__()
}
"""The class of each kind."""
