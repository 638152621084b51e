"""OTLP in JSON: decode log exports, as the OpenTelemetry protocol 1 writes them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec
from msgspec import field

from access.otlp import Record, flattened

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


class Value(msgspec.Struct, rename="camel"):
    """One value (AnyValue of the protocol): one of these is there, or none."""

    string_value: str | None = None
    int_value: int | str | None = None  # 64 bits are a text in the JSON of protobuf
    bool_value: bool | None = None
    double_value: float | str | None = None  # "NaN", "Infinity"
    bytes_value: str | None = None  # base64
    array_value: Values | None = None
    kvlist_value: Pairs | None = None

    @property
    def plain(self) -> Any:  # noqa: ANN401 - a value may be anything that JSON knows
        """Take it out of its wrapping."""
        if self.string_value is not None:
            return self.string_value
        if self.int_value is not None:
            return int(self.int_value)
        if self.array_value is not None:
            return [value.plain for value in self.array_value.values]
        if self.kvlist_value is not None:
            return table(self.kvlist_value.values)
        rest = (self.bool_value, self.double_value, self.bytes_value)
        return next((value for value in rest if value is not None), None)


class Values(msgspec.Struct):
    """A list of values."""

    values: list[Value] = field(default_factory=list)


class Pair(msgspec.Struct):
    """A key and its value."""

    key: str = ""
    value: Value = field(default_factory=Value)


class Pairs(msgspec.Struct):
    """Keys and their values."""

    values: list[Pair] = field(default_factory=list)


class LogRecord(msgspec.Struct, rename="camel"):
    """One log record."""

    time_unix_nano: int | str = 0
    observed_time_unix_nano: int | str = 0
    attributes: list[Pair] = field(default_factory=list)
    body: Value = field(default_factory=Value)


class ScopeLogs(msgspec.Struct, rename="camel"):
    """The records of one instrument."""

    log_records: list[LogRecord] = field(default_factory=list)


class Resource(msgspec.Struct):
    """The machine or program that wrote the records."""

    attributes: list[Pair] = field(default_factory=list)


class ResourceLogs(msgspec.Struct, rename="camel"):
    """The records of one resource."""

    resource: Resource = field(default_factory=Resource)
    scope_logs: list[ScopeLogs] = field(default_factory=list)


class Export(msgspec.Struct, rename="camel"):
    """One export request: what a collector sends as one message."""

    resource_logs: list[ResourceLogs]


DECODER = msgspec.json.Decoder(Export)


def json_lines(value: bytes, most: int) -> bytes:
    """Flatten an export in JSON; ValueError where it is none or takes more than *most* bytes.

    Bytes that are no UTF-8 are replaced where they stand: they must not cost their neighbours.
    """
    try:
        return flattened(records(DECODER.decode(str(value, "utf-8", "replace"))), most)
    except RecursionError:
        msg = "too many values inside each other"
        raise ValueError(msg) from None


def records(export: Export) -> Iterator[Record]:
    """List what an export holds, in order."""
    for logs in export.resource_logs:
        resource = table(logs.resource.attributes)
        for scope in logs.scope_logs:
            for one in scope.log_records:
                at, observed = int(one.time_unix_nano), int(one.observed_time_unix_nano)
                yield Record(at, observed, table(one.attributes), one.body.plain, resource)


def table(pairs: Iterable[Pair]) -> dict[str, Any]:
    """Look up values by their keys."""
    return {pair.key: pair.value.plain for pair in pairs}
